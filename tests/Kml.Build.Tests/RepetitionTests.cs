using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

using Shouldly;

using Xunit;

namespace Kml.Build.Tests;

/// <summary>Nothing is written twice: no run of more than twelve lines stands in two files.</summary>
public sealed class RepetitionTests
{
    private const int Longest = 12;

    private static readonly string[] Folders = ["src", "generators", "kmod-gen", "templates", "tests", "eng", "samples"];
    private static readonly string[] Kinds = [".cs", ".c", ".h", ".sbn", ".sh", ".py"];

    /// <summary>Alike on purpose: the sample shows one model in both arithmetics, each file whole; two events of a request tell the same of it.</summary>
    private static readonly string[][] Alike =
    [
        ["samples/IssueTime/Model.cs", "samples/IssueTime/ModelQ16.cs"],
        ["src/Kml/Events/BlockInsert.cs", "src/Kml/Events/BlockIssue.cs"],
    ];

    [Fact]
    public void No_run_of_more_than_twelve_lines_stands_in_two_files()
    {
        Dictionary<string, (string File, int Line)> seen = [];
        SortedSet<string> twice = [];
        foreach (string file in Sources())
        {
            (int Number, string Text)[] lines = [.. Lines(file)];
            for (int i = 0; i + Longest < lines.Length; i++)
            {
                string run = string.Join('\n', lines[i..(i + Longest + 1)].Select(l => l.Text));
                if (seen.TryAdd(run, (file, lines[i].Number)))
                    continue;
                (string first, int line) = seen[run];
                if (first != file && !Alike.Any(a => a.Contains(first) && a.Contains(file)))
                    twice.Add($"{first}:{line} and {file}:{lines[i].Number}");
            }
        }

        seen.Count.ShouldBeGreaterThan(10_000);
        twice.ShouldBeEmpty();
    }

    private static IEnumerable<string> Sources() =>
        from folder in Folders
        from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
        let file = Path.GetRelativePath(Repository.Root, path)
        where (Kinds.Contains(Path.GetExtension(file)) || Path.GetExtension(file).Length == 0) && !file.Split('/').Any(Made)
        orderby file
        select file;

    // What builds made, and what is emitted: approved files repeat what the templates say once.
    private static bool Made(string part) => part is "bin" or "obj" or "artifacts" or "Approved" or "weights" || part.StartsWith('.');

    /// <summary>Lines of code: comments say the same of like fields, and what begins a file, its headers, says the same in many.</summary>
    private static IEnumerable<(int Number, string Text)> Lines(string file) =>
        File.ReadLines(Path.Combine(Repository.Root, file)).Select((text, i) => (i + 1, text.Trim()))
            .Where(l => l.Item2.Length > 0 && l.Item2[0] is not ('/' or '*'))
            .SkipWhile(l => l.Item2.StartsWith("using ", StringComparison.Ordinal) || l.Item2[0] == '#');
}
