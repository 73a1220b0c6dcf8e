using System.Collections.Generic;
using Kml.Runtime;

namespace IssueTimeSample.Demo;

/// <summary>A stretch of the live run: which engine may answer in each model, and whether the one in float acts.</summary>
internal sealed record Phase(string Name, PredictionPath Float, PredictionPath Q16, bool Act, int Seconds)
{
    /// <summary>The live run. The last two differ in acting alone: the same workload, the same seed.</summary>
    public static IReadOnlyList<Phase> All { get; } =
    [
        new("auto", PredictionPath.Auto, PredictionPath.Auto, Act: false, Seconds: 20),
        new("fpu", PredictionPath.Fpu, PredictionPath.Fpu, Act: false, Seconds: 20),
        new("int", PredictionPath.None, PredictionPath.Int, Act: false, Seconds: 20),
        new("none", PredictionPath.None, PredictionPath.None, Act: false, Seconds: 5),
        new("still", PredictionPath.Auto, PredictionPath.None, Act: false, Seconds: 20),
        new("acting", PredictionPath.Auto, PredictionPath.None, Act: true, Seconds: 20),
    ];
}

/// <summary>What the disk and fio saw of a phase. Latencies are completion latencies in microseconds.</summary>
internal sealed record PhaseIo(ulong Merges, double ReadMeanUs, double ReadP99Us, double WriteMeanUs, double WriteP99Us);
