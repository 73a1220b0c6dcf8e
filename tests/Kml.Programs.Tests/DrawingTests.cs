using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Kml.TestSupport;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Shouldly;
using Xunit;

namespace Kml.Programs.Tests;

/// <summary>What is drawn for the 20,000 programs of <c>make test-programs</c>: every construct, and every edge.</summary>
public class DrawingTests
{
    private static readonly string[] Sources = [.. Enumerable.Range(1, 20_000 / ProgramSet.Programs).Select(ProgramSet.Source)];

    [Fact]
    public void Edges_stand_on_both_sides_of_every_operator()
    {
        HashSet<string> drawn =
        [
            .. Sources.SelectMany(s => CSharpSyntaxTree.ParseText(s).GetRoot().DescendantNodes().OfType<BinaryExpressionSyntax>())
                .SelectMany(b => new[] { $"{b.Left} {b.OperatorToken}", $"{b.OperatorToken} {b.Right}" }),
        ];
        string[] relations = ["<", "<=", ">", ">=", "==", "!="], arithmetic = ["+", "-", "*", "/", "%"], bits = ["&", "|", "^"];
        IEnumerable<string> wanted =
            from type in new[] { "int", "uint", "long", "ulong", "float", "Q16" }
            from op in relations.Concat(arithmetic).Concat(type is "float" or "Q16" ? [] : bits)
            from edge in EdgeConstants.Of(type)!

            // C# has no constant divisor of 0.
            from side in op is "/" or "%" && Regex.IsMatch(edge, "^0(u|L|ul)?$") ? new[] { $"{edge} {op}" } : [$"{edge} {op}", $"{op} {edge}"]
            select side;

        wanted.Distinct().Where(w => !drawn.Contains(w)).ShouldBeEmpty();
        EdgeConstants.Counts.SelectMany(c => new[] { "<<", ">>", ">>>" }, (c, op) => $"{op} {c}").Where(w => !drawn.Contains(w)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a reference to a place", @"ref int \w+ = ref s\.")]
    [InlineData("a reference to one of two places", @"ref \w+ \w+ = ref \(.* \? ref .* : ref ")]
    [InlineData("a reference that is moved", @"\n\w+ = ref s\.")]
    [InlineData("a reference to a struct", @"ref Pair \w+ = ref ")]
    [InlineData("one place given twice", @"F\d+\(ref ([\w.]+), ref \1\)")]
    [InlineData("a struct, and its member", @"F\d+\(ref ([\w.]+), (?:ref|in)? ?\1\.\w+\)")]
    [InlineData("foreach by reference", @"foreach \(ref ")]
    [InlineData("a slice that is copied within its array", @"(\w+)\[\.\.\d\]\.CopyTo\(\1\[1\.\.\]\)")]
    [InlineData("stackalloc", @"= stackalloc ")]
    [InlineData("an array within an array", @"s\.Grid\[.*\]\[")]
    [InlineData("an array as a whole", @"s\.Grid\[.*\] = s\.Grid\[")]
    [InlineData("tuples swapped", @"\n\((.+), (.+)\) = \(\2, \1\);")]
    [InlineData("deconstruction", @"var \(\w+, \w+\) = ")]
    [InlineData("with", @" with \{ ")]
    [InlineData("equality of records", @"new Point\(.*\) [!=]= new Point\(")]
    [InlineData("equality of tuples", @"\(.*, .*\) == \(.*, .*\)\)")]
    [InlineData("a pattern with when", @"case .* when ")]
    [InlineData("a property pattern", @"\{ Low: ")]
    [InlineData("a switch expression without an arm for the rest", @" switch \{ (?!.*_ =>).* \}\)")]
    [InlineData("goto the next case", @"goto case ")]
    [InlineData("a checked block", @"\nchecked\n")]
    [InlineData("a stated bound", @"Tools\.Root\(")]
    [InlineData("early return", @"\) return ")]
    [InlineData("a table", @"Tools\.(Steps|Levels)\[")]
    [InlineData("a method of a struct that writes it", @"\.Take\(")]
    [InlineData("a property", @"\.Sum\b")]
    [InlineData("an indexer", @"s\.Inner\[")]
    [InlineData("a constructor", @"new Pair\(")]
    [InlineData("a window of the library", @"Window\.(Push|Last)<?")]
    [InlineData("a histogram of the library", @"Histogram\.(Add|Count|Percentile|Halve)\(")]
    [InlineData("an extension method", @"\w\)?\.F6\(")]
    [InlineData("a generic method of a span", @"Tools\.Most<")]
    [InlineData("named arguments out of order", @"\(b: .*, a: ")]
    [InlineData("out that is not looked at", @"out _")]
    public void A_construct_is_drawn(string construct, string form) =>
        Sources.Any(s => Regex.IsMatch(s, form)).ShouldBeTrue($"no {construct}");
}
