using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using IssueTimeSample;
using Kml.Training;

namespace Kml.Benchmarks.Adapting;

/// <summary>What the recorder of samples/IssueTime took from the workloads there: one table a workload, its verdict ("late") as class.</summary>
internal static class Workloads
{
    /// <summary>The workloads that no model has seen.</summary>
    internal static IReadOnlyList<string> New { get; } = ["backup", "compaction"];

    /// <summary>Reads all recordings of a folder, workload by workload; the group is the workload's place.</summary>
    internal static IReadOnlyList<(string Name, Samples Rows)> Load(string folder)
    {
        string[] names =
            [.. Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)!).Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal)];
        if (New.Except(names).Any() || names.Length < New.Count + 2)
        {
            throw new DirectoryNotFoundException($"'{folder}' does not hold {string.Join(" and ", New)} and at least two workloads beside them. "
                + "Record them: make bench-adapting does.");
        }

        return [.. names.Select((name, group) => (name, Read(Path.Combine(folder, name, "issue_time.records.safetensors"), group)))];
    }

    /// <summary>One table of several.</summary>
    internal static Samples Join(params IEnumerable<Samples> parts)
    {
        Samples[] all = [.. parts];
        return new Samples(
            all[0].Names,
            [.. Enumerable.Range(0, all[0].Width).SelectMany(f => all.SelectMany(part => part.Column(f).ToArray()))],
            Column(part => part.Labels.ToArray()),
            all[0].Classes,
            Column(part => part.Weights.ToArray()),
            Column(part => part.Times.ToArray()),
            Column(part => part.Groups.ToArray()));

        T[] Column<T>(Func<Samples, T[]> of) => [.. all.SelectMany(of)];
    }

    internal static double Accuracy(IPredictor model, Samples test) => Evaluation.RowOf("model", model, test).Class!.Accuracy;

    private static Samples Read(string path, int group)
    {
        Samples rows = Dataset.Read<IssueTime>(RecordSet.Load(path)).ToSamples(EvidenceUse.Learning, verdicts: true);
        return new Samples(
            rows.Names,
            rows.Features.ToArray(),
            rows.Labels.ToArray(),
            rows.Classes,
            rows.Weights.ToArray(),
            rows.Times.ToArray(),
            [.. Enumerable.Repeat(group, rows.Count)]);
    }
}
