using System;

namespace Kml.Benchmarks;

/// <summary>Measures how well models of every kind do on data that others have released, and fails when a goal is missed.</summary>
internal static class AccuracyBenchmark
{
    /// <summary>The variable that names the folder with the data.</summary>
    private const string FolderVariable = "KML_DATA";

    /// <summary>Runs the benchmark; sets the exit code.</summary>
    /// <param name="path">Where the table goes.</param>
    public static void Run(string path)
    {
        AccuracyTable table = new(path);
        AccuracyData? data = Find(table);
        if (data is not null)
        {
            DeadlineAccuracy.Run(data.Deadline(), table);
            ReadaheadAccuracy.Run(data, table);
            PrecisionAccuracy.Run(data, table);
        }

        RidgeSizes.Run(data, table);
        table.Write();
        if (table.Missed > 0)
        {
            Console.Error.WriteLine($"{table.Missed} missed.");
            Environment.ExitCode = 1;
        }
    }

    private static AccuracyData? Find(AccuracyTable table)
    {
        string? folder = Environment.GetEnvironmentVariable(FolderVariable);
        if (string.IsNullOrEmpty(folder))
        {
            Console.Error.WriteLine($"No data: make bench-accuracy DATA=<folder>, or {FolderVariable}. "
                + "docs/figures.md says what belongs there and who publishes it.");
            table.Goal("the data is there", met: false);
            return null;
        }

        AccuracyData data = new(folder);
        string[] missing = data.Missing();
        foreach (string file in missing)
            Console.Error.WriteLine($"Missing: {file}. docs/figures.md says who publishes it.");
        if (missing.Length > 0)
            table.Goal("the data is there", met: false);
        return missing.Length == 0 ? data : null;
    }
}
