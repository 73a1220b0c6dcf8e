using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using Kml.Training;

namespace Kml.Benchmarks;

/// <summary>KML's released rows, read from a folder that the project neither has nor needs.</summary>
internal sealed class PrecisionData
{
    /// <summary>The variable that names the folder.</summary>
    private const string FolderVariable = "KML_DATA";

    private readonly string _trace;
    private readonly string _features;
    private readonly string _classes;

    private PrecisionData(string folder)
    {
        _trace = Path.Combine(folder, "kml-mq-deadline", "first-8000.txt.gz");
        _features = Path.Combine(folder, "kml-readahead", "input.csv");
        _classes = Path.Combine(folder, "kml-readahead", "output.csv");
    }

    /// <summary>Finds the data, or says what is missing.</summary>
    /// <returns>The data; null if a file is not there.</returns>
    internal static PrecisionData? Find()
    {
        PrecisionData data = new(Environment.GetEnvironmentVariable(FolderVariable) ?? "");
        string[] missing = [.. new[] { data._trace, data._features, data._classes }.Where(file => !File.Exists(file))];
        foreach (string file in missing)
            Console.Error.WriteLine($"Missing: {file}. Set {FolderVariable}, or say make bench-precision DATA=<folder>, for the folder with KML's released data.");
        return missing.Length == 0 ? data : null;
    }

    /// <summary>
    /// The mq-deadline trace: whether a request meets its deadline, from its block and size and the times and distances since the last two requests, all known
    /// when it is dispatched; times and distances by their logarithms. The operation leaks the label and is left out.
    /// </summary>
    /// <returns>The requests, in order.</returns>
    internal Samples Deadline()
    {
        using StreamReader reader = new(new GZipStream(File.OpenRead(_trace), CompressionMode.Decompress));
        double[][] requests = [.. Lines(reader).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(cells => (double[])[Number(cells[0]), Number(cells[2]), Number(cells[3]), Number(cells[4])])];
        const int time = 0, slack = 1, block = 2, size = 3;
        Func<int, double>[] features =
        [
            i => requests[i][block],
            i => Log(requests[i][size]),
            i => Log(1e6 * Since(i, 1, time)),
            i => Log(1e6 * Since(i, 2, time)),
            i => Log(Since(i, 1, block)),
            i => Log(Since(i, 2, block)),
        ];
        return new Samples(
            ["block", "size", "time since last", "time since the one before", "distance", "distance of two"],
            [.. features.SelectMany(feature => Enumerable.Range(0, requests.Length).Select(i => (float)feature(i)))],
            [.. requests.Select(request => request[slack] >= 0 ? 1f : 0f)],
            classes: 2);

        double Since(int i, int before, int column) => requests[i][column] - requests[Math.Max(0, i - before)][column];
    }

    /// <summary>The readahead rows: five features, and which workload it was.</summary>
    /// <returns>The rows.</returns>
    internal Samples Readahead()
    {
        float[][] rows = [.. File.ReadLines(_features).Select(line => (float[])[.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(cell => (float)Number(cell))])];
        float[] classes = [.. File.ReadLines(_classes).Select(line => (float)Number(line))];
        int width = rows[0].Length;
        return new Samples(
            [.. Enumerable.Range(0, width).Select(f => $"feature {f}")],
            [.. Enumerable.Range(0, width).SelectMany(f => rows.Select(row => row[f]))],
            classes,
            (int)classes.Max() + 1);
    }

    private static double Log(double value) => Math.CopySign(Math.Log(1 + Math.Abs(value)), value);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is string line)
            yield return line;
    }
}
