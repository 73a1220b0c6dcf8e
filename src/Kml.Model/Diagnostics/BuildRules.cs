namespace Kml.Model;

/// <summary>Diagnostics about the build and the weights: KML2xxx.</summary>
public static class BuildRules
{
    /// <summary>There are no weights yet.</summary>
    public static readonly DiagnosticRule NoWeights = new(
        "KML2001",
        "Model has no weights yet",
        "Model '{0}' has no weights at '{1}'; the module collects and does not predict. Train, then build again",
        RuleSeverity.Info);

    /// <summary>The weights file cannot be read.</summary>
    public static readonly DiagnosticRule Unreadable = new(
        "KML2002",
        "Weights cannot be read",
        "'{0}' is no usable weights file: {1}. Train again, or restore the file",
        RuleSeverity.Error);

    /// <summary>The weights belong to another model.</summary>
    public static readonly DiagnosticRule Fingerprint = new(
        "KML2003",
        "Weights of another model",
        "'{0}' was trained for fingerprint {1}, but model '{2}' has {3}: its features, label, state or layers have changed. Train again",
        RuleSeverity.Error);

    /// <summary>The weights hold values that no network can use.</summary>
    public static readonly DiagnosticRule NotFinite = new(
        "KML2004",
        "Weights are not finite",
        "'{0}': tensor '{1}' holds {2} at index {3}. Train again, with a smaller learning rate if training diverged",
        RuleSeverity.Error);

    /// <summary>The project has models for more than one framework, and has not chosen.</summary>
    public static readonly DiagnosticRule SecondFramework = new(
        "KML2005",
        "Second target framework",
        "The project builds models for {0}, and a module is emitted once; set KmlTargetFramework to one of them",
        RuleSeverity.Error);

    /// <summary>The compiled assembly cannot be read, or its model text is of another version.</summary>
    public static readonly DiagnosticRule Assembly = new(
        "KML2006",
        "Model text cannot be read",
        "'{0}': {1}. Use one version of all KmlCompiler packages, and rebuild",
        RuleSeverity.Error);

    /// <summary>A golden vector of the weights file does not hold in the reference: from event and state to features, or from these to a prediction.</summary>
    public static readonly DiagnosticRule Golden = new(
        "KML2007",
        "Golden vector does not hold",
        "'{0}': golden {1}: whoever wrote the file computes otherwise. Train again with this version",
        RuleSeverity.Error);

    /// <summary>The model takes more memory than its limit.</summary>
    public static readonly DiagnosticRule Budget = new(
        "KML2008",
        "Model over its budget",
        "Model '{0}': {1} is {2}, over the limit of {3}; use smaller layers, or raise {4}",
        RuleSeverity.Error);

    /// <summary>A module is emitted into a folder that kbuild cannot work in.</summary>
    public static readonly DiagnosticRule Folder = new(
        "KML2009",
        "Module cannot be built in its folder",
        "No module can be built in '{0}': kbuild can take no path with {1} in it. Set KmlOutputPath to another folder, or copy the module's folder before make",
        RuleSeverity.Warning);

    /// <summary>Someone changed an emitted file.</summary>
    public static readonly DiagnosticRule Edited = new(
        "KML2010",
        "Emitted file was changed",
        "'{0}' was changed after it was emitted, and is emitted again; what it was is kept in '{1}'. To change a module by hand, copy its folder",
        RuleSeverity.Warning);

    /// <summary>A class is marked as a model, but nothing was generated for it.</summary>
    public static readonly DiagnosticRule NotGenerated = new(
        "KML2011",
        "Model was not generated",
        "Class '{0}' is marked [KernelModel], but '{1}' carries neither a model nor an error for it: the generator of KmlCompiler did not run on it, or failed. Look for CS8032, CS8784 and CS8785 above; keep the package's analyzers; declare the model in a C# file, which no other generator writes",
        RuleSeverity.Error);

    /// <summary>Two projects emit a module of one name to one place.</summary>
    public static readonly DiagnosticRule TakenModule = new(
        "KML2012",
        "Two projects emit one module",
        "'{0}' and '{1}' both emit a module '{2}' into '{3}'. Give one of the models another name, or one of the projects another KmlOutputPath; if one has the model no more, clean that project",
        RuleSeverity.Error);

    /// <summary>All rules of this group, in the order of their ids.</summary>
    public static EquatableArray<DiagnosticRule> All { get; } = EquatableArray.Of(
        NoWeights, Unreadable, Fingerprint, NotFinite, SecondFramework, Assembly, Golden, Budget, Folder, Edited, NotGenerated, TakenModule);
}
