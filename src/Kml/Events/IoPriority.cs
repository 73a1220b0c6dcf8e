namespace Kml;

/// <summary>The classes of I/O priority (include/uapi/linux/ioprio.h). mq-deadline keeps a queue for each.</summary>
public enum IoPriority : uint
{
    /// <summary>Not set: scheduled as best effort.</summary>
    None = 0,

    /// <summary>Real time: served before all others.</summary>
    RealTime = 1,

    /// <summary>Best effort.</summary>
    BestEffort = 2,

    /// <summary>Idle: served when nothing else waits.</summary>
    Idle = 3,
}
