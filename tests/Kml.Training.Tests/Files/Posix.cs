using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Kml.Training.Tests.Files;

/// <summary>What makes a file of another kind than the class library can.</summary>
internal static partial class Posix
{
    internal const int Unsupported = 95;

    /// <summary>Runs a call; fails with its reason.</summary>
    internal static void Call(int result)
    {
        if (result != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int MakePipe(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Link(string from, string to);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    internal static partial uint User();

    /// <summary>The value of an extended attribute; empty if there is none.</summary>
    internal static byte[] Attribute(string path, string name)
    {
        byte[] value = new byte[1000];
        nint size = GetAttribute(path, name, value, value.Length);
        return size < 0 ? [] : value[..(int)size];
    }

    /// <summary>Sets an extended attribute, if the file system has any.</summary>
    internal static void SetAttribute(string path, string name, byte[] value)
    {
        if (SetAttribute(path, name, value, value.Length, 0) != 0 && Marshal.GetLastPInvokeError() != Unsupported)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "getxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetAttribute(string path, string name, [Out] byte[] value, nint size);

    [LibraryImport("libc", EntryPoint = "setxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetAttribute(string path, string name, byte[] value, nint size, int flags);
}
