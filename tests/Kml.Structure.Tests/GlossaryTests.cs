using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Kml.Structure.Tests;

/// <summary>One word, one meaning: a word of <c>docs/glossary.md</c> stands there once, and what the code calls it is in the code.</summary>
public partial class GlossaryTests
{
    private static readonly string[][] Rows =
        [.. SourceTree.Lines("docs/glossary.md").Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Skip(2).Select(l => l.Split(" | "))];

    [Fact]
    public void A_row_has_a_word_a_meaning_and_its_names_in_code() => Rows.ShouldAllBe(r => r.Length == 3);

    [Fact]
    public void A_word_has_one_row() => Rows.SelectMany(r => r[0].Trim('|', ' ').Split(", ")).ShouldBeUnique();

    [Fact]
    public void A_name_is_in_code()
    {
        IEnumerable<string> sources = SourceTree.Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal)).Select(SourceTree.Text);
        HashSet<string> names = [.. sources.SelectMany(s => Name().Matches(s)).Select(m => m.Value)];

        Rows.SelectMany(r => Type().Matches(r[^1])).SelectMany(m => m.Groups[1].Value.Split('.')).Where(n => !names.Contains(n)).ShouldBeEmpty();
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Name();

    // Types and their members; files and folders have other signs in them.
    [GeneratedRegex(@"`([A-Z]\w*(?:\.[A-Z]\w*)*)`")]
    private static partial Regex Type();
}
