using System.Collections.Generic;
using System.Linq;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing.Declarations;

/// <summary>Reads what a verdict or a policy takes behind the value: confidences, by the names that <see cref="ConfidenceCatalog"/> has.</summary>
internal static class ConfidenceParser
{
    /// <summary>All confidences, as a method may take them.</summary>
    public static string Shape { get; } = string.Join(", ", ConfidenceCatalog.All.Select(s => "float " + s.Word));

    /// <summary>Their names.</summary>
    public static string Names { get; } = string.Join(" and ", ConfidenceCatalog.All.Select(c => c.Word));

    /// <summary>Whether a parameter has the name of a confidence.</summary>
    public static bool IsNamed(IParameterSymbol parameter) => ConfidenceCatalog.ByWord(parameter.Name) is not null;

    /// <summary>Reads the confidences of a method.</summary>
    /// <param name="method">The method, of which each parameter behind the value has the name of a confidence.</param>
    /// <param name="label">The type of the value.</param>
    /// <param name="findings">Receives what is wrong.</param>
    /// <returns>The parameters; null where one is not to be had.</returns>
    public static IReadOnlyList<Parameter>? Parse(IMethodSymbol method, LabelType label, Findings findings)
    {
        List<Parameter> confidences = [];
        foreach (IParameterSymbol parameter in method.Parameters.Skip(2))
        {
            if (label.Classes == 0)
                findings.Report(SourceRules.NoConfidence, parameter.Locations[0], method.Name, parameter.Name);
            else if (parameter.Type.Scalar() != ScalarType.F32)
                findings.Report(SourceRules.ConfidenceType, MethodParser.TypePlace(parameter), parameter.Name, TypeName(parameter));
            else
                confidences.Add(Scalar(parameter.Name));
        }

        return confidences.Count == method.Parameters.Length - 2 ? confidences : null;
    }

    private static Parameter Scalar(string name) =>
        new(name, ParameterKind.Scalar, Type: ScalarType.F32, Confidence: ConfidenceCatalog.ByWord(name)!.Confidence);

    private static string TypeName(IParameterSymbol parameter) => parameter.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
