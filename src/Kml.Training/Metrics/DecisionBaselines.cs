using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.Model;

namespace Kml.Training;

/// <summary>A baseline and how it does.</summary>
/// <param name="Name">What it looks at.</param>
/// <param name="Accuracy">The share of right verdicts (of a model without verdict: classes).</param>
public sealed record BaselineScore(string Name, double Accuracy);

/// <summary>How the baselines do on rows.</summary>
/// <param name="Majority">Always the verdict that most training rows have.</param>
/// <param name="Operation">The majority of the training rows of the same operation.</param>
/// <param name="Features">For each feature, the majority of the training rows in the same of 16 bins.</param>
public sealed record BaselineScores(BaselineScore Majority, BaselineScore Operation, EquatableArray<BaselineScore> Features)
{
    /// <summary>The best of <see cref="Features"/> on these very rows: the hardest rival.</summary>
    public BaselineScore BestFeature => Features.MaxBy(f => f.Accuracy)!;

    /// <summary>All that a network should beat: the majority, the operation, the best feature.</summary>
    public IEnumerable<BaselineScore> Rivals => [Majority, Operation, BestFeature];
}

/// <summary>
/// What can be had without a network about what a kernel model decides, its verdict or else its class: fitted once on training rows, with what each
/// counts for as evidence, and scored on any records of the model. What can be had about a table's labels is in an <see cref="Evaluation"/>.
/// </summary>
public sealed class DecisionBaselines
{
    private readonly Lookup _majority;
    private readonly Lookup _operation;
    private readonly Lookup[] _features;

    private DecisionBaselines(Lookup majority, Lookup operation, Lookup[] features)
    {
        _majority = majority;
        _operation = operation;
        _features = features;
    }

    /// <summary>Fits them.</summary>
    /// <param name="train">Training rows, at least one that counts, of a model with a verdict or classes.</param>
    /// <returns>The baselines.</returns>
    /// <exception cref="ArgumentException">There is neither a verdict nor a class to look up, or no row that counts.</exception>
    public static DecisionBaselines Fit(Dataset train)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (Enumerable.Range(0, train.Count).All(row => train.LearningWeight(row) == 0) || !(train.HasVerdict || train.Model.Label.IsClassification))
            throw new ArgumentException("Baselines need rows that count, of a model with a verdict or with classes.", nameof(train));
        Samples rows = Decisions(train, train.LearningWeight);
        int operation = train.Model.Features.Count;
        return new DecisionBaselines(
            Lookup.Constant(rows),
            Lookup.OfValues(rows, operation),
            [.. Enumerable.Range(0, operation).Select(f => Lookup.OfFeature(rows, f))]);
    }

    /// <summary>Counts them on rows.</summary>
    /// <param name="rows">The rows, of the same model.</param>
    /// <returns>The scores.</returns>
    public BaselineScores Score(Dataset rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Samples samples = Decisions(rows, _ => 1);
        float[] outputs = new float[ArraySize.Of("The predictions", samples.Count, samples.Classes)];
        return new BaselineScores(
            Of("majority", _majority),
            Of("operation", _operation),
            _features.Select((f, i) => Of(string.Create(CultureInfo.InvariantCulture, $"feature {i} in {Lookup.Bins} bins"), f)).ToEquatableArray());

        BaselineScore Of(string name, Lookup lookup)
        {
            lookup.Predict(samples.Features, samples.Count, outputs);
            return new BaselineScore(name, ConfusionMatrix.Of(outputs, samples).Accuracy);
        }
    }

    /// <summary>What is decided about rows, their verdict, else their class, beside features and, as the last column, the operation.</summary>
    private static Samples Decisions(Dataset rows, Func<int, float> weight)
    {
        int offset = rows.Model.From.Info().Layout.OffsetOf("Operation"), width = rows.Model.Features.Count;
        float[] columns = new float[ArraySize.Of("The features of the rows", width + 1, rows.Count)];
        for (int row = 0; row < rows.Count; row++)
        {
            for (int f = 0; f < width; f++)
                columns[(f * rows.Count) + row] = rows.Feature(row, f);
            columns[(width * rows.Count) + row] = BinaryPrimitives.ReadUInt32LittleEndian(rows.Source.From(rows.Record(row))[offset..]);
        }

        int[] all = [.. Enumerable.Range(0, rows.Count)];
        return new Samples(
            [.. Enumerable.Range(0, width).Select(f => $"x{f}"), "operation"],
            columns,
            [.. all.Select(row => rows.HasVerdict ? rows.Verdict(row) ? 1f : 0f : rows.LabelBits(row))],
            rows.HasVerdict ? 2 : rows.Model.Label.Classes,
            [.. all.Select(weight)]);
    }
}
