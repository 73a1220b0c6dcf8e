using System.Collections.Generic;
using Kml.Runtime;

namespace IssueTimeSample.Demo;

/// <summary>A stretch of the live run: which engine may answer in each form, and whether the float form acts.</summary>
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

/// <summary>What a module counted during a phase.</summary>
internal sealed record PhaseCounts(PredictionCounts Predictions, VerdictCounts Float, VerdictCounts Integer, RingCounts Ring)
{
    public static PhaseCounts Of(ModelControls controls) => new(
        controls.Predictions(), controls.Verdicts(PredictionFormat.Float), controls.Verdicts(PredictionFormat.Integer), controls.Ring());

    /// <summary>What was counted since.</summary>
    public PhaseCounts Since(PhaseCounts before) => new(
        new PredictionCounts(
            Predictions.Tried - before.Predictions.Tried,
            Predictions.Float - before.Predictions.Float,
            Predictions.Integer - before.Predictions.Integer,
            Predictions.NonePath - before.Predictions.NonePath,
            Predictions.NoneFpu - before.Predictions.NoneFpu,
            Predictions.NoneFault - before.Predictions.NoneFault,
            Predictions.WouldAct - before.Predictions.WouldAct,
            Predictions.Acted - before.Predictions.Acted,
            Predictions.HeldOut - before.Predictions.HeldOut,
            Predictions.LabelNone - before.Predictions.LabelNone,
            Predictions.LabelFault - before.Predictions.LabelFault),
        Difference(Float, before.Float),
        Difference(Integer, before.Integer),
        new RingCounts(
            Ring.Produced - before.Ring.Produced,
            Ring.Dropped - before.Ring.Dropped,
            Ring.Consumed - before.Ring.Consumed,
            Ring.Pending - before.Ring.Pending));

    private static VerdictCounts Difference(VerdictCounts a, VerdictCounts b) => new(
        a.TrueNegative - b.TrueNegative, a.FalseNegative - b.FalseNegative, a.FalsePositive - b.FalsePositive, a.TruePositive - b.TruePositive);
}

/// <summary>What the disk and fio saw of a phase. Latencies are completion latencies in microseconds.</summary>
internal sealed record PhaseIo(ulong Merges, double ReadMeanUs, double ReadP99Us, double WriteMeanUs, double WriteP99Us);
