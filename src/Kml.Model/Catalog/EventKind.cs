namespace Kml.Model;

/// <summary>The kernel events that a model can observe, in the order in which a request meets them.</summary>
public enum EventKind
{
    /// <summary>A bio enters the block layer.</summary>
    BioQueue = 0,

    /// <summary>A request enters the I/O scheduler.</summary>
    BlockInsert = 1,

    /// <summary>A request is handed to the driver.</summary>
    BlockIssue = 2,

    /// <summary>The driver reports a request as done.</summary>
    BlockComplete = 3,
}
