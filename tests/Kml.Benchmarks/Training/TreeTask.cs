using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using Kml.Training;

namespace Kml.Benchmarks.Training;

/// <summary>Rows for trees: a wave, a product, a step and a square of the first five features, and noise; the other features tell nothing.</summary>
internal sealed class TreeTask
{
    /// <summary>Makes rows.</summary>
    /// <param name="count">Their number.</param>
    /// <param name="width">Features, at least 5.</param>
    /// <param name="classes">0 for the number, 2 for whether it is above its median.</param>
    internal TreeTask(int count, int width, int classes)
    {
        Random random = new(7);
        float[] x = [.. Enumerable.Range(0, count * width).Select(_ => (float)Normal(random))];
        float[] labels = new float[count];
        for (int row = 0; row < count; row++)
        {
            float At(int f) => x[(f * count) + row];
            labels[row] = MathF.Sin(2 * At(0)) + (At(1) * At(2)) + (At(3) > 0.5f ? 2 : 0) + (At(4) * At(4) / 2) + (0.3f * (float)Normal(random));
        }

        if (classes > 0)
        {
            float median = labels.Order().ElementAt(count / 2);
            labels = [.. labels.Select(y => y > median ? 1f : 0f)];
        }

        Rows = new Samples([.. Enumerable.Range(0, width).Select(f => $"f{f}")], x, labels, classes);
        Folder = Scratch.Subfolder();
        File.WriteAllBytes(Path.Combine(Folder, "inputs"), MemoryMarshal.AsBytes(x.AsSpan()).ToArray());
        File.WriteAllBytes(Path.Combine(Folder, "targets"), MemoryMarshal.AsBytes(labels.AsSpan()).ToArray());
    }

    /// <summary>The rows; also the files <c>inputs</c>, [feature][row], and <c>targets</c>.</summary>
    internal Samples Rows { get; }

    /// <summary>Where the files are.</summary>
    internal string Folder { get; }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
