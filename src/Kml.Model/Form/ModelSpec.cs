namespace Kml.Model;

/// <summary>A whole model, as declared: the single source from which C#, C, layouts and the fingerprint follow.</summary>
/// <param name="Name">A C identifier.</param>
/// <param name="Observes">The events that the module attaches to, in the catalogue's order.</param>
/// <param name="State">The state, or null if the model keeps none.</param>
/// <param name="Updates">
/// The updates, in the order of their events in the catalogue; those of one event in declaration order. Parts of a class come in any order, which has no
/// meaning but within a file.
/// </param>
/// <param name="Features">The features.</param>
/// <param name="Layers">The layers, in the order in which data passes.</param>
/// <param name="Label">The label.</param>
/// <param name="Verdict">The verdict, or null.</param>
/// <param name="Policy">The policy, or null.</param>
/// <param name="Ring">The rings.</param>
/// <param name="Functions">The functions that its methods call, each after those that it calls itself: none calls itself, be it by others.</param>
public sealed record ModelSpec(
    string Name,
    EquatableArray<EventKind> Observes,
    StateSpec? State,
    EquatableArray<Method> Updates,
    FeaturesSpec Features,
    EquatableArray<LayerSpec> Layers,
    LabelSpec Label,
    Method? Verdict,
    Method? Policy,
    RingSpec Ring,
    EquatableArray<Method> Functions = default)
{
    /// <summary>The event at which the model predicts: the label's first.</summary>
    public EventKind From => Label.From;

    /// <summary>The event at which the label is known.</summary>
    public EventKind To => Label.To;
}

/// <summary>The state that updates keep.</summary>
/// <param name="Scope">How it is shared.</param>
/// <param name="Fields">Its fields, in declaration order; laid out as C and C# both do, each aligned to its size.</param>
public sealed record StateSpec(StateScope Scope, EquatableArray<FieldSpec> Fields);

/// <summary>How state is shared. The values are those of <c>Kml.Scope</c>.</summary>
public enum StateScope
{
    /// <summary>One copy a chosen block device.</summary>
    PerDevice = 0,
}

/// <summary>The features of a model.</summary>
/// <param name="Count">How many, at least 1.</param>
/// <param name="Type">F32, Q16 or I32.</param>
/// <param name="Method">The method: (event, state?, features).</param>
public sealed record FeaturesSpec(int Count, ScalarType Type, Method Method);

/// <summary>A dense layer.</summary>
/// <param name="Units">Its outputs, at least 1.</param>
/// <param name="Activation">What is applied to each.</param>
public sealed record LayerSpec(int Units, LayerActivation Activation);

/// <summary>Activations. The values are those of <c>Kml.Activation</c>.</summary>
public enum LayerActivation
{
    /// <summary>x.</summary>
    Identity = 0,

    /// <summary>max(x, 0).</summary>
    Relu = 1,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid = 2,

    /// <summary>tanh(x).</summary>
    Tanh = 3,
}

/// <summary>The label, which fixes the kind of the model.</summary>
/// <param name="Type">F32, I32 or Q16 for a regression; U32 for a classification.</param>
/// <param name="Classes">0 for a regression, else the number of classes.</param>
/// <param name="From">The first event.</param>
/// <param name="To">The second event.</param>
/// <param name="Method">The method: (from, to).</param>
public sealed record LabelSpec(ScalarType Type, int Classes, EventKind From, EventKind To, Method Method)
{
    /// <summary>Whether the model chooses a class.</summary>
    public bool IsClassification => Classes > 0;
}

/// <summary>The rings.</summary>
/// <param name="Records">Records a ring holds, a power of two.</param>
/// <param name="WhenFull">What happens when one is full.</param>
public sealed record RingSpec(int Records, RingWhenFull WhenFull);

/// <summary>What a full ring does. The values are those of <c>Kml.WhenFull</c>.</summary>
public enum RingWhenFull
{
    /// <summary>Drops the new record and counts it.</summary>
    Drop = 0,
}
