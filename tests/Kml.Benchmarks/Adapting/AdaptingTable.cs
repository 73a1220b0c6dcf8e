using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using Kml.Training;

namespace Kml.Benchmarks.Adapting;

/// <summary>Prints rows, keeps them for a file, and remembers which goals were missed.</summary>
internal sealed class AdaptingTable
{
    private readonly StringBuilder _rows = new("part\tworkload\tmethod\tlabels\taccuracy\thalf_width\tseeds\trecovered\n");
    private readonly List<string> _missed = [];

    internal IReadOnlyList<string> Missed => _missed;

    internal void Add(string part, string workload, string method, int labels, Interval accuracy, double? recovered = null, string note = "")
    {
        string share = recovered is double r ? r.ToString("P0", CultureInfo.InvariantCulture) : string.Empty;
        string width = double.IsFinite(accuracy.HalfWidth) ? $"± {accuracy.HalfWidth * 100,4:F1}" : string.Empty;
        Console.WriteLine(
            FormattableString.Invariant($"  {workload,-11}{method,-40}{labels,7}{accuracy.Mean * 100,8:F1} {width,-7}{share,7}  {note}").TrimEnd());
        _rows.Append(
            CultureInfo.InvariantCulture,
            $"{part}\t{workload}\t{method}\t{labels}\t{accuracy.Mean:F4}\t{accuracy.HalfWidth:F4}\t{accuracy.Count}\t{recovered:F3}\n");
    }

    /// <summary>States a goal, and whether it is met.</summary>
    internal void Goal(bool met, string what)
    {
        Console.WriteLine($"  {(met ? "met" : "MISSED")}: {what}");
        if (!met)
            _missed.Add(what);
    }

    internal void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, _rows.ToString());
        Console.WriteLine($"Written to {path}.");
    }
}
