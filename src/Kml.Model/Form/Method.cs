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

    /// <summary>A scalar by value: a prediction or a label, or what a function takes.</summary>
    Scalar,

    /// <summary>What a function is given by reference, of the type <see cref="Parameter.Data"/>.</summary>
    Reference,
}

/// <summary>A parameter of a translated body.</summary>
/// <param name="Name">Its name in the user's code.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Event">The event, where it is one; else null.</param>
/// <param name="Type">The scalar's or the features' type; meaningless for others.</param>
/// <param name="Data">The type of what is referred to; null for others.</param>
/// <param name="IsWritten">
/// Of a function: whether it may write the event, the state or what is referred to. Of a method of the model's own its role says so.
/// </param>
/// <param name="Confidence">Of a verdict's or a policy's scalar: which confidence of the value it is; null for the value itself.</param>
public sealed record Parameter(
    string Name,
    ParameterKind Kind,
    EventKind? Event = null,
    ScalarType Type = ScalarType.Bool,
    DataType? Data = null,
    bool IsWritten = false,
    Confidence? Confidence = null);

/// <summary>A translated method: of the model's own, or a function that these call.</summary>
/// <param name="Name">Its name in the user's code; of a function, unique among the model's functions.</param>
/// <param name="Parameters">Its parameters, in order.</param>
/// <param name="Body">Its body.</param>
/// <param name="Result">What a function returns; null for none, and for a method of the model's own, whose result its role fixes.</param>
public sealed record Method(string Name, EquatableArray<Parameter> Parameters, Block Body, ScalarType? Result = null);
