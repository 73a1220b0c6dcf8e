using System;
using System.Linq;

namespace Kml.Training.Tests.Adapting;

/// <summary>
/// Workloads that have most in common: the same curved border between two classes, which each shifts and tilts a little, behind features that each measures in
/// a unit of its own.
/// </summary>
internal static class WorkloadRows
{
    internal const int Width = 4;

    internal static Samples Of(int workload, int count, int draw = 0, bool regression = false)
    {
        Randomness own = new((ulong)workload * 7919), random = new(((ulong)workload * 104729) + (ulong)draw);
        float tilt = 0.6f * own.Symmetric(), shift = 0.4f * own.Symmetric();
        float[] scale = [.. Enumerable.Range(0, Width).Select(_ => MathF.Exp(2 * own.Symmetric()))];
        float[] offset = [.. Enumerable.Range(0, Width).Select(_ => 5 * own.Symmetric())];
        float[] features = new float[Width * count], labels = new float[count], z = new float[Width];
        for (int row = 0; row < count; row++)
        {
            for (int f = 0; f < Width; f++)
            {
                z[f] = 1.7f * random.Symmetric();
                features[(f * count) + row] = (z[f] * scale[f]) + offset[f];
            }

            float height = z[0] + (1.2f * z[1] * z[2]) + (tilt * z[3]) + shift;
            labels[row] = regression ? 10 * height : height > 0 ? 1 : 0;
        }

        return new Samples(
            [.. Enumerable.Range(0, Width).Select(f => $"x{f}")],
            features,
            labels,
            regression ? 0 : 2,
            null,
            null,
            [.. Enumerable.Repeat(workload, count)]);
    }

    internal static Samples Join(params Samples[] parts) => new(
        parts[0].Names,
        [.. Enumerable.Range(0, Width).SelectMany(f => parts.SelectMany(part => part.Column(f).ToArray()))],
        [.. parts.SelectMany(part => part.Labels.ToArray())],
        parts[0].Classes,
        [.. parts.SelectMany(part => part.Weights.ToArray())],
        [.. parts.SelectMany(part => part.Times.ToArray())],
        [.. parts.SelectMany(part => part.Groups.ToArray())]);

    internal static Samples Weighted(Samples rows, Func<int, float> weight) => new(
        rows.Names,
        rows.Features.ToArray(),
        rows.Labels.ToArray(),
        rows.Classes,
        [.. Enumerable.Range(0, rows.Count).Select(weight)],
        rows.Times.ToArray(),
        rows.Groups.ToArray());

    internal static double Accuracy(IPredictor model, Samples test) => Evaluation.RowOf("model", model, test).Class!.Accuracy;
}
