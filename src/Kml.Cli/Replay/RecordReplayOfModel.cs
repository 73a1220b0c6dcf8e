using System;
using Kml.Model;
using Kml.Runtime;
using Kml.Training;

namespace Kml.Cli.Replay;

/// <inheritdoc cref="RecordReplay"/>
internal sealed class RecordReplay<TModel> : RecordReplay
    where TModel : IKernelModel
{
    public override string Name => TModel.Name;

    public override ModelSpec Model { get; } = ModelText.Read(TModel.CanonicalText);

    // Of the weights given last: how sure the network is of a prediction is computed again, where a method takes it.
    private Replayer<TModel>? _replayer;

    private readonly int _confidences;

    public RecordReplay() => _confidences = ConfidenceCatalog.Of(Model).Count;

    public override ReplayReport Compare(RecordSet records, WeightsFile? weights)
    {
        RequireSame(records);
        Replayer<TModel> replayer = new(weights);
        for (long i = 0; i < records.Count; i++)
            replayer.Add(records[i]);
        return replayer.Report;
    }

    public override RecordStop? FirstDifference(RecordSet records, WeightsFile? weights)
    {
        RequireSame(records);
        _replayer = new(weights);
        for (long i = 0; i < records.Count; i++)
        {
            if (!_replayer.Add(records[i]))
                return new(i, _replayer.Difference!.Method, _replayer.Report.FirstDifference!);
        }

        return null;
    }

    public override RecordStop? FirstFault(RecordSet records, WeightsFile? weights)
    {
        _replayer = new(weights);
        ReplayedMethod[] methods = Enum.GetValues<ReplayedMethod>();
        for (long i = 0; i < records.Count; i++)
        {
            foreach (ReplayedMethod method in methods)
            {
                if (!Run(records, i, method))
                    return new(i, method, Words(records, i, method));
            }
        }

        return null;
    }

    public override bool Run(RecordSet records, long index, ReplayedMethod method)
    {
        Record record = new(records[index], records.Layout, cpu: 0);
        Span<uint> confidences = stackalloc uint[_confidences];
        switch (method)
        {
            case ReplayedMethod.Features:
                return TModel.TryFeatures(record.From, record.State, stackalloc uint[Model.Features.Count]);
            case ReplayedMethod.Update:
                return TModel.TryUpdate(Model.From.Info().Word, record.From, record.State.ToArray());
            case ReplayedMethod.Label:
                return TModel.TryLabel(record.From, record.To, out _);
            case ReplayedMethod.LabelVerdict when Model.Verdict is not null:
                return !TModel.TryLabel(record.From, record.To, out uint label) || TModel.TryVerdict(record.From, label, [], out _);
            case ReplayedMethod.PredictionVerdict when Model.Verdict is not null && HasPrediction(record, confidences):
                return TModel.TryVerdict(record.From, record.Prediction, confidences, out _);
            case ReplayedMethod.Policy when Model.Policy is not null && HasPrediction(record, confidences):
                return TModel.TryPolicy(record.From, record.Prediction, confidences, out _);
            default:
                return true;
        }
    }

    private string Words(RecordSet records, long index, ReplayedMethod method)
    {
        Record record = new(records[index], records.Layout, cpu: 0);
        BodyFault fault = BodyFault.Of(() => Run(records, index, method));
        string place = FormattableString.Invariant(
            $"record {index} (number {record.Sequence} of its CPU, device {record.Device >> 20}:{record.Device & 0xfffff})");
        return string.Join(Environment.NewLine + "  at ", [$"{place}: {NameOf(method)} faults: {fault.Kind}", .. fault.Places]);
    }

    // A method that has changed since gives other values, and that is no news.
    private static void RequireSame(RecordSet records)
    {
        if (ModelText.Fingerprint(records.Model) != TModel.Fingerprint)
        {
            throw new ToolException($"'{TModel.Name}' has changed since these records were collected, so it differs from the kernel. "
                + "Build what the module was made of; faults are found all the same: --break-on fault");
        }
    }

    /// <summary>Whether there is a prediction of which verdict and policy can be asked again, and how sure the network is of it.</summary>
    private bool HasPrediction(in Record record, Span<uint> confidences) => IsPredicted(record) && _replayer!.TryConfidences(record, confidences);

    // Where verdict or policy faulted, the kernel did not mark its prediction as made; but the features are there, and so it is.
    private bool IsPredicted(in Record record)
    {
        if (record.Has(RecordFlags.Predicted) || record.WeightsVersion == 0 || record.Features.Length != Model.Features.Count)
            return record.Has(RecordFlags.Predicted);
        Span<uint> features = stackalloc uint[Model.Features.Count];
        return TModel.TryFeatures(record.From, record.State, features) && record.Features.SequenceEqual(features);
    }
}
