using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using Kml.Training;

namespace Kml.Benchmarks;

/// <summary>Data that others have released, in a folder that the user gives: none of it is part of this repository.</summary>
/// <param name="folder">The folder.</param>
internal sealed class AccuracyData(string folder)
{
    private const string Trace = "kml-mq-deadline/first-8000.txt.gz";
    private const string ReadaheadInput = "kml-readahead/input.csv";
    private const string ReadaheadOutput = "kml-readahead/output.csv";
    private const string Molecules = "qm7/qm7-train.extxyz.gz";

    /// <summary>The readahead features, for what reads the file itself.</summary>
    internal string ReadaheadFeatures => Path.Combine(folder, ReadaheadInput);

    /// <summary>The readahead classes.</summary>
    internal string ReadaheadClasses => Path.Combine(folder, ReadaheadOutput);

    /// <summary>What is not there.</summary>
    /// <returns>The paths that were looked for.</returns>
    internal string[] Missing() =>
        [.. new[] { Trace, ReadaheadInput, ReadaheadOutput, Molecules }.Select(path => Path.Combine(folder, path)).Where(path => !File.Exists(path))];

    /// <summary>
    /// Requests of KML's mq-deadline trace: a line has seconds, operation, slack to the deadline in jiffies, block and bytes. The operation is not read: it
    /// leaks the label.
    /// </summary>
    /// <returns>Features and whether the slack is not negative.</returns>
    internal Samples Deadline()
    {
        List<DeadlineRequest> requests = [];
        List<bool> inTime = [];
        foreach (string line in Lines(Trace))
        {
            string[] cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            long us = (long)Math.Round(double.Parse(cells[0], CultureInfo.InvariantCulture) * 1e6);
            requests.Add(new DeadlineRequest(us, long.Parse(cells[3], CultureInfo.InvariantCulture), int.Parse(cells[4], CultureInfo.InvariantCulture)));
            inTime.Add(int.Parse(cells[2], CultureInfo.InvariantCulture) >= 0);
        }

        return DeadlineFeatures.Of(requests, inTime);
    }

    /// <summary>KML's readahead rows: five normalised features and a workload's class.</summary>
    /// <returns>The rows.</returns>
    internal Samples Readahead()
    {
        float[][] rows = [.. File.ReadLines(ReadaheadFeatures).Select(Numbers)];
        float[] labels = [.. File.ReadLines(ReadaheadClasses).Select(line => Numbers(line)[0])];
        int width = rows[0].Length;
        return new Samples(
            [.. Enumerable.Range(0, width).Select(f => FormattableString.Invariant($"feature {f}"))],
            [.. Enumerable.Range(0, width).SelectMany(f => rows.Select(row => row[f]))],
            labels,
            classes: (int)labels.Max() + 1);

        static float[] Numbers(string line) =>
            [.. line.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))];
    }

    /// <summary>QM7's molecules and their atomisation energies in eV.</summary>
    /// <returns>Features of <see cref="MoleculeFeatures"/>.</returns>
    internal Samples Energies() => MoleculeFeatures.Of(Lines(Molecules));

    private IEnumerable<string> Lines(string path)
    {
        using StreamReader reader = new(new GZipStream(File.OpenRead(Path.Combine(folder, path)), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
            yield return line;
    }
}
