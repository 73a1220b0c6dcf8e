namespace Kml.Model;

/// <summary>Diagnostics about the user's source: KML0xxx.</summary>
public static class SourceRules
{
    /// <summary>The class is not partial.</summary>
    public static readonly DiagnosticRule NotPartial = new(
        "KML0001",
        "Model class is not partial",
        "Class '{0}' is a kernel model but not partial; add 'partial', so that its managed side can be generated",
        RuleSeverity.Error);

    /// <summary>There is no features method.</summary>
    public static readonly DiagnosticRule NoFeatures = new(
        "KML0002",
        "Model has no features",
        "Model '{0}' has no [Features] method; add 'static void Extract(in TEvent e, in TState s, Span<float> x)'",
        RuleSeverity.Error);

    /// <summary>A construct has no translation.</summary>
    public static readonly DiagnosticRule OutsideSubset = new(
        "KML0003",
        "Construct outside the translated subset",
        "{0} cannot be translated to kernel C; {1}",
        RuleSeverity.Error);

    /// <summary>An update uses float.</summary>
    public static readonly DiagnosticRule FloatInUpdate = new(
        "KML0004",
        "Floating point in an update",
        "'{0}' is floating point, but an [Update] runs where the FPU may not be used; use an integer or Q16",
        RuleSeverity.Error);

    /// <summary>State is written outside updates.</summary>
    public static readonly DiagnosticRule StateWritten = new(
        "KML0005",
        "State written outside an update",
        "'{0}' is state and this method reads a copy of it; write it in an [Update] method",
        RuleSeverity.Error);

    /// <summary>A method has another signature than its attribute asks for.</summary>
    public static readonly DiagnosticRule Signature = new(
        "KML0006",
        "Wrong signature",
        "'{0}', marked [{1}], {2}; it must be '{3}'",
        RuleSeverity.Error);

    /// <summary>The features' body does not write each feature once on each way through it.</summary>
    public static readonly DiagnosticRule FeatureCount = new(
        "KML0007",
        "Features unlike their count",
        "[Features({0})] and the body disagree: {1}; write every index from 0 to one less than the count on every way through the method",
        RuleSeverity.Error);

    /// <summary>A required method is missing.</summary>
    public static readonly DiagnosticRule NoLabel = new(
        "KML0008",
        "Model has no label",
        "Model '{0}' has no [Label] method; add 'static float Label(in TFrom a, in TTo b)'",
        RuleSeverity.Error);

    /// <summary>There is more than one of something of which a model has one.</summary>
    public static readonly DiagnosticRule MoreThanOne = new(
        "KML0009",
        "More than one",
        "Model '{0}' has more than one {1}; keep one",
        RuleSeverity.Error);

    /// <summary>A type that is no event is observed.</summary>
    public static readonly DiagnosticRule NoEvent = new(
        "KML0010",
        "Not a kernel event",
        "'{0}' is no kernel event; use one of {1}",
        RuleSeverity.Error);

    /// <summary>An event is used but not observed.</summary>
    public static readonly DiagnosticRule NotObserved = new(
        "KML0011",
        "Event is not observed",
        "'{0}' is used by '{1}' but not observed; add [Observe(typeof({0}))] to the class",
        RuleSeverity.Error);

    /// <summary>A state field has a type that no state can hold.</summary>
    public static readonly DiagnosticRule StateField = new(
        "KML0012",
        "State field cannot be kept",
        "State field '{0}' {1}; state is made of public non-static fields of integers, bool, Q16, enums, and structs and inline arrays of these",
        RuleSeverity.Error);

    /// <summary>The project checks arithmetic for overflow.</summary>
    public static readonly DiagnosticRule CheckedArithmetic = new(
        "KML0013",
        "Arithmetic is checked",
        "The project sets CheckForOverflowUnderflow, but the module's arithmetic wraps; set it to false, so that training and the kernel agree",
        RuleSeverity.Error);

    /// <summary>A model is generic or nested in a class that is not partial.</summary>
    public static readonly DiagnosticRule Placement = new(
        "KML0014",
        "Model class is in a place where it cannot be completed",
        "Class '{0}' is {1}; declare it as a plain class of a namespace",
        RuleSeverity.Error);

    /// <summary>A lever is pulled that the event does not have.</summary>
    public static readonly DiagnosticRule NoLever = new(
        "KML0015",
        "Nothing can be done at this event",
        "A [Policy] on '{0}' can do nothing: only {1} can be acted on",
        RuleSeverity.Error);

    /// <summary>The project's C# is too old for what completes the class.</summary>
    public static readonly DiagnosticRule OldLanguage = new(
        "KML0016",
        "Language version too old",
        "The project is compiled as C# {0}, but class '{1}' is completed with static members of an interface, which C# 11 has; set LangVersion to 11 or later, or leave it out",
        RuleSeverity.Error);

    /// <summary>A method may do more, or take more of the stack, than its limit.</summary>
    public static readonly DiagnosticRule BodyBudget = new(
        "KML0017",
        "Method over its budget",
        "'{0}' takes up to {1}, over the limit of {2}; {3}, or raise it by {4}",
        RuleSeverity.Error);

    /// <summary>A confidence of a prediction is asked for that is no class.</summary>
    public static readonly DiagnosticRule NoConfidence = new(
        "KML0018",
        "Only a class has a confidence",
        "'{0}' takes the {1} of a number, which has none; leave it out, or let the label be a bool or an enum",
        RuleSeverity.Error);

    /// <summary>A confidence is asked for in another type than its own.</summary>
    public static readonly DiagnosticRule ConfidenceType = new(
        "KML0019",
        "Confidence of another type",
        "'{0}' is a {1}, but confidences are computed in floating point; write 'float {0}', or leave it out where the FPU may not be used",
        RuleSeverity.Error);

    /// <summary>All rules of this group, in the order of their ids.</summary>
    public static EquatableArray<DiagnosticRule> All { get; } = EquatableArray.Of(
        NotPartial,
        NoFeatures,
        OutsideSubset,
        FloatInUpdate,
        StateWritten,
        Signature,
        FeatureCount,
        NoLabel,
        MoreThanOne,
        NoEvent,
        NotObserved,
        StateField,
        CheckedArithmetic,
        Placement,
        NoLever,
        OldLanguage,
        BodyBudget,
        NoConfidence,
        ConfidenceType);
}
