using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Kml.KmodGen.Compute;

namespace Kml.Mutants.Headers;

/// <summary>A function of the arithmetic headers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">Its definition.</param>
internal sealed partial record HeaderFunction(string Name, string Text)
{
    /// <summary>The headers.</summary>
    public static readonly string[] Headers = ["kml_arith.h", "kml_arith_float.h", "kml_bits.h", "kml_count.h", "kml_fixed.h", "kml_math.h"];

    /// <summary>All functions of all headers, each behind those that it calls.</summary>
    public static IReadOnlyList<HeaderFunction> All { get; } =
    [
        .. from header in Headers
           let text = ComputeFiles.Headers.Single(h => h.Path == header).Text
           from Match match in Definition().Matches(text)
           select new HeaderFunction(match.Groups[1].Value, match.Value),
    ];

    /// <summary>Whether a text calls the function.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True if it does.</returns>
    public bool IsCalledIn(string text) => text.Contains(Name + "(", StringComparison.Ordinal) && Regex.IsMatch(text, $@"\b{Name}\(");

    /// <summary>The function, and all that call it at last.</summary>
    /// <returns>The functions, in the order of <see cref="All"/>.</returns>
    public IReadOnlyList<HeaderFunction> Callers()
    {
        List<HeaderFunction> found = [this];
        foreach (HeaderFunction other in All.SkipWhile(f => f != this).Skip(1))
        {
            if (found.Any(f => f.IsCalledIn(other.Text)))
                found.Add(other);
        }

        return found;
    }

    [GeneratedRegex(@"^KML_INLINE \w+ \*?(kml_\w+)\([^{;]*\)\n\{\n.*?^\}\n", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Definition();
}
