using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Training;

/// <summary>A predictor that looks one feature up in a table, or none at all: what can be had without learning.</summary>
internal sealed class Lookup : IPredictor
{
    internal const int Bins = 16;

    private readonly int _feature;
    private readonly float[] _edges;
    private readonly float[][] _outputs;
    private readonly bool _exact;

    private Lookup(Samples train, int feature, float[] edges, float[][] outputs, bool exact = false)
    {
        Width = train.Width;
        Classes = train.Classes;
        _feature = feature;
        _edges = edges;
        _outputs = outputs;
        _exact = exact;
    }

    public int Width { get; }

    public int Classes { get; }

    public long SizeBytes => sizeof(float) * (_edges.Length + _outputs.Sum(o => (long)o.Length));

    /// <summary>One answer for all rows.</summary>
    /// <param name="train">The rows that it comes from.</param>
    /// <param name="answer">The probabilities, or the number.</param>
    /// <returns>The predictor.</returns>
    internal static Lookup Constant(Samples train, params float[] answer) => new(train, 0, [], [answer]);

    /// <summary>What all rows together say, for every row.</summary>
    /// <param name="train">The rows, with weight.</param>
    /// <returns>The predictor.</returns>
    internal static Lookup Constant(Samples train) => Constant(train, Overall(train));

    /// <summary>Shares of the classes, or the mean label, in each of as many bins with equal shares of the rows.</summary>
    /// <param name="train">The rows, with weight.</param>
    /// <param name="feature">The feature to look at.</param>
    /// <returns>The predictor.</returns>
    internal static Lookup OfFeature(Samples train, int feature)
    {
        float[] values = Values(train, feature);

        // The greatest value of each bin but the last; a value that fills several bins makes them one.
        float[] edges = [.. Enumerable.Range(1, Bins - 1).Select(k => values[Math.Max(0, (int)((long)k * values.Length / Bins) - 1)]).Distinct()];
        return new Lookup(train, feature, edges, Answers(train, train.Column(feature), edges, exact: false));
    }

    /// <summary>Shares of the classes, or the mean label, of each value; a value that no row has gets those of all rows.</summary>
    /// <param name="train">The rows, with weight.</param>
    /// <param name="feature">The feature to look at, of few values.</param>
    /// <returns>The predictor.</returns>
    internal static Lookup OfValues(Samples train, int feature)
    {
        float[] values = [.. Values(train, feature).Distinct()];
        return new Lookup(train, feature, values, Answers(train, train.Column(feature), values, exact: true), exact: true);
    }

    /// <summary>What all rows together say.</summary>
    /// <param name="train">The rows, with weight.</param>
    /// <returns>Shares of the classes, or the mean label.</returns>
    internal static float[] Overall(Samples train) => Answers(train, train.Labels, [], exact: false)[0];

    public void Predict(ReadOnlySpan<float> features, int rows, Span<float> outputs)
    {
        int units = Math.Max(1, Classes);
        for (int row = 0; row < rows; row++)
        {
            float[] answer = _outputs[_edges.Length == 0 ? 0 : Bin(_edges, features[(_feature * rows) + row], _exact)];
            for (int unit = 0; unit < units; unit++)
                outputs[(unit * rows) + row] = answer[unit];
        }
    }

    private static float[][] Answers(Samples train, ReadOnlySpan<float> column, float[] edges, bool exact)
    {
        int units = Math.Max(1, train.Classes);
        double[] sums = new double[ArraySize.Of("The shares of a lookup", edges.Length + 1, units)], weight = new double[edges.Length + 1];
        ReadOnlySpan<float> labels = train.Labels, weights = train.Weights;
        for (int row = 0; row < column.Length; row++)
        {
            int bin = Bin(edges, column[row], exact);
            weight[bin] += weights[row];
            if (train.Classes > 0)
                sums[(bin * units) + (int)labels[row]] += weights[row];
            else
                sums[bin] += (double)weights[row] * labels[row];
        }

        // A bin above the last edge may have no row of the training rows.
        float[] all = Shares(unit => Enumerable.Range(0, weight.Length).Sum(bin => sums[(bin * units) + unit]), weight.Sum());
        return [.. Enumerable.Range(0, weight.Length).Select(bin => weight[bin] > 0 ? Shares(unit => sums[(bin * units) + unit], weight[bin]) : all)];

        float[] Shares(Func<int, double> sum, double total) => [.. Enumerable.Range(0, units).Select(unit => (float)(sum(unit) / total))];
    }

    /// <summary>The values of a feature in rows that count, rising.</summary>
    private static float[] Values(Samples train, int feature)
    {
        ReadOnlySpan<float> column = train.Column(feature), weights = train.Weights;
        List<float> values = [];
        for (int row = 0; row < column.Length; row++)
        {
            if (weights[row] > 0)
                values.Add(column[row]);
        }

        values.Sort();
        return [.. values];
    }

    private static int Bin(float[] edges, float value, bool exact)
    {
        int at = Array.BinarySearch(edges, value);
        return at >= 0 ? at : exact ? edges.Length : ~at;
    }
}
