using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Kml.KmodGen.Targets;
using Kml.Model;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.KmodGen.Tests;

/// <summary><c>docs/walkthrough.md</c> quotes lines: each must stand in the file that is named last before it.</summary>
public class WalkthroughTests
{
    private const string Emitted = "bin/kmod/issue_time/";

    [Fact]
    public void Each_quoted_line_stands_in_its_file()
    {
        string root = Root(), sample = Path.Combine(root, "samples", "IssueTime");
        string[] sources = [.. new[] { "Model.cs", "Deadline.cs" }.Select(f => File.ReadAllText(Path.Combine(sample, f)))];
        ModelSpec model = SourceModels.Parse(sources).Single();
        Dictionary<string, string> emitted = Renderer.Render(KernelModule.Instance, model, SampleWeights.For(model), "1.2.3")
            .ToDictionary(f => f.Path, f => f.Text());

        (string File, string Line)[] quotes = [.. Quotes(File.ReadAllLines(Path.Combine(root, "docs", "walkthrough.md")))];

        quotes.Length.ShouldBeGreaterThan(12);
        foreach ((string file, string line) in quotes)
        {
            string text = file.StartsWith(Emitted, StringComparison.Ordinal) ? emitted[file[Emitted.Length..]] : File.ReadAllText(Path.Combine(root, file));
            text.Split('\n').ShouldContain(l => l.Contains(line, StringComparison.Ordinal), $"docs/walkthrough.md quotes '{line}' of {file}");
        }
    }

    [Fact]
    public void Each_folder_of_ours_that_it_names_is_there() =>
        Regex.Matches(File.ReadAllText(Path.Combine(Root(), "docs", "walkthrough.md")), "`((?:src|generators|kmod-gen|templates)/[^`]*)`")
            .Select(m => m.Groups[1].Value).Where(p => !Path.Exists(Path.Combine(Root(), p))).ShouldBeEmpty();

    private static IEnumerable<(string File, string Line)> Quotes(string[] lines)
    {
        string file = "";
        bool quoted = false;
        foreach (string line in lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                quoted = !quoted;
            else if (quoted)
                yield return (file, line.Trim());
            else if (Regex.Matches(line, @"`([\w/]+\.(?:cs|c|h))`") is { Count: > 0 } files)
                file = files[^1].Groups[1].Value;
        }
    }

    private static string Root([CallerFilePath] string source = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", ".."));
}
