namespace Kml.Generators.Parsing.Symbols;

/// <summary>The metadata names of what models are declared with.</summary>
internal static class KmlNames
{
    public const string KernelModel = "Kml.KernelModelAttribute";
    public const string Observe = "Kml.ObserveAttribute";
    public const string Dense = "Kml.DenseAttribute";
    public const string Ring = "Kml.RingAttribute";
    public const string State = "Kml.StateAttribute";
    public const string Update = "Kml.UpdateAttribute";
    public const string Features = "Kml.FeaturesAttribute";
    public const string Label = "Kml.LabelAttribute";
    public const string Verdict = "Kml.VerdictAttribute";
    public const string Policy = "Kml.PolicyAttribute";
    public const string Interface = "Kml.IKernelModel";
    public const string Bound = "Kml.BoundAttribute";
    public const string Budget = "Kml.BudgetAttribute";
    public const string Q16 = "Kml.Q16";

    /// <summary>What makes a method one of the model's own.</summary>
    public static readonly string[] Roles = [Update, Features, Label, Verdict, Policy];
}
