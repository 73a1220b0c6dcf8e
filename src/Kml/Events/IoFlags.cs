using System;

namespace Kml;

/// <summary>Properties of a bio or request that hold on every kernel version; the module maps the kernel's own bits onto these.</summary>
[Flags]
public enum IoFlags : uint
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>Somebody waits for it (REQ_SYNC).</summary>
    Sync = 1,

    /// <summary>File system metadata (REQ_META).</summary>
    Meta = 2,

    /// <summary>Forced unit access (REQ_FUA).</summary>
    Fua = 4,

    /// <summary>A cache flush goes first (REQ_PREFLUSH).</summary>
    Preflush = 8,

    /// <summary>Read-ahead: may fail (REQ_RAHEAD).</summary>
    ReadAhead = 16,

    /// <summary>Background I/O (REQ_BACKGROUND).</summary>
    Background = 32,
}
