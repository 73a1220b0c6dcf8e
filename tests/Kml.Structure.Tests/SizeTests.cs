using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Kml.Structure.Tests;

/// <summary>A file is about one thing, a folder about one concern, and a line is read at a glance: past these sizes they are not.</summary>
public partial class SizeTests
{
    private const int MostLines = 300;
    private const int MostFiles = 20;
    private const int MostColumns = 160;
    private const int Tab = 4;

    [Fact]
    public void No_source_file_has_over_300_lines() =>
        SourceTree.Files.Select(f => (File: f, SourceTree.Lines(f).Length)).Where(f => f.Length > MostLines).ShouldBeEmpty();

    [Fact]
    public void A_script_without_an_extension_is_a_source_file() => SourceTree.Files.ShouldContain("eng/test");

    [Fact]
    public void No_folder_has_over_20_files_of_its_own() =>
        SourceTree.Folders.Select(f => (Folder: f, Count: SourceTree.FilesIn(f).Count())).Where(f => f.Count > MostFiles).ShouldBeEmpty();

    [Fact]
    public void No_line_of_CSharp_has_over_160_columns() =>
        SourceTree.Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(f => TooLong(SourceTree.Lines(f)).Select(line => $"{f}:{line}"))
            .ShouldBeEmpty();

    /// <summary>A sentence for a user need not be cut; nor need what is no C# at all, in the lines of a raw string.</summary>
    [Fact]
    public void Only_a_string_that_fits_no_line_may_be_longer()
    {
        string sentence = new('s', MostColumns);
        string code = new('c', MostColumns - 10);

        TooLong([$"\t{code}123456"]).ShouldBeEmpty();
        TooLong([$"\t{code}1234567"]).ShouldBe([1]);
        TooLong([$"    Throw(\"{sentence}\");"]).ShouldBeEmpty();
        TooLong([$"    {code} + \"a string\";"]).ShouldBe([1]);
        TooLong(["string text = \"\"\"", $"    {sentence}", "    \"\"\";", $"    {sentence};"]).ShouldBe([4]);
    }

    private static IEnumerable<int> TooLong(string[] lines)
    {
        bool isRaw = false;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Replace("\t", new string(' ', Tab), StringComparison.Ordinal);
            if (!isRaw && line.Length > MostColumns && line.Length - line.TrimStart().Length + LongestString(line) <= MostColumns)
                yield return i + 1;
            isRaw ^= RawString().Count(line) % 2 == 1;
        }
    }

    private static int LongestString(string line) => String().Matches(line).Select(m => m.Length).DefaultIfEmpty().Max();

    [GeneratedRegex(@"""(?:\\.|[^""\\])*""")]
    private static partial Regex String();

    [GeneratedRegex("\"\"\"")]
    private static partial Regex RawString();
}
