using System.Collections.Generic;

namespace Kml.Model;

/// <summary>What identity and state belong to.</summary>
/// <param name="Word">Its word, for people.</param>
/// <param name="Symbol">Its word in C: <c>struct kml_&lt;symbol&gt;</c>, <c>kml_&lt;symbol&gt;_lock()</c>.</param>
/// <param name="Identity">The C type by which the kernel knows it.</param>
/// <param name="Lives">How long an identity is good.</param>
/// <param name="Dies">What says that it has gone.</param>
/// <param name="Lock">What keeps its state whole.</param>
public sealed record EntityInfo(string Word, string Symbol, string Identity, string Lives, string Dies, string Lock);

/// <summary>The entities: the one table of them.</summary>
public static class EntityCatalog
{
    /// <summary>A chosen disk.</summary>
    public static EntityInfo Disk { get; } = new(
        "disk",
        "device",
        "struct gendisk *",
        "from when the disk is chosen until it is dropped or unplugged; no reference is held",
        "the block class's interface: `disk_removed()`, from `device_del()`, before the disk is freed",
        "`kml_device.lock`: raw, interrupts off, tried first so that contention is counted");

    /// <summary>All entities.</summary>
    public static IReadOnlyList<EntityInfo> All { get; } = [Disk];
}
