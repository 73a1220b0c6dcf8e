using System;
using System.Globalization;
using System.Linq;
using Kml.Inference;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.Runtime;

/// <summary>
/// Does again, in the user's own C#, what the kernel did for a record: features from event and state, prediction by the engine that the record names,
/// verdicts, policy and label; and compares all of it to the bit.
/// </summary>
/// <typeparam name="TModel">The model.</typeparam>
public sealed class Replayer<TModel>
    where TModel : IKernelModel
{
    private readonly ModelSpec _model;
    private readonly RecordLayout _layout;
    private readonly uint[] _features;
    private readonly uint[] _confidences;
    private readonly uint _weightsVersion;
    private readonly FloatEngine? _float;
    private readonly IntegerEngine? _integer;
    private long _records;
    private long _floats;
    private long _integers;
    private long _labels;
    private long _equal;
    private long _different;
    private string? _firstDifference;

    /// <summary>Replays with the weights that the module was made with.</summary>
    /// <param name="weights">The weights, or null for a module without: a prediction is then a difference.</param>
    /// <exception cref="ArgumentException">The weights are not this model's; the message says why.</exception>
    public Replayer(WeightsFile? weights)
    {
        _model = ModelText.Read(TModel.CanonicalText);
        _layout = RecordLayout.Of(_model);
        _features = new uint[_layout.FeatureCount];
        _confidences = new uint[ConfidenceCatalog.Of(_model).Count];
        if (weights is null)
            return;
        WeightsFinding[] findings = [.. WeightsCheck.Check(_model, "the weights given", weights)];
        if (findings.Length > 0)
            throw new ArgumentException(string.Join(" ", findings.Select(f => f.Message)), nameof(weights));
        ProgramShape shape = ProgramShape.Of(_model);
        ModelProgram program = ModelProgram.For(shape);
        byte[] packed = WeightPacker.Pack(program, ProgramTensors.Read(shape, weights));
        _weightsVersion = weights.Version;
        _float = new FloatEngine(program, packed);
        _integer = shape.IntegerTwin ? new IntegerEngine(program, packed) : null;
    }

    /// <summary>What was found so far.</summary>
    public ReplayReport Report => new(_records, _floats, _integers, _labels, _equal, _different, _firstDifference);

    /// <summary>What differs in the record replayed last, or null.</summary>
    public ReplayDifference? Difference { get; private set; }

    /// <summary>Computes again how sure the network is of its prediction: what verdict and policy are given beside it.</summary>
    /// <param name="record">A record with a prediction.</param>
    /// <param name="confidences">Receives the confidences that the model takes, in the order of <see cref="ConfidenceCatalog"/>.</param>
    /// <returns>False if the model takes some, and there are no weights to compute them.</returns>
    public bool TryConfidences(in Record record, Span<uint> confidences)
    {
        if (confidences.IsEmpty)
            return true;
        if (_float is null)
            return false;
        _ = _float.Predict(record.Features, confidences);
        return true;
    }

    /// <summary>Replays a record.</summary>
    /// <param name="record">Its bytes.</param>
    /// <returns>True if nothing in it differs.</returns>
    /// <exception cref="ArgumentException">The bytes are no record of this model.</exception>
    public bool Add(ReadOnlySpan<byte> record)
    {
        if (record.Length != _layout.Size)
            throw new ArgumentException($"A record of '{_model.Name}' has {_layout.Size} bytes, not {record.Length}.", nameof(record));
        return Add(new Record(record, _layout, cpu: 0));
    }

    /// <summary>Replays a record.</summary>
    /// <param name="record">The record.</param>
    /// <returns>True if nothing in it differs.</returns>
    public bool Add(in Record record)
    {
        _records++;
        Difference = null;
        bool predicted = record.Has(RecordFlags.Predicted);
        bool labelled = record.Has(RecordFlags.LabelValid);
        if (!predicted && !labelled)
            return true;

        Difference = (predicted ? Prediction(record) : null) ?? (labelled ? Label(record) : null);
        _floats += predicted && record.Format == PredictionFormat.Float ? 1 : 0;
        _integers += predicted && record.Format == PredictionFormat.Integer ? 1 : 0;
        _labels += labelled ? 1 : 0;
        if (Difference is null)
        {
            _equal++;
            return true;
        }

        _different++;
        _firstDifference ??= FormattableString.Invariant(
            $"record {_records - 1} (number {record.Sequence} of its CPU, device {record.Device >> 20}:{record.Device & 0xfffff}): {Difference.Words}");
        return false;
    }

    private ReplayDifference? Prediction(in Record record)
    {
        if (!TModel.TryFeatures(record.From, record.State, _features))
            return new(ReplayedMethod.Features, "the kernel has features; in C# they fault");
        int at = record.Features.CommonPrefixLength(_features);
        if (at < _features.Length)
        {
            string theirs = Show(record.Features[at], _model.Features.Type), ours = Show(_features[at], _model.Features.Type);
            return new(ReplayedMethod.Features, FormattableString.Invariant($"feature {at} is {theirs} in the kernel, {ours} in C#"));
        }

        if (_float is null)
            return Network($"the kernel predicted, with weights version {record.WeightsVersion}; the replay was given no weights");
        if (record.WeightsVersion != _weightsVersion)
            return Network($"the kernel predicted with weights version {record.WeightsVersion}; the replay was given version {_weightsVersion}");

        uint prediction;
        switch (record.Format)
        {
            case PredictionFormat.Float:
                prediction = _float.Predict(_features, _confidences);
                break;
            case PredictionFormat.Integer when _integer is not null:
                prediction = _integer.Predict(_features);
                break;
            default:
                return Network($"it was predicted in format {(byte)record.Format}, of which this model has no engine");
        }

        if (prediction != record.Prediction)
        {
            return Network(
                $"the prediction ({record.Format}) is {Show(record.Prediction, _model.Label.Type)} in the kernel, {Show(prediction, _model.Label.Type)} in C#");
        }

        return Verdict(record, prediction, _confidences, RecordFlags.Verdict, ReplayedMethod.PredictionVerdict) ?? Policy(record, prediction);
    }

    private ReplayDifference? Label(in Record record)
    {
        if (!TModel.TryLabel(record.From, record.To, out uint label))
            return new(ReplayedMethod.Label, "the kernel has a label; in C# it faults");
        return label == record.Label
            ? Verdict(record, label, [], RecordFlags.LabelVerdict, ReplayedMethod.LabelVerdict)
            : new(
                ReplayedMethod.Label,
                FormattableString.Invariant($"the label is {Show(record.Label, _model.Label.Type)} in the kernel, {Show(label, _model.Label.Type)} in C#"));
    }

    private ReplayDifference? Verdict(in Record record, uint value, ReadOnlySpan<uint> confidences, RecordFlags flag, ReplayedMethod method)
    {
        string on = method == ReplayedMethod.LabelVerdict ? "label" : "prediction";
        bool verdict = false;
        if (_model.Verdict is not null && !TModel.TryVerdict(record.From, value, confidences, out verdict))
            return new(method, $"the kernel has a verdict on the {on}; in C# it faults");
        return verdict == record.Has(flag)
            ? null
            : new(method, $"the verdict on the {on} is {Show(record.Has(flag))} in the kernel, {Show(verdict)} in C#");
    }

    private ReplayDifference? Policy(in Record record, uint prediction)
    {
        bool wouldAct = false;
        if (_model.Policy is not null && !TModel.TryPolicy(record.From, prediction, _confidences, out wouldAct))
            return new(ReplayedMethod.Policy, "the kernel ran the policy; in C# it faults");
        return wouldAct == record.Has(RecordFlags.WouldAct)
            ? null
            : new(ReplayedMethod.Policy, $"the policy's wish to act is {Show(record.Has(RecordFlags.WouldAct))} in the kernel, {Show(wouldAct)} in C#");
    }

    private static ReplayDifference Network(FormattableString words) => new(null, FormattableString.Invariant(words));

    private static string Show(bool value) => value ? "yes" : "no";

    private static string Show(uint bits, ScalarType type) => type switch
    {
        ScalarType.F32 => FormattableString.Invariant($"{BitConverter.UInt32BitsToSingle(bits):R} (0x{bits:x8})"),
        ScalarType.Q16 => FormattableString.Invariant($"{(int)bits / 65536.0:R} (0x{bits:x8})"),
        ScalarType.I32 => ((int)bits).ToString(CultureInfo.InvariantCulture),
        _ => bits.ToString(CultureInfo.InvariantCulture),
    };
}
