using System.Collections.Generic;
using System.Linq;
using Kml.Generators.Parsing.Fixes;
using Kml.Model;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing.Refusals;

/// <summary>Something wrong in a declaration, and where.</summary>
/// <param name="Rule">The diagnostic.</param>
/// <param name="Place">The token that is wrong.</param>
/// <param name="Arguments">The message's arguments.</param>
/// <param name="Fix">What mends it; null where the editor knows nothing that is sure to.</param>
internal sealed record Finding(DiagnosticRule Rule, Location Place, EquatableArray<string> Arguments, Fix? Fix = null);

/// <summary>What the parser found wrong. It never leaves the step that parses: the generator asks only whether there was any.</summary>
internal sealed class Findings
{
    private readonly List<Finding> _reported = [];
    private readonly HashSet<Finding> _known = [];
    private int _again;
    private int _leftToCompiler;

    /// <summary>What is to be reported, in the order in which it was found.</summary>
    public IReadOnlyList<Finding> Reported => _reported;

    /// <summary>How much of the declaration is missing from what comes of it, as it was reported or is the compiler's to report.</summary>
    public int Holes => _reported.Count + _again + _leftToCompiler;

    /// <summary>Whether some of the declaration was no C#.</summary>
    public bool IsLeftToCompiler => _leftToCompiler > 0;

    /// <summary>Whether the declaration cannot be translated.</summary>
    public bool HasErrors => IsLeftToCompiler || _reported.Any(f => f.Rule.Severity == RuleSeverity.Error);

    /// <summary>Records a finding.</summary>
    public void Report(DiagnosticRule rule, Location place, params string[] arguments) => Report(rule, place, null, arguments);

    /// <summary>Records a finding, and what mends it: once, though a generic method is read for each type that it is called with.</summary>
    public void Report(DiagnosticRule rule, Location place, Fix? fix, params string[] arguments)
    {
        Finding finding = new(rule, place, new(arguments), fix);
        if (_known.Add(finding))
            _reported.Add(finding);
        else
            _again++;
    }

    /// <summary>Records that the C# itself is wrong there: the compiler says so, and saying it twice helps nobody.</summary>
    public void LeaveToCompiler() => _leftToCompiler++;
}
