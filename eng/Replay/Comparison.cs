using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace Kml.Replay;

/// <summary>A difference that one file, or the same file of many models, has.</summary>
/// <param name="File">The file's path, with the model's name as <c>&lt;model&gt;</c>.</param>
/// <param name="Text">The lines that differ, and one line around them; or that the file is in one of the two alone.</param>
/// <param name="Models">The models that have it.</param>
internal sealed record Difference(string File, string Text, IReadOnlyList<string> Models);

/// <summary>What two folders of emitted modules, <c>folder/form/model/file</c>, do not have in common.</summary>
/// <param name="Models">How many models there are in either.</param>
/// <param name="Files">How many files there are in either.</param>
/// <param name="Differences">Each distinct difference, the most common first within its file.</param>
internal sealed partial record Comparison(int Models, int Files, IReadOnlyList<Difference> Differences)
{
    /// <summary>Compares two folders.</summary>
    /// <param name="before">The one.</param>
    /// <param name="after">The other.</param>
    public static Comparison Of(string before, string after)
    {
        string[] files =
        [
            .. new[] { before, after }
                .SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories).Select(p => Path.GetRelativePath(f, p)))
                .Distinct().Order(StringComparer.Ordinal),
        ];
        List<(string File, string Text, string Model)> found = [];
        foreach (string file in files)
        {
            string model = file.Split('/')[1];
            string a = Path.Combine(before, file), b = Path.Combine(after, file);
            if (File.Exists(a) && File.Exists(b) && File.ReadAllBytes(a).AsSpan().SequenceEqual(File.ReadAllBytes(b)))
                continue;

            string name = Neutral(file, model);
            if (!File.Exists(a) || !File.Exists(b))
                found.Add((name, File.Exists(a) ? "only before\n" : "only after\n", model));
            else
                found.AddRange(Hunks(a, b, model).Select(h => (name, h, model)));
        }

        Difference[] differences =
        [
            .. found.GroupBy(f => (f.File, f.Text))
                .Select(g => new Difference(g.Key.File, g.Key.Text, [.. g.Select(f => f.Model).Distinct()]))
                .OrderBy(d => d.File, StringComparer.Ordinal).ThenByDescending(d => d.Models.Count),
        ];
        return new Comparison(files.Select(f => f.Split('/')[1]).Distinct().Count(), files.Length, differences);
    }

    /// <summary>Says what differs, for people.</summary>
    /// <param name="examples">How many differences of each file are shown.</param>
    public string Report(int examples)
    {
        StringBuilder text = new();
        foreach (IGrouping<string, Difference> file in Differences.GroupBy(d => d.File))
        {
            foreach (Difference difference in file.Take(examples))
            {
                text.Append($"== {difference.File}: {Count(difference.Models.Count, "model")}, "
                    + $"{string.Join(' ', difference.Models.Take(3))}{(difference.Models.Count > 3 ? " ..." : "")}\n");
                text.Append(difference.Text);
            }

            if (file.Count() > examples)
                text.Append($"== {file.Key}: {file.Count() - examples} more\n");
        }

        int models = Differences.SelectMany(d => d.Models).Distinct().Count();
        text.Append($"{Count(Differences.Count, "distinct difference")} in {models} of {Count(Models, "model")} ({Count(Files, "file")})\n");
        return text.ToString();
    }

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";

    // The model's name in every case that a file may write it in, where it stands for itself.
    private static string Neutral(string text, string model)
    {
        string named = Regex.Replace(text, $"(?<![A-Za-z0-9]){Regex.Escape(model)}(?![A-Za-z0-9])", "<model>", RegexOptions.IgnoreCase);
        return Fingerprint().Replace(named, "<fingerprint>");
    }

    // Neutral first and compared then: a line that moved is still a difference, one that only had another name is none.
    private static IEnumerable<string> Hunks(string before, string after, string model)
    {
        byte[] a = File.ReadAllBytes(before), b = File.ReadAllBytes(after);
        if (a.Contains((byte)0) || b.Contains((byte)0))
            return ["bytes that are no text differ\n"];

        DirectoryInfo scratch = Directory.CreateTempSubdirectory("kml-replay-");
        try
        {
            string[] neutral = [Path.Combine(scratch.FullName, "before"), Path.Combine(scratch.FullName, "after")];
            File.WriteAllText(neutral[0], Neutral(Encoding.UTF8.GetString(a), model));
            File.WriteAllText(neutral[1], Neutral(Encoding.UTF8.GetString(b), model));
            using Process diff = Process.Start(new ProcessStartInfo("diff", ["-U", "1", .. neutral]) { RedirectStandardOutput = true })!;
            string text = diff.StandardOutput.ReadToEnd();
            diff.WaitForExit();
            return HunkHead().Split(text).Skip(1);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    [GeneratedRegex("^@@ .* @@.*\n", RegexOptions.Multiline)]
    private static partial Regex HunkHead();

    [GeneratedRegex("(?<![0-9a-f])[0-9a-f]{32,64}(?![0-9a-f])")]
    private static partial Regex Fingerprint();
}
