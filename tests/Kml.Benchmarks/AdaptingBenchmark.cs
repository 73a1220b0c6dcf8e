using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Benchmarks.Adapting;
using Kml.Training;

namespace Kml.Benchmarks;

/// <summary>Adapts to recorded workloads, and fails when the goals for few labels are not met.</summary>
internal static class AdaptingBenchmark
{
    private const string Folder = "artifacts/adapting";

    /// <summary>Runs the benchmark.</summary>
    /// <param name="path">Where the table goes.</param>
    public static void Run(string path)
    {
        IReadOnlyList<(string Name, Samples Rows)> workloads = Workloads.Load(Folder);
        Console.WriteLine($"Records of {workloads.Count} workloads in {Folder}; the class is whether a request will be late.");
        foreach ((string name, Samples rows) in workloads)
        {
            string age = Workloads.New.Contains(name) ? "new" : "old";
            double late = rows.Labels.ToArray().Average() * 100;
            Console.WriteLine(FormattableString.Invariant($"  {name,-11}{age,-5}{rows.Count,6} rows, late {late:F0} %"));
        }

        AdaptingTable table = new();
        FewShotPart.Run(workloads, table);
        QueryPart.Run(workloads, table);
        DriftPart.Run(workloads);
        Console.WriteLine();
        table.Write(path);
        foreach (string missed in table.Missed)
            Console.Error.WriteLine($"missed: {missed}");
        Environment.ExitCode = table.Missed.Count > 0 ? 1 : 0;
    }
}
