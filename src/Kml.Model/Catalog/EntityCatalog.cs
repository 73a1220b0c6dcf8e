using System.Collections.Generic;

namespace Kml.Model;

/// <summary>The entities: the one table of them.</summary>
public static class EntityCatalog
{
    /// <summary>A chosen disk.</summary>
    public static EntityInfo Disk { get; } = new(
        "disk",
        "device",
        "dev",
        "struct gendisk *",
        "from when the disk is chosen until it is dropped or unplugged; no reference is held",
        "the block class's interface: `disk_removed()`, from `device_del()`, before the disk is freed",
        "`kml_device.lock`: raw, interrupts off, tried first so that contention is counted",
        SwitchCatalog.Devices,
        SwitchCatalog.DevicesAtLoad);

    /// <summary>All entities.</summary>
    public static IReadOnlyList<EntityInfo> All { get; } = [Disk];
}
