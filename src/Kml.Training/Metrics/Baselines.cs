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

/// <summary>What can be had without a network, fitted on training rows with what each counts for as evidence.</summary>
public sealed class Baselines
{
    private const int Bins = 16;

    private readonly Lookup _majority;
    private readonly Lookup _operation;
    private readonly Lookup[] _features;

    private Baselines(Lookup majority, Lookup operation, Lookup[] features)
    {
        _majority = majority;
        _operation = operation;
        _features = features;
    }

    /// <summary>Fits them.</summary>
    /// <param name="train">Training rows, at least one that counts, of a model with a verdict or classes.</param>
    /// <returns>The baselines.</returns>
    /// <exception cref="ArgumentException">There is neither a verdict nor a class to look up, or no row that counts.</exception>
    public static Baselines Fit(Dataset train)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (Enumerable.Range(0, train.Count).All(row => train.LearningWeight(row) == 0) || !(train.HasVerdict || train.Model.Label.IsClassification))
            throw new ArgumentException("Baselines need rows that count, of a model with a verdict or with classes.", nameof(train));
        int operation = train.Model.From.Info().Layout.OffsetOf("Operation");
        return new Baselines(
            Lookup.Fit(train, (_, _) => 0),
            Lookup.Fit(train, (rows, row) => BinaryPrimitives.ReadUInt32LittleEndian(rows.Source.From(rows.Record(row))[operation..])),
            [.. Enumerable.Range(0, train.Model.Features.Count).Select(f => OfFeature(train, f))]);
    }

    /// <summary>Counts them on rows.</summary>
    /// <param name="rows">The rows, of the same model.</param>
    /// <returns>The scores.</returns>
    public BaselineScores Score(Dataset rows) => new(
        new BaselineScore("majority", _majority.Accuracy(rows)),
        new BaselineScore("operation", _operation.Accuracy(rows)),
        _features.Select((f, i) => new BaselineScore(string.Create(CultureInfo.InvariantCulture, $"feature {i} in {Bins} bins"), f.Accuracy(rows))).ToEquatableArray());

    private static Lookup OfFeature(Dataset train, int feature)
    {
        float[] sorted = [.. Enumerable.Range(0, train.Count).Where(row => train.LearningWeight(row) > 0).Select(row => train.Feature(row, feature)).Order()];

        // The greatest value of each bin but the last; a value that fills several bins makes them one.
        float[] edges = [.. Enumerable.Range(1, Bins - 1).Select(k => sorted[Math.Max(0, (int)((long)k * sorted.Length / Bins) - 1)]).Distinct()];
        return Lookup.Fit(train, (rows, row) =>
        {
            int at = Array.BinarySearch(edges, rows.Feature(row, feature));
            return at >= 0 ? at : ~at;
        });
    }
}
