using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Kml;
using Kml.Inference;
using Kml.Model;
using Kml.Model.Lowering;
using Kml.Runtime;
using Kml.Training;

namespace IssueTimeSample.Demo;

/// <summary>A model under one engine: what it was in training, and what it did in the kernel.</summary>
internal sealed record FormReport(
    string Name,
    long Learned,
    EngineMetrics Test,
    VerdictCounts InKernel,
    long CountedApart,
    BaselineScores Baselines,
    double WaitErrorUs,
    double MeanWaitErrorUs,
    ReplayReport Replay,
    ulong MedianStepNs)
{
    public static FormReport Of<TModel>(string learned, string live, string weights, PredictionFormat format, string phase)
        where TModel : IKernelModel
    {
        // The split is by time, so the training run's test rows come out again.
        RecordSet records = RecordSet.Load(Path.Combine(learned, TModel.Name + ".records.safetensors"));
        TrainingOptions options = new();
        (Dataset train, _, Dataset test) = Dataset.Read<TModel>(records).Split(options.ValidationShare, options.TestShare);

        WeightsFile file = WeightsFile.Read(Path.Combine(weights, TModel.Name + ".safetensors"));
        ProgramShape shape = ProgramShape.Of(records.Model);
        ModelProgram program = ModelProgram.For(shape);
        byte[] packed = WeightPacker.Pack(program, ProgramTensors.Read(shape, file));
        EngineMetrics onTest = format == PredictionFormat.Integer
            ? EngineMetrics.Of(new IntegerEngine(program, packed), test)
            : EngineMetrics.Of(new FloatEngine(program, packed), test);

        RecordSet inKernel = RecordSet.Load(Path.Combine(live, $"{phase}.{TModel.Name}.records.safetensors"));
        CounterValues counts = PhaseFile.Counters(live, $"{phase}.{TModel.Name}.json");
        VerdictCounts verdicts = counts.Verdicts(format);

        Replayer<TModel> replayer = new(file);
        List<double> errors = [], labels = [];
        List<ulong> steps = [];
        ulong right = 0, judged = 0;
        for (int i = 0; i < inKernel.Count; i++)
        {
            replayer.Add(inKernel[i]);
            Record record = new(inKernel[i], inKernel.Layout, cpu: 0);
            if (!record.Has(RecordFlags.Predicted | RecordFlags.LabelValid))
                continue;
            double label = Value(record.Label, records.Model.Label.Type);
            labels.Add(label);
            errors.Add(Math.Abs(Value(record.Prediction, records.Model.Label.Type) - label));
            steps.Add(record.PredictNs);
            judged++;
            right += record.Has(RecordFlags.Verdict) == record.Has(RecordFlags.LabelVerdict) ? 1ul : 0;
        }

        double mean = labels.Average();
        return new FormReport(
            $"{TModel.Name}, {format} engine".ToLowerInvariant(),
            records.Count,
            onTest,
            verdicts,
            Apart(verdicts.Total, judged, counts[CounterCatalog.Dropped])
                + Apart(verdicts.TrueNegative + verdicts.TruePositive, right, counts[CounterCatalog.Dropped]),
            DecisionBaselines.Fit(train).Score(Dataset.Read<TModel>(inKernel)),
            errors.Average(),
            labels.Average(l => Math.Abs(l - mean)),
            replayer.Report,
            steps.Order().ElementAt(steps.Count / 2));
    }

    // Dropped records were judged too, but cannot be counted here.
    private static long Apart(ulong counted, ulong seen, ulong dropped) =>
        counted < seen ? (long)(seen - counted) : Math.Max(0, (long)(counted - seen - dropped));

    private static double Value(uint bits, ScalarType type) =>
        type == ScalarType.F32 ? BitConverter.UInt32BitsToSingle(bits) : unchecked((int)bits);
}
