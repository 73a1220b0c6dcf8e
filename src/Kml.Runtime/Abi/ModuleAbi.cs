using System.Runtime.CompilerServices;

namespace Kml.Runtime;

/// <summary>The numbers on which the module and this library agree; the C twin is <c>templates/module/kml_abi.h</c>, and a test compares the two.</summary>
internal static class ModuleAbi
{
    /// <summary>Raised by every change of a layout or a number.</summary>
    public const uint Version = 2;

    /// <summary>"KML1" in little endian.</summary>
    public const uint Magic = 0x314c4d4b;

    /// <summary>Of all requests of the device.</summary>
    public const uint IoctlType = 0xb7;

    /// <summary>Reads the info page.</summary>
    public static uint GetInfo { get; } = Request(ReadDirection, 1, (uint)Unsafe.SizeOf<InfoPage>());

    /// <summary>Sets at how many records in one ring <c>poll</c> wakes.</summary>
    public static uint SetWatermark { get; } = Request(WriteDirection, 2, sizeof(uint));

    private const uint WriteDirection = 1;
    private const uint ReadDirection = 2;

    // The kernel's generic _IOC: number 8 bits, type 8, size 14, direction 2.
    private static uint Request(uint direction, uint number, uint size) => (direction << 30) | (size << 16) | (IoctlType << 8) | number;
}
