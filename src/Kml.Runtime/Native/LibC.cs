using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Kml.Runtime.Native;

/// <summary>The calls to Linux that the class library has no form of.</summary>
internal static unsafe partial class LibC
{
    public const int OpenWriteOnly = 1;
    public const int OpenReadWrite = 2;
    public const int OpenCloseOnExec = 0x80000;
    public const int ProtectRead = 1;
    public const int ProtectWrite = 2;
    public const int MapShared = 1;
    public const short PollIn = 1;
    public const short PollError = 8;
    public const short PollHangUp = 16;

    public const int PermissionDenied = 1;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int NoSuchDevice = 6;
    public const int TooMany = 7;
    public const int NoMemory = 12;
    public const int AccessDenied = 13;
    public const int Busy = 16;
    public const int NoDevice = 19;
    public const int Invalid = 22;
    public const int NotTypewriter = 25;
    public const int NoSpace = 28;
    public const int OutOfRange = 34;
    public const int NoData = 61;
    public const int NotSupported = 95;
    public const int NotConnected = 107;

    /// <summary>One file of a <see cref="Poll"/>: <c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollFile
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Ioctl(SafeFileHandle file, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    public static partial nint Map(nint address, nuint length, int protection, int flags, SafeFileHandle file, long offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    public static partial int Unmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollFile* files, nuint count, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeFileHandle file, byte* bytes, nuint count);

    /// <summary>What an error number means, in words.</summary>
    public static string Describe(int error) => FormattableString.Invariant($"{Marshal.GetPInvokeErrorMessage(error)} (errno {error})");
}
