namespace Kml.Training.Online;

/// <summary>What became of an offered record.</summary>
public enum OfferResult
{
    /// <summary>It was taken in.</summary>
    Accepted,

    /// <summary>Its weight is 0: it says nothing, as one that was acted on.</summary>
    NoEvidence,

    /// <summary>A number is not finite, the label is no class or the weight is negative. It is counted under the name of the column.</summary>
    Refused,

    /// <summary>The trainer was stopped.</summary>
    Stopped,
}

/// <summary>What happens to a record for which there is no room.</summary>
public enum IntakeMode
{
    /// <summary>Its producer waits: every record is taken, at the pace of the trainer.</summary>
    Blocking,

    /// <summary>The oldest unread one is overwritten and counted: the newest win, and no producer waits.</summary>
    Dropping,
}
