using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model;

namespace Kml.Training;

/// <summary>Rows of features and labels in the order of time, computed from records by the model's own C#.</summary>
public sealed class Dataset
{
    private readonly VerdictMethod _verdict;
    private readonly int[] _records;
    private readonly uint[] _features;
    private readonly uint[] _labels;
    private readonly bool[] _verdicts;

    private Dataset(ModelSpec model, RecordSet source, RowCounts counts, VerdictMethod verdict, int[] records, uint[] features, uint[] labels, bool[] verdicts)
    {
        Model = model;
        Source = source;
        Counts = counts;
        _verdict = verdict;
        _records = records;
        _features = features;
        _labels = labels;
        _verdicts = verdicts;
    }

    private delegate bool VerdictMethod(ReadOnlySpan<byte> from, uint value, ReadOnlySpan<uint> confidences, out bool verdict);

    /// <summary>The model.</summary>
    public ModelSpec Model { get; }

    /// <summary>The records that the rows come from.</summary>
    public RecordSet Source { get; }

    /// <summary>What became of the records. Parts of a split keep the counts of the whole.</summary>
    public RowCounts Counts { get; }

    /// <summary>The number of rows.</summary>
    public int Count => _records.Length;

    /// <summary>Whether the model has a verdict.</summary>
    public bool HasVerdict => Model.Verdict is not null;

    /// <summary>Computes the rows of records.</summary>
    /// <typeparam name="TModel">The model. It may differ from the one that collected the records in features, label, verdict and layers.</typeparam>
    /// <param name="records">The records.</param>
    /// <returns>The rows, possibly none.</returns>
    /// <exception cref="TrainingException">
    /// The records have other events or another state than the model, or were made by another version of the tool.
    /// </exception>
    public static Dataset Read<TModel>(RecordSet records)
        where TModel : IKernelModel
    {
        ArgumentNullException.ThrowIfNull(records);
        ModelSpec model = ModelText.Read(TModel.CanonicalText);
        Require<TModel>(model, records.Model);

        int width = model.Features.Count;
        int most = Array.MaxLength / Math.Max(1, width);
        if (records.Count > most)
        {
            throw new TrainingException(
                $"{records.Count} records are more than training takes into memory at once: {most}, of {width} features each. "
                + $"Train on a part, {nameof(RecordSet)}.{nameof(RecordSet.Slice)}, or from the stream, {nameof(Online.OnlineTrainer)}.");
        }

        uint[] features = new uint[width];
        List<(int Record, uint[] Features, uint Label, bool Verdict)> rows = [];
        int faulted = 0, nonFinite = 0, acted = 0;
        foreach (int record in Enumerable.Range(0, (int)records.Count).OrderBy(i => records.Time(i)).ThenBy(i => records.Sequence(i)))
        {
            bool verdict = false;
            if ((records.Flags(record) & RecordHeader.Acted) != 0)
                acted++;
            else if (!TModel.TryFeatures(records.From(record), records.State(record), features)
                || !TModel.TryLabel(records.From(record), records.To(record), out uint label)
                || (model.Label.IsClassification && label >= model.Label.Classes)
                || (model.Verdict is not null && !TModel.TryVerdict(records.From(record), label, [], out verdict)))
                faulted++;
            else if (!float.IsFinite(ScalarBits.ToSingle(model.Label.Type, label))
                || features.Any(f => !float.IsFinite(ScalarBits.ToSingle(model.Features.Type, f))))
                nonFinite++;
            else
                rows.Add((record, [.. features], label, verdict));
        }

        return new Dataset(
            model,
            records,
            new RowCounts((int)records.Count, rows.Count, faulted, nonFinite, acted),
            TModel.TryVerdict,
            [.. rows.Select(r => r.Record)],
            [.. rows.SelectMany(r => r.Features)],
            [.. rows.Select(r => r.Label)],
            [.. rows.Select(r => r.Verdict)]);
    }

    /// <summary>Splits the rows by time, so that nothing later is used to learn what came before.</summary>
    /// <param name="validationShare">The share of rows after the training rows.</param>
    /// <param name="testShare">The share of rows after those.</param>
    /// <returns>The parts.</returns>
    /// <exception cref="TrainingException">A part would be empty.</exception>
    public (Dataset Train, Dataset Validation, Dataset Test) Split(double validationShare, double testShare)
    {
        if (!(validationShare > 0 && testShare > 0 && validationShare + testShare < 1))
            throw new TrainingException($"The shares of validation ({validationShare}) and test ({testShare}) must be above 0 and together below 1.");
        int validation = (int)(Count * validationShare), test = (int)(Count * testShare);
        int train = Count - validation - test;
        if (train == 0 || validation == 0 || test == 0)
        {
            throw new TrainingException($"{Count} usable rows (of {Counts.Records} records) cannot be split into training, validation and test. "
                + "Collect more records.");
        }

        return (Slice(0, train), Slice(train, validation), Slice(train + validation, test));
    }

    /// <summary>
    /// The rows as samples: features <c>x0</c>, <c>x1</c>, … as the model's C# gives them, the time of the first event, the device as group, and the weight
    /// that the record has as evidence.
    /// </summary>
    /// <param name="use">What for: rows that may not be used for it are left out.</param>
    /// <param name="verdicts">Whether to take the label's verdict (class 1 for yes, 0 for no) instead of the label.</param>
    /// <returns>The samples, in the order of time.</returns>
    /// <exception cref="TrainingException">A record's inclusion probability is 0 or contradicts its flags, or there is no verdict.</exception>
    public Samples ToSamples(EvidenceUse use = EvidenceUse.Learning, bool verdicts = false) => DatasetSamples.Of(this, use, verdicts);

    /// <summary>
    /// The rows that tell how good predictions are: those that the module would have left alone whatever was predicted, see <see cref="Evidence"/>. Each
    /// counts once.
    /// </summary>
    /// <returns>The rows, in the order of time; all of them if the policy was not acting.</returns>
    /// <exception cref="TrainingException">A record's inclusion probability is 0 or contradicts its flags.</exception>
    public Dataset ForEvaluation() => Select([.. Enumerable.Range(0, Count).Where(row => Evidence.Weight(Source[_records[row]], EvidenceUse.Evaluation) > 0)]);

    /// <summary>The index of a row's record in <see cref="Source"/>.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The index.</returns>
    public int Record(int row) => _records[row];

    /// <summary>The bits of a row's features.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The bits.</returns>
    public ReadOnlySpan<uint> FeatureBits(int row) => _features.AsSpan(row * Model.Features.Count, Model.Features.Count);

    /// <summary>A feature as a number.</summary>
    /// <param name="row">The row.</param>
    /// <param name="feature">Its index.</param>
    /// <returns>The number.</returns>
    public float Feature(int row, int feature) => ScalarBits.ToSingle(Model.Features.Type, FeatureBits(row)[feature]);

    /// <summary>A label's bits.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The bits.</returns>
    public uint LabelBits(int row) => _labels[row];

    /// <summary>A label as a number; of a classification, the class.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The number.</returns>
    public float Label(int row) => ScalarBits.ToSingle(Model.Label.Type, _labels[row]);

    /// <summary>The verdict of a row's label; false if the model has none.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The verdict.</returns>
    public bool Verdict(int row) => _verdicts[row];

    /// <summary>The verdict that a prediction stands for.</summary>
    /// <param name="row">The row.</param>
    /// <param name="prediction">The prediction's bits.</param>
    /// <param name="confidences">The confidences that the engine gave with it; empty where the model takes none.</param>
    /// <returns>The verdict, or null if the method faulted or there is none.</returns>
    public bool? VerdictOf(int row, uint prediction, ReadOnlySpan<uint> confidences) =>
        _verdict(Source.From(_records[row]), prediction, confidences, out bool verdict) ? verdict : null;

    /// <summary>What a row counts for to those that learn from it.</summary>
    /// <param name="row">The row.</param>
    /// <returns>Its weight, see <see cref="Evidence"/>.</returns>
    internal float LearningWeight(int row) => Evidence.Weight(Source[_records[row]], EvidenceUse.Learning);

    private static void Require<TModel>(ModelSpec model, ModelSpec collected)
        where TModel : IKernelModel
    {
        if (ModelText.Fingerprint(model) != TModel.Fingerprint)
        {
            throw new TrainingException($"Model '{TModel.Name}' was compiled with another version of KmlCompiler than its trainer. "
                + "Use one version of all packages, and rebuild.");
        }

        if (ModelText.RecordDifference(model, collected) is { } difference)
        {
            throw new TrainingException($"The records were collected by '{collected.Name}' with other {difference} than '{model.Name}' has now. "
                + "Collect again with the module of this model.");
        }
    }

    private Dataset Slice(int start, int count) => Select([.. Enumerable.Range(start, count)]);

    private Dataset Select(int[] rows) => new(
        Model,
        Source,
        Counts,
        _verdict,
        [.. rows.Select(row => _records[row])],
        [.. rows.SelectMany(row => FeatureBits(row).ToArray())],
        [.. rows.Select(row => _labels[row])],
        [.. rows.Select(row => _verdicts[row])]);
}
