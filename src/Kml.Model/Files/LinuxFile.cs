using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace Kml.Model.Files;

/// <summary>What Linux knows of a file and the class library does not say.</summary>
internal static class LinuxFile
{
    internal const int DeviceBusy = 16;

    private const int NoEntry = 2, CurrentFolder = -100, NoFollow = 0x100, BasicStatus = 0x7ff, CloseOnExec = 0x80000, MayWrite = 2, LongestPath = 4096;
    private const int Unsupported = 95, NoData = 61;
    private const string AccessList = "system.posix_acl_access";

    /// <summary>Errors of the last call.</summary>
    internal static int LastError => Marshal.GetLastWin32Error();

    /// <summary>What a path names.</summary>
    /// <param name="path">The path.</param>
    /// <param name="follow">Whether a link stands for what it leads to.</param>
    /// <returns>Its status, or null if it names nothing.</returns>
    /// <exception cref="IOException">It cannot be told.</exception>
    internal static FileStatus? Status(string path, bool follow)
    {
        if (StatX(CurrentFolder, path, follow ? 0 : NoFollow, BasicStatus, out FileStatus status) == 0)
            return status;
        return LastError == NoEntry ? null : throw Error($"'{path}' cannot be looked at");
    }

    /// <summary>Where a link leads, as it is written there.</summary>
    /// <param name="path">The link.</param>
    /// <returns>The path, or null if there is no link.</returns>
    internal static string? Link(string path)
    {
        byte[] target = new byte[LongestPath];
        long length = (long)ReadLink(path, target, (IntPtr)target.Length);
        return length < 0 ? null : Encoding.UTF8.GetString(target, 0, (int)length);
    }

    /// <summary>A folder's path without links.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The path.</returns>
    /// <exception cref="IOException">There is no such folder.</exception>
    internal static string RealFolder(string folder)
    {
        byte[] real = new byte[LongestPath + 1];
        if (RealPath(folder, real) == IntPtr.Zero)
            throw Error($"The folder '{folder}' cannot be reached");
        return Encoding.UTF8.GetString(real, 0, Array.IndexOf(real, (byte)0));
    }

    /// <summary>Makes a file of a name that nobody has, which only its owner may read and write.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="path">Receives its path.</param>
    /// <returns>Its descriptor; negative if it cannot be made, see <see cref="LastError"/>.</returns>
    internal static int MakeOwn(string folder, out string path)
    {
        byte[] name = Encoding.UTF8.GetBytes(Path.Combine(folder, ".kml-XXXXXX") + "\0");
        int descriptor = MakeTemporary(name, CloseOnExec);
        path = Encoding.UTF8.GetString(name, 0, name.Length - 1);
        return descriptor;
    }

    /// <summary>Whether the caller may write to what a path names.</summary>
    internal static bool IsWritable(string path) => Access(path, MayWrite) == 0;

    /// <summary>Moves a file over another.</summary>
    /// <returns>Whether it could, see <see cref="LastError"/>.</returns>
    internal static bool Move(string from, string to) => Rename(from, to) == 0;

    /// <summary>Takes the room that a file will need, where the file system can.</summary>
    /// <exception cref="IOException">There is none.</exception>
    internal static void Reserve(IntPtr descriptor, long bytes, string path)
    {
        int error = bytes == 0 ? 0 : Allocate(descriptor, 0, bytes);
        if (error is not (0 or Unsupported))
            throw new IOException($"There is no room for {bytes} bytes in '{path}': {new Win32Exception(error).Message}.");
    }

    /// <summary>Gives a file the owner, the mode, the access list and the other extended attributes of another.</summary>
    /// <param name="from">The other.</param>
    /// <param name="status">Its status.</param>
    /// <param name="descriptor">The file.</param>
    /// <returns>False if the caller may not.</returns>
    internal static bool CopyAttributes(string from, in FileStatus status, IntPtr descriptor)
    {
        // In this order: a change of owner takes mode bits away, and so does a list.
        if (ChangeOwner(descriptor, status.User, status.Group) != 0 || ChangeMode(descriptor, (uint)status.Mode & FileStatus.Permissions) != 0)
            return false;

        // The folder may have given one that the other does not have.
        RemoveAttribute(descriptor, AccessList);
        byte[] names = new byte[1 << 16];
        long length = (long)ListAttributes(from, names, (IntPtr)names.Length);
        if (length < 0)
            return LastError == Unsupported;
        foreach (string name in Encoding.UTF8.GetString(names, 0, (int)length).Split(new[] { '\0' }, StringSplitOptions.RemoveEmptyEntries))
        {
            byte[] value = new byte[1 << 16];
            long size = (long)GetAttribute(from, name, value, (IntPtr)value.Length);
            if (size < 0 && LastError == NoData)
                continue;

            // What the system gives by itself is not for everybody to set, and not ours to keep.
            bool ours = !name.StartsWith("security.", StringComparison.Ordinal) && !name.StartsWith("trusted.", StringComparison.Ordinal);
            if ((size < 0 || SetAttribute(descriptor, name, value, (IntPtr)size, 0) != 0) && ours)
                return false;
        }

        return true;
    }

    /// <summary>The last error in words.</summary>
    internal static IOException Error(string what)
    {
        int error = LastError;
        return new IOException($"{what}: {new Win32Exception(error).Message}.", error);
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static extern int StatX(int folder, string path, int flags, uint mask, out FileStatus status);

    [DllImport("libc", EntryPoint = "readlink", SetLastError = true)]
    private static extern IntPtr ReadLink(string path, [Out] byte[] target, IntPtr size);

    [DllImport("libc", EntryPoint = "realpath", SetLastError = true)]
    private static extern IntPtr RealPath(string path, [Out] byte[] real);

    [DllImport("libc", EntryPoint = "mkostemp", SetLastError = true)]
    private static extern int MakeTemporary([In, Out] byte[] name, int flags);

    [DllImport("libc", EntryPoint = "access", SetLastError = true)]
    private static extern int Access(string path, int mode);

    [DllImport("libc", EntryPoint = "rename", SetLastError = true)]
    private static extern int Rename(string from, string to);

    [DllImport("libc", EntryPoint = "posix_fallocate")]
    private static extern int Allocate(IntPtr descriptor, long offset, long length);

    [DllImport("libc", EntryPoint = "fchown", SetLastError = true)]
    private static extern int ChangeOwner(IntPtr descriptor, uint user, uint group);

    [DllImport("libc", EntryPoint = "fchmod", SetLastError = true)]
    private static extern int ChangeMode(IntPtr descriptor, uint mode);

    [DllImport("libc", EntryPoint = "listxattr", SetLastError = true)]
    private static extern IntPtr ListAttributes(string path, [Out] byte[] names, IntPtr size);

    [DllImport("libc", EntryPoint = "getxattr", SetLastError = true)]
    private static extern IntPtr GetAttribute(string path, string name, [Out] byte[] value, IntPtr size);

    [DllImport("libc", EntryPoint = "fsetxattr", SetLastError = true)]
    private static extern int SetAttribute(IntPtr descriptor, string name, byte[] value, IntPtr size, int flags);

    [DllImport("libc", EntryPoint = "fremovexattr", SetLastError = true)]
    private static extern int RemoveAttribute(IntPtr descriptor, string name);
}
