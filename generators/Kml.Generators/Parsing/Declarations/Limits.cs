using System.Globalization;
using System.Linq;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Kml.Model.Lowering.Budgets;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Kml.Generators.Parsing.Declarations;

/// <summary>The limits that a class states by [Budget], or a project by its properties.</summary>
/// <param name="Operations">The most operations of a method; null where nothing is said.</param>
/// <param name="FrameBytes">The most bytes of stack of a method; null where nothing is said.</param>
/// <param name="StateBytes">The most bytes of a state; null where nothing is said.</param>
/// <param name="GuardedNs">The longest guarded section that needs no warning; null where none is to be warned of.</param>
internal sealed record Limits(long? Operations, long? FrameBytes, long? StateBytes, long? GuardedNs)
{
    /// <summary>The project's property with the most operations of a method.</summary>
    public const string MaxBodyOperations = "build_property.KmlMaxBodyOperations";

    /// <summary>The project's property with the most bytes of stack of a method.</summary>
    public const string MaxFrameBytes = "build_property.KmlMaxFrameBytes";

    /// <summary>The project's property with the most bytes of a state.</summary>
    public const string MaxStateBytes = "build_property.KmlMaxStateBytes";

    /// <summary>The project's property with the longest guarded section that needs no warning, in nanoseconds.</summary>
    public const string MaxGuardedNs = "build_property.KmlMaxGuardedNs";

    private const long DefaultMaxGuardedNs = 5000;

    /// <summary>What a class states.</summary>
    public static Limits Of(INamedTypeSymbol type)
    {
        AttributeData? budget = type.Attributes(KmlNames.Budget).FirstOrDefault();
        return new(Stated(budget, "Operations"), Stated(budget, "FrameBytes"), Stated(budget, "StateBytes"), Stated(budget, "GuardedNs"));
    }

    /// <summary>What a project states. What is no number the build task refuses.</summary>
    public static Limits Of(AnalyzerConfigOptions project) => new(
        Number(project, MaxBodyOperations),
        Number(project, MaxFrameBytes),
        Number(project, MaxStateBytes),

        // Without the package's targets, which name the property, nothing is bounded.
        project.TryGetValue(MaxGuardedNs, out _) ? Number(project, MaxGuardedNs) ?? DefaultMaxGuardedNs : null);

    /// <summary>These limits, and another's where these say nothing.</summary>
    public Limits Or(Limits other) => new(
        Operations ?? other.Operations, FrameBytes ?? other.FrameBytes, StateBytes ?? other.StateBytes, GuardedNs ?? other.GuardedNs);

    /// <summary>The limits of methods.</summary>
    public BodyLimits Bodies => new(Operations ?? BodyLimits.DefaultOperations, FrameBytes ?? BodyLimits.DefaultFrameBytes);

    /// <summary>The arguments of <see cref="SourceRules.BodyBudget"/> for a state that is too large; null for one that is not.</summary>
    public EquatableArray<string>? Exceeded(string state, long bytes) => StateLimit.Exceeded(state, bytes, StateBytes);

    private static long? Stated(AttributeData? budget, string name) =>
        budget?.NamedArguments.Where(a => a.Key == name).Select(a => a.Value.Value as int?).FirstOrDefault();

    private static long? Number(AnalyzerConfigOptions project, string property) =>
        project.TryGetValue(property, out string? text) && long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;
}
