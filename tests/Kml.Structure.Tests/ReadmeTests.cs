using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Kml.Structure.Tests;

/// <summary>Who opens a folder finds what it holds and how data passes through it: in its own README, or by its name in that of a folder above.</summary>
public class ReadmeTests
{
    // So few speak for themselves.
    private const int MostFiles = 3;

    private const string Tests = "tests";

    [Fact]
    public void A_folder_of_more_than_three_files_is_described() =>
        SourceTree.Folders.Where(f => !IsWithin(Tests, f) && SourceTree.FilesIn(f).Count() > MostFiles && !IsDescribed(f)).ShouldBeEmpty();

    /// <summary>Within a project of tests, folders sort: what the project is for is said once.</summary>
    [Fact]
    public void A_folder_of_tests_is_described() =>
        SourceTree.Folders.Where(f => f.StartsWith(Tests + "/", StringComparison.Ordinal) && f.Count(c => c == '/') == 1 && !IsDescribed(f)).ShouldBeEmpty();

    [Fact]
    public void The_files_of_a_module_that_a_page_names_are_there()
    {
        HashSet<string> there = [.. SourceTree.Files.Where(f => IsWithin("templates", f)).Select(f => f[(f.LastIndexOf('/') + 1)..].Replace(".sbn", ""))];
        IEnumerable<string> pages = SourceTree.Folders.Append("docs").Append("docs/diagnostics").SelectMany(SourceTree.FilesIn)
            .Append("README.md").Append("CONTRIBUTING.md")
            .Where(f => f.EndsWith(".md", StringComparison.Ordinal));
        pages.SelectMany(page => Regex.Matches(SourceTree.Text(page), @"(?<!\w)kml_\w+\.(?:[ch]\b|\*)").Select(m => (page, file: m.Value)))
            .Where(named => !there.Contains(named.file.Replace('*', 'h')))
            .ShouldBeEmpty();
    }

    private static bool IsDescribed(string folder)
    {
        // `Folder` or Folder/: a mere word of a sentence may mean something else.
        Regex name = new($@"(?<![\w.]){Regex.Escape(folder[(folder.LastIndexOf('/') + 1)..])}[`/]");
        return HasReadme(folder) || Above(folder).Any(f => HasReadme(f) && name.IsMatch(SourceTree.Text(Readme(f))));
    }

    private static IEnumerable<string> Above(string folder)
    {
        for (int end = folder.LastIndexOf('/'); end > 0; end = folder.LastIndexOf('/', end - 1))
            yield return folder[..end];
    }

    private static bool IsWithin(string outer, string folder) => (folder + "/").StartsWith(outer + "/", StringComparison.Ordinal);

    private static bool HasReadme(string folder) => SourceTree.FilesIn(folder).Contains(Readme(folder));

    private static string Readme(string folder) => folder + "/README.md";
}
