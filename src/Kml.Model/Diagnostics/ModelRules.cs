namespace Kml.Model;

/// <summary>Diagnostics about the model itself: KML1xxx.</summary>
public static class ModelRules
{
    /// <summary>The name is no C identifier.</summary>
    public static readonly DiagnosticRule Name = new(
        "KML1001",
        "Model name is no C identifier",
        "'{0}' cannot name a kernel module; use 1 to 24 of a-z, 0-9 and _, beginning with a letter and not with kml",
        RuleSeverity.Error);

    /// <summary>Two models have one name.</summary>
    public static readonly DiagnosticRule DuplicateName = new(
        "KML1002",
        "Two models of one name",
        "Models '{0}' and '{1}' are both named '{2}'; give each a name of its own",
        RuleSeverity.Error);

    /// <summary>A layer has no outputs, or too many.</summary>
    public static readonly DiagnosticRule LayerSize = new(
        "KML1003",
        "Layer size out of range",
        "Layer {0} has {1} units; use 1 to 1024",
        RuleSeverity.Error);

    /// <summary>No join connects the label's events.</summary>
    public static readonly DiagnosticRule Join = new(
        "KML1004",
        "No join connects the label's events",
        "No join leads from {0} to {1}; a label goes from {2}",
        RuleSeverity.Error);

    /// <summary>The ring's size is not a power of two in range.</summary>
    public static readonly DiagnosticRule RingSize = new(
        "KML1005",
        "Ring size out of range",
        "A ring of {0} records cannot be; use a power of two from 64 to 65536",
        RuleSeverity.Error);

    /// <summary>The last layer does not fit the label.</summary>
    public static readonly DiagnosticRule HeadWidth = new(
        "KML1006",
        "Last layer does not fit the label",
        "The last layer has {0} outputs, but the label '{1}' needs {2}",
        RuleSeverity.Error);

    /// <summary>The number of features is out of range.</summary>
    public static readonly DiagnosticRule FeatureRange = new(
        "KML1007",
        "Number of features out of range",
        "[Features({0})]: a model has 1 to 256 features",
        RuleSeverity.Error);

    /// <summary>There are no layers.</summary>
    public static readonly DiagnosticRule NoLayers = new(
        "KML1008",
        "Model has no layers",
        "Model '{0}' has no layers; add [Dense(units)], the last with as many outputs as the label needs",
        RuleSeverity.Error);

    /// <summary>The features are of another event than the label's first.</summary>
    public static readonly DiagnosticRule FeatureEvent = new(
        "KML1009",
        "Features and label begin at different events",
        "{0} takes {1}, but the label begins at {2}; predict where the label begins",
        RuleSeverity.Error);

    /// <summary>A guarded section would be longer than its bound.</summary>
    public static readonly DiagnosticRule GuardedSection = new(
        "KML1010",
        "Guarded section is long",
        "Model '{0}' takes {1} multiply-adds in one guarded section, about {2} ns, over the bound of {3} ns; use smaller layers, or raise KmlMaxGuardedNs",
        RuleSeverity.Warning);

    /// <summary>The activations of an inference do not fit a kernel frame.</summary>
    public static readonly DiagnosticRule Frame = new(
        "KML1011",
        "Activations do not fit the stack",
        "Model '{0}' would keep {1} bytes of activations on the kernel's stack, of at most {2}; use narrower layers",
        RuleSeverity.Error);

    /// <summary>What a model costs; nothing is wrong.</summary>
    public static readonly DiagnosticRule Budget = new(
        "KML1012",
        "Budget of a model",
        "Model '{0}' has {1} parameters in {2} bytes of weights, {3} multiply-adds, about {4} ns guarded, {5} bytes of state a {6}, {7} bytes for each open record; {8}",
        RuleSeverity.Info);

    /// <summary>All rules of this group, in the order of their ids.</summary>
    public static EquatableArray<DiagnosticRule> All { get; } = EquatableArray.Of(
        Name, DuplicateName, LayerSize, Join, RingSize, HeadWidth, FeatureRange, NoLayers, FeatureEvent, GuardedSection, Frame, Budget);
}
