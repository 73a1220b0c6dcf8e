using System;
using System.Linq;

namespace Kml.Training.Tests.Linear;

/// <summary>Random samples for linear models, and the slow and obvious way to do things.</summary>
internal static class LinearData
{
    internal static Samples Random(int seed, int rows, int width, int classes, bool weighted = false)
    {
        Random random = new(seed);
        float[] features = [.. Enumerable.Range(0, rows * width).Select(i => (float)((random.NextDouble() * (1 + (i / rows))) + (10 * (i / rows))))];
        double[] slopes = [.. Enumerable.Range(0, width).Select(_ => (random.NextDouble() * 4) - 2)];
        float[] labels = new float[rows];
        for (int r = 0; r < rows; r++)
        {
            double score = Enumerable.Range(0, width).Sum(f => slopes[f] * (features[(f * rows) + r] - (10 * f) - (0.5 * (1 + f))))
                + (random.NextDouble() - 0.5);
            labels[r] = classes == 0 ? (float)score
                : classes == 2 ? (score > 0 ? 1 : 0)
                : (float)Math.Clamp(Math.Floor((score * classes / 4) + (classes / 2.0)), 0, classes - 1);
        }

        float[]? weights = weighted ? [.. Enumerable.Range(0, rows).Select(_ => random.Next(4))] : null;
        weights?[0] = 1;
        return new Samples([.. Enumerable.Range(0, width).Select(f => $"x{f}")], features, labels, classes, weights);
    }

    /// <summary>
    /// Ridge regression by Gauss' elimination of the normal equations over standardised features, in double precision: slopes by raw features, and the
    /// intercept at 0.
    /// </summary>
    internal static (double[] Slopes, double Intercept) NaiveRidge(Samples samples, double penalty)
    {
        int n = samples.Width;
        double total = 0;
        foreach (float weight in samples.Weights)
            total += weight;
        double Mean(Func<int, double> value) => Enumerable.Range(0, samples.Count).Sum(r => samples.Weights[r] * value(r)) / total;
        double[] means = [.. Enumerable.Range(0, n).Select(f => Mean(r => samples.Column(f)[r]))];
        double[] deviations = [.. Enumerable.Range(0, n).Select(f => Math.Sqrt(Mean(r => Math.Pow(samples.Column(f)[r] - means[f], 2))))];
        double label = Mean(r => samples.Labels[r]);
        double Z(int f, int r) => (samples.Column(f)[r] - means[f]) / deviations[f];
        double[,] a = new double[n, n + 1];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                a[i, j] = Mean(r => Z(i, r) * Z(j, r)) + (i == j ? penalty : 0);
            a[i, n] = Mean(r => Z(i, r) * (samples.Labels[r] - label));
        }

        double[] w = Eliminate(a);
        double[] slopes = [.. w.Select((v, f) => v / deviations[f])];
        return (slopes, label - slopes.Select((s, f) => s * means[f]).Sum());
    }

    private static double[] Eliminate(double[,] a)
    {
        int n = a.GetLength(0);
        for (int i = 0; i < n; i++)
        {
            int pivot = Enumerable.Range(i, n - i).MaxBy(r => Math.Abs(a[r, i]));
            for (int c = 0; c <= n; c++)
                (a[i, c], a[pivot, c]) = (a[pivot, c], a[i, c]);
            for (int r = 0; r < n; r++)
            {
                double factor = r == i ? 0 : a[r, i] / a[i, i];
                for (int c = i; c <= n && factor != 0; c++)
                    a[r, c] -= factor * a[i, c];
            }
        }

        return [.. Enumerable.Range(0, n).Select(i => a[i, n] / a[i, i])];
    }
}
