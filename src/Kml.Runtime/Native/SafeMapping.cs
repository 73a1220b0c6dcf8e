using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Kml.Runtime.Native;

/// <summary>A shared mapping of part of a file.</summary>
internal sealed class SafeMapping : SafeHandle
{
    private readonly nuint _length;

    private SafeMapping(nint address, nuint length)
        : base(-1, ownsHandle: true)
    {
        _length = length;
        SetHandle(address);
    }

    public override bool IsInvalid => handle == -1;

    /// <summary>Maps a part of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">Where, whole pages.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="writable">Whether it is also written.</param>
    /// <param name="what">What is mapped, for the message of an error.</param>
    /// <exception cref="KernelModelException">The kernel refused.</exception>
    public static SafeMapping Map(SafeFileHandle file, ulong offset, ulong length, bool writable, string what)
    {
        int protection = LibC.ProtectRead | (writable ? LibC.ProtectWrite : 0);
        SafeMapping mapping = new(LibC.Map(0, (nuint)length, protection, LibC.MapShared, file, (long)offset), (nuint)length);
        if (!mapping.IsInvalid)
            return mapping;
        int error = Marshal.GetLastPInvokeError();
        throw new KernelModelException(
            FormattableString.Invariant($"The {what} ({length} bytes at {offset}) could not be mapped: {LibC.Describe(error)}."), error);
    }

    /// <summary>The address of a byte of the mapping; valid while it is not disposed.</summary>
    /// <param name="offset">Bytes from its start.</param>
    public unsafe byte* At(ulong offset)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(offset, _length);
        return (byte*)handle + offset;
    }

    protected override bool ReleaseHandle() => LibC.Unmap(handle, _length) == 0;
}
