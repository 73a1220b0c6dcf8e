using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Kml.Structure.Tests;

/// <summary>
/// What is written twice drifts apart: no two files share more than twelve lines in a row. Headers, comments and blank lines do not count.
/// </summary>
public partial class CloneTests
{
    private const int Most = 12;

    // Each pair is two declarations whose likeness is the point.
    private static readonly (string, string)[] Meant =
    [
        // Structs that users name; each has the fields of its row of the catalogue, and a test holds it to them.
        ("src/Kml/Events/BlockInsert.cs", "src/Kml/Events/BlockIssue.cs"),
    ];

    [Theory]
    [InlineData(".cs")]
    [InlineData(".c")]
    [InlineData(".h")]
    [InlineData(".sbn")]
    [InlineData(".py")]
    [InlineData(".sh")]
    [InlineData("")]
    public void No_two_files_share_more_than_twelve_lines_in_a_row(string extension)
    {
        Dictionary<string, (string File, int Line)> first = [];
        SortedSet<string> clones = [];
        foreach (string file in SourceTree.Files.Where(f => Path.GetExtension(f) == extension))
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

    [Theory]
    [InlineData(" * A comment.", false)]
    [InlineData(" */", false)]
    [InlineData(" *", false)]
    [InlineData("*out = x;", true)]
    [InlineData("**next = x;", true)]
    [InlineData("#define KML_X 1", true)]
    public void What_begins_with_a_star_may_be_code(string line, bool counts) => Counts(line, ".c").ShouldBe(counts);

    private static (string Text, int Line)[] Significant(string file) =>
        [.. SourceTree.Lines(file).Select((text, i) => (Text: text.Trim(), Line: i + 1)).Where(l => Counts(l.Text, Path.GetExtension(file)))];

    private static bool Counts(string line, string extension) => !(extension is ".py" or ".sh" or "" ? Comment() : Header()).IsMatch(line.Trim());

    [GeneratedRegex(@"^($|using |namespace |extern alias |#include|//|/\*|\*($|[ /]))")]
    private static partial Regex Header();

    [GeneratedRegex("^($|#|import |from )")]
    private static partial Regex Comment();
}
