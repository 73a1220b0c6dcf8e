using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace Kml.Benchmarks;

/// <summary>What was measured, on the console and as a table, and whether every goal was met.</summary>
/// <param name="path">Where the table goes.</param>
internal sealed class AccuracyTable(string path)
{
    private readonly StringBuilder _rows = new("case\tmodel\tmeasure\tvalue\tinterval\tbytes\tnote\n");

    /// <summary>Goals that were missed.</summary>
    internal int Missed { get; private set; }

    /// <summary>A heading for people.</summary>
    /// <param name="text">What comes.</param>
    internal static void Heading(string text) => Console.WriteLine($"\n{text}");

    /// <summary>Adds a figure.</summary>
    /// <param name="row">The figure.</param>
    internal void Add(AccuracyRow row)
    {
        string value = row.Value.ToString(row.Format, CultureInfo.InvariantCulture);
        string interval = row.HalfWidth is { } half ? half.ToString(row.Format, CultureInfo.InvariantCulture) : "";
        string bytes = row.Bytes is { } size ? size.ToString(CultureInfo.InvariantCulture) : "";
        _rows.Append(CultureInfo.InvariantCulture, $"{row.Case}\t{row.Model}\t{row.Measure}\t{value}\t{interval}\t{bytes}\t{row.Note}\n");
        Console.WriteLine($"{row.Model,-34} {row.Measure,-20} {value,12}{(interval == "" ? "" : $" +- {interval}"),-10} "
            + $"{(bytes == "" ? "" : $"{bytes} bytes"),16}  {row.Note}");
    }

    /// <summary>Adds a goal.</summary>
    /// <param name="what">The goal.</param>
    /// <param name="met">Whether it was met.</param>
    internal void Goal(string what, bool met)
    {
        Missed += met ? 0 : 1;
        string verdict = met ? "met" : "MISSED";
        _rows.Append(CultureInfo.InvariantCulture, $"goal\t{what}\t{verdict}\t\t\t\t\n");
        Console.WriteLine($"goal: {what}: {verdict}");
    }

    /// <summary>Writes the table.</summary>
    internal void Write()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, _rows.ToString());
        Console.WriteLine($"\nWritten to {path}");
    }
}
