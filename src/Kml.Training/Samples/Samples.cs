using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Training;

/// <summary>Rows of features and labels, column by column: what every learner takes. Where they come from (records, CSV, a stream) no longer matters.</summary>
/// <remarks>Immutable. Columns that are not given have one value in all rows.</remarks>
public sealed class Samples
{
    private readonly float[] _features;
    private readonly float[] _labels;
    private readonly float[] _weights;
    private readonly ulong[] _times;
    private readonly int[] _groups;

    /// <summary>Takes columns; they are not copied.</summary>
    /// <param name="names">Names of the features.</param>
    /// <param name="features">[feature][row]; finite.</param>
    /// <param name="labels">[row]: labels in their unit, or class indices.</param>
    /// <param name="classes">0 for a regression, else the number of classes.</param>
    /// <param name="weights">[row]: what a row counts for, such as 1 over its inclusion probability; null for 1.</param>
    /// <param name="times">[row]: when it was, in nanoseconds or any rising count; null for the row's index.</param>
    /// <param name="groups">[row]: which workload, device or process it belongs to; null for one group.</param>
    /// <exception cref="TrainingException">The columns do not fit together, or hold what no learner can take; the message names column and row.</exception>
    public Samples(IReadOnlyList<string> names, float[] features, float[] labels, int classes, float[]? weights = null, ulong[]? times = null, int[]? groups = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(labels);
        Names = names;
        Classes = classes;
        _features = features;
        _labels = labels;
        _weights = weights ?? [.. Enumerable.Repeat(1f, labels.Length)];
        _times = times ?? [.. Enumerable.Range(0, labels.Length).Select(row => (ulong)row)];
        _groups = groups ?? new int[labels.Length];
        SamplesCheck.Run(this);
    }

    /// <summary>Names of the features.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>0 for a regression, else the number of classes.</summary>
    public int Classes { get; }

    /// <summary>The number of features.</summary>
    public int Width => Names.Count;

    /// <summary>The number of rows.</summary>
    public int Count => _labels.Length;

    /// <summary>All features, [feature][row].</summary>
    public ReadOnlySpan<float> Features => _features;

    /// <summary>Labels, or class indices; [row].</summary>
    public ReadOnlySpan<float> Labels => _labels;

    /// <summary>What each row counts for; [row].</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>When each row was; [row].</summary>
    public ReadOnlySpan<ulong> Times => _times;

    /// <summary>The group of each row; [row].</summary>
    public ReadOnlySpan<int> Groups => _groups;

    /// <summary>A feature of all rows.</summary>
    /// <param name="feature">Its index.</param>
    /// <returns>[row].</returns>
    public ReadOnlySpan<float> Column(int feature) => _features.AsSpan(feature * Count, Count);

    /// <summary>Some of the rows, in a given order.</summary>
    /// <param name="rows">Their indices; one may come more than once.</param>
    /// <returns>The rows.</returns>
    public Samples Select(ReadOnlySpan<int> rows)
    {
        int[] chosen = rows.ToArray();
        float[] features = new float[Width * chosen.Length];
        for (int f = 0; f < Width; f++)
        {
            ReadOnlySpan<float> column = Column(f);
            for (int i = 0; i < chosen.Length; i++)
                features[(f * chosen.Length) + i] = column[chosen[i]];
        }

        return new Samples(
            Names,
            features,
            [.. chosen.Select(row => _labels[row])],
            Classes,
            [.. chosen.Select(row => _weights[row])],
            [.. chosen.Select(row => _times[row])],
            [.. chosen.Select(row => _groups[row])]);
    }
}
