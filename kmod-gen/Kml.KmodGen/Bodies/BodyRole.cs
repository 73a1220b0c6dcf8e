namespace Kml.KmodGen.Bodies;

/// <summary>What a body is for, which fixes the signature of its function.</summary>
internal enum BodyRole
{
    /// <summary>Changes the state at an event.</summary>
    Update,

    /// <summary>Computes the features of an event.</summary>
    Features,

    /// <summary>Computes the label of two events.</summary>
    Label,

    /// <summary>Turns a prediction or label into yes or no.</summary>
    Verdict,

    /// <summary>Changes a copy of the event as it would have it.</summary>
    Policy,
}
