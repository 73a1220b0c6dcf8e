using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Kml.Structure.Tests;

/// <summary>What is written twice drifts apart: no two files share more than twelve lines in a row. Headers, comments and blank lines do not count.</summary>
public partial class CloneTests
{
    private const int Most = 12;

    // Each pair is two declarations whose likeness is the point.
    private static readonly (string, string)[] Meant =
    [
        // Structs that users name; each has the fields of its row of the catalogue, and a test holds it to them.
        ("src/Kml/Events/BlockInsert.cs", "src/Kml/Events/BlockIssue.cs"),

        // One model in two arithmetics, to be compared.
        ("samples/IssueTime/Model.cs", "samples/IssueTime/ModelQ16.cs"),
    ];

    [Theory]
    [InlineData(".cs")]
    [InlineData(".c")]
    [InlineData(".h")]
    [InlineData(".sbn")]
    public void No_two_files_share_more_than_twelve_lines_in_a_row(string extension)
    {
        Dictionary<string, (string File, int Line)> first = [];
        SortedSet<string> clones = [];
        foreach (string file in SourceTree.Files.Where(f => f.EndsWith(extension, StringComparison.Ordinal)))
        {
            (string Text, int Line)[] lines = Significant(file);
            for (int i = 0; i + Most < lines.Length; i++)
            {
                string run = string.Join('\n', lines.Skip(i).Take(Most + 1).Select(l => l.Text));
                if (first.TryAdd(run, (file, lines[i].Line)) || first[run].File == file || Meant.Contains((first[run].File, file)))
                    continue;
                clones.Add($"{first[run].File} and {file}: from line {first[run].Line} and {lines[i].Line}");
            }
        }

        clones.ShouldBeEmpty();
    }

    private static (string Text, int Line)[] Significant(string file) =>
        [.. SourceTree.Lines(file).Select((text, i) => (Text: text.Trim(), Line: i + 1)).Where(l => !Header().IsMatch(l.Text))];

    [GeneratedRegex(@"^($|using |namespace |extern alias |#include|//|/?\*)")]
    private static partial Regex Header();
}
