using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Training;

/// <summary>
/// Rows of features and labels, column by column: what every learner takes. Where they come from (records, CSV, a mapped file, a stream) no longer matters.
/// </summary>
/// <remarks>Immutable. Columns that are not given have one value in all rows.</remarks>
public sealed class Samples
{
    private readonly ReadOnlyMemory<float> _features;
    private readonly ReadOnlyMemory<float> _labels;
    private readonly ReadOnlyMemory<float> _weights;
    private readonly ReadOnlyMemory<ulong> _times;
    private readonly ReadOnlyMemory<int> _groups;

    /// <summary>Takes columns; they are not copied.</summary>
    /// <param name="names">Names of the features.</param>
    /// <param name="features">[feature][row]; finite.</param>
    /// <param name="labels">[row]: labels in their unit, or class indices.</param>
    /// <param name="classes">0 for a regression, else the number of classes.</param>
    /// <param name="weights">[row]: what a row counts for, such as 1 over its inclusion probability; null for 1.</param>
    /// <param name="times">[row]: when it was, in nanoseconds or any rising count; null for the row's index.</param>
    /// <param name="groups">[row]: which workload, device or process it belongs to; null for one group.</param>
    /// <exception cref="TrainingException">The columns do not fit together, or hold what no learner can take; the message names column and row.</exception>
    public Samples(
        IReadOnlyList<string> names,
        float[] features,
        float[] labels,
        int classes,
        float[]? weights = null,
        ulong[]? times = null,
        int[]? groups = null)
        : this(names, Given(features, nameof(features)), Given(labels, nameof(labels)), classes, Optional(weights), Optional(times), Optional(groups))
    {
    }

    /// <summary>Takes columns wherever they lie.</summary>
    /// <param name="names">Names of the features.</param>
    /// <param name="features">[feature][row].</param>
    /// <param name="labels">[row].</param>
    /// <param name="classes">0 or the number of classes.</param>
    /// <param name="weights">[row]; null for 1.</param>
    /// <param name="times">[row]; null for the row's index.</param>
    /// <param name="groups">[row]; null for one group.</param>
    internal Samples(
        IReadOnlyList<string> names,
        ReadOnlyMemory<float> features,
        ReadOnlyMemory<float> labels,
        int classes,
        ReadOnlyMemory<float>? weights,
        ReadOnlyMemory<ulong>? times,
        ReadOnlyMemory<int>? groups)
    {
        ArgumentNullException.ThrowIfNull(names);
        Names = names;
        Classes = classes;
        Count = labels.Length;
        _features = features;
        _labels = labels;
        _weights = weights ?? Ones(Count);
        _times = times ?? Indices(Count);
        _groups = groups ?? new int[Count];
        SamplesCheck.Run(this);
    }

    /// <summary>Names of the features.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>0 for a regression, else the number of classes.</summary>
    public int Classes { get; }

    /// <summary>The number of features.</summary>
    public int Width => Names.Count;

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>All features, [feature][row].</summary>
    public ReadOnlySpan<float> Features => _features.Span;

    /// <summary>Labels, or class indices; [row].</summary>
    public ReadOnlySpan<float> Labels => _labels.Span;

    /// <summary>What each row counts for; [row].</summary>
    public ReadOnlySpan<float> Weights => _weights.Span;

    /// <summary>When each row was; [row].</summary>
    public ReadOnlySpan<ulong> Times => _times.Span;

    /// <summary>The group of each row; [row].</summary>
    public ReadOnlySpan<int> Groups => _groups.Span;

    /// <summary>Puts tables one after the other.</summary>
    /// <param name="parts">At least one; all with the same features and classes.</param>
    /// <returns>All rows, in that order; groups and times stay as they are.</returns>
    /// <exception cref="TrainingException">There is none, or two differ in features or classes.</exception>
    public static Samples Concatenate(params IReadOnlyList<Samples> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0)
            throw new TrainingException("There are no samples to concatenate. Give at least one table.");
        Samples first = parts[0];
        for (int p = 1; p < parts.Count; p++)
        {
            if (parts[p].Classes != first.Classes || !parts[p].Names.SequenceEqual(first.Names))
            {
                throw new TrainingException($"Table {p} has features {string.Join(", ", parts[p].Names)} and {parts[p].Classes} classes, "
                    + $"table 0 has {string.Join(", ", first.Names)} and {first.Classes}. Concatenate like with like.");
            }
        }

        int count = ArraySize.Sum("The rows of all tables", parts.Sum(part => (long)part.Count)), at = 0;
        float[] features = new float[ArraySize.Of("The features of all tables", first.Width, count)], labels = new float[count], weights = new float[count];
        ulong[] times = new ulong[count];
        int[] groups = new int[count];
        foreach (Samples part in parts)
        {
            for (int f = 0; f < first.Width; f++)
                part.Column(f).CopyTo(features.AsSpan((f * count) + at));
            part.Labels.CopyTo(labels.AsSpan(at));
            part.Weights.CopyTo(weights.AsSpan(at));
            part.Times.CopyTo(times.AsSpan(at));
            part.Groups.CopyTo(groups.AsSpan(at));
            at += part.Count;
        }

        return new Samples(first.Names, features, labels, first.Classes, weights, times, groups);
    }

    /// <summary>A feature of all rows.</summary>
    /// <param name="feature">Its index.</param>
    /// <returns>[row].</returns>
    public ReadOnlySpan<float> Column(int feature) => _features.Span.Slice(feature * Count, Count);

    /// <summary>Some of the rows, in a given order.</summary>
    /// <param name="rows">Their indices; one may come more than once.</param>
    /// <returns>The rows.</returns>
    public Samples Select(ReadOnlySpan<int> rows)
    {
        float[] features = new float[ArraySize.Of("The features of the rows", Width, rows.Length)];
        for (int f = 0; f < Width; f++)
            Gather(Column(f), rows, features.AsSpan(f * rows.Length));
        float[] labels = new float[rows.Length], weights = new float[rows.Length];
        ulong[] times = new ulong[rows.Length];
        int[] groups = new int[rows.Length];
        Gather(Labels, rows, labels);
        Gather(Weights, rows, weights);
        Gather(Times, rows, times);
        Gather(Groups, rows, groups);
        return new Samples(Names, features, labels, Classes, weights, times, groups);
    }

    /// <summary>The same rows with other weights or labels; nothing else is copied.</summary>
    /// <param name="weights">[row]; null for the same.</param>
    /// <param name="labels">[row]; null for the same.</param>
    /// <returns>The rows.</returns>
    internal Samples With(float[]? weights = null, float[]? labels = null) =>
        new(Names, _features, labels ?? _labels, Classes, weights ?? _weights, _times, _groups);

    private static void Gather<T>(ReadOnlySpan<T> column, ReadOnlySpan<int> rows, Span<T> chosen)
    {
        for (int i = 0; i < rows.Length; i++)
            chosen[i] = column[rows[i]];
    }

    private static ReadOnlyMemory<float> Given(float[] values, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        return values;
    }

    /// <summary>Converted as it is, null would become an empty column.</summary>
    private static ReadOnlyMemory<T>? Optional<T>(T[]? values) => values is null ? default(ReadOnlyMemory<T>?) : values;

    private static float[] Ones(int count)
    {
        float[] ones = new float[count];
        ones.AsSpan().Fill(1);
        return ones;
    }

    private static ulong[] Indices(int count)
    {
        ulong[] indices = new ulong[count];
        for (int row = 0; row < count; row++)
            indices[row] = (ulong)row;
        return indices;
    }
}
