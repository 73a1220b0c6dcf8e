using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Kml.Generators.Parsing.Refusals;
using Kml.Model;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Analysis;

/// <summary>The catalogue's rules as Roslyn's descriptors.</summary>
internal static class Descriptors
{
    private static readonly ImmutableDictionary<DiagnosticRule, DiagnosticDescriptor> ByRule =
        SourceRules.All.Concat(ModelRules.All).ToImmutableDictionary(r => r, Of);

    /// <summary>The descriptor of a rule.</summary>
    public static DiagnosticDescriptor Descriptor(this DiagnosticRule rule) => ByRule[rule];

    /// <summary>The diagnostic for a finding.</summary>
    public static Diagnostic ToDiagnostic(this Finding finding) =>
        Diagnostic.Create(finding.Rule.Descriptor(), finding.Place, finding.Fix?.Properties, [.. finding.Arguments]);

    private static DiagnosticDescriptor Of(DiagnosticRule rule) => new(
        rule.Id,
        rule.Title,
        rule.Format,
        "KmlCompiler",
        rule.Severity switch
        {
            RuleSeverity.Error => DiagnosticSeverity.Error,
            RuleSeverity.Warning => DiagnosticSeverity.Warning,
            _ => DiagnosticSeverity.Info,
        },
        isEnabledByDefault: true,
        description: DiagnosticPages.Description(rule),

        // No help link: an editor can only follow an absolute address, and the pages have none. Without one it looks the id up, or leaves it plain.
        helpLinkUri: null,
        customTags: Tags(rule).ToArray());

    // An error cannot be silenced: the build fails on it in any case, only later.
    private static IEnumerable<string> Tags(DiagnosticRule rule)
    {
        if (rule.Severity == RuleSeverity.Error)
            yield return WellKnownDiagnosticTags.NotConfigurable;
        if (rule == ModelRules.DuplicateName)
            yield return WellKnownDiagnosticTags.CompilationEnd;
    }
}
