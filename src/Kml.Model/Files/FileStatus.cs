using System.Runtime.InteropServices;

namespace Kml.Model.Files;

/// <summary>What a path names: <c>struct statx</c>, whose layout is the same on every architecture.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileStatus
{
    /// <summary>The bits of <see cref="Mode"/> that are not its kind.</summary>
    internal const uint Permissions = 0xfff;

    [FieldOffset(16)]
    internal uint Names;

    [FieldOffset(20)]
    internal uint User;

    [FieldOffset(24)]
    internal uint Group;

    [FieldOffset(28)]
    internal ushort Mode;

    private const int KindMask = 0xf000, RegularKind = 0x8000, FolderKind = 0x4000;

    /// <summary>Whether it is a file with content of its own.</summary>
    internal readonly bool IsRegular => (Mode & KindMask) == RegularKind;

    /// <summary>Whether it is a folder.</summary>
    internal readonly bool IsFolder => (Mode & KindMask) == FolderKind;
}
