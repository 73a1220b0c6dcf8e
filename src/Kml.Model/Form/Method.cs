namespace Kml.Model;

/// <summary>What a parameter of a body stands for.</summary>
public enum ParameterKind
{
    /// <summary>An event, named by <see cref="Parameter.Event"/>.</summary>
    Event,

    /// <summary>The model's state.</summary>
    State,

    /// <summary>The span of features to write.</summary>
    Features,

    /// <summary>A scalar: a prediction or a label.</summary>
    Scalar,
}

/// <summary>A parameter of a translated body.</summary>
/// <param name="Name">Its name in the user's code.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Event">The event, where it is one; else null.</param>
/// <param name="Type">The scalar's or the features' type; meaningless for events and state.</param>
public sealed record Parameter(string Name, ParameterKind Kind, EventKind? Event = null, ScalarType Type = ScalarType.Bool);

/// <summary>A translated method.</summary>
/// <param name="Name">Its name in the user's code.</param>
/// <param name="Parameters">Its parameters, in order.</param>
/// <param name="Body">Its body.</param>
public sealed record Method(string Name, EquatableArray<Parameter> Parameters, Block Body);
