using System;
using System.IO;
using Kml.TestSupport;

namespace Kml.Replay;

/// <summary>Draws the models that two commits emit, and says in what the two differ.</summary>
internal static class Program
{
    private const int Bodies = 120, Networks = 80, Seed = 20260;

    private const string Use = """
        use: draw FOLDER      writes the source of 200 models
             compare A B OUT  the differences of two folders of emitted modules; all of them in OUT
        """;

    private static int Main(string[] words)
    {
        switch (words)
        {
            case ["draw", string folder]:
                Directory.CreateDirectory(folder);
                File.WriteAllText(Path.Combine(folder, "DrawnBodies.cs"), RandomModels.Source(Seed, Bodies));
                File.WriteAllText(Path.Combine(folder, "DrawnNetworks.cs"), DrawnNetworks.Source(Seed, Networks));
                return 0;
            case ["compare", string before, string after, string all]:
                Comparison comparison = Comparison.Of(before, after);
                File.WriteAllText(all, comparison.Report(examples: int.MaxValue));
                Console.Write(comparison.Report(examples: 3));
                return comparison.Differences.Count == 0 ? 0 : 1;
            default:
                Console.Error.WriteLine(Use);
                return 2;
        }
    }
}
