using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace Kml.Benchmarks.Training;

/// <summary>
/// Rows with something to learn: features at random, classes by the greatest of random linear scores. Written to a folder for the other side.
/// </summary>
internal sealed class TrainingTask
{
    private const double Noise = 0.3;

    /// <summary>Makes rows.</summary>
    /// <param name="count">Their number.</param>
    /// <param name="inputs">Numbers a row.</param>
    /// <param name="classes">Classes.</param>
    internal TrainingTask(int count, int inputs, int classes)
    {
        Random random = new(7);
        Width = inputs;
        Inputs = [.. Enumerable.Range(0, count * inputs).Select(_ => (float)Normal(random))];
        float[] scores = [.. Enumerable.Range(0, classes * inputs).Select(_ => (float)Normal(random))];
        Targets = new float[count];
        for (int row = 0; row < count; row++)
        {
            double best = double.NegativeInfinity;
            for (int c = 0; c < classes; c++)
            {
                double score = Noise * Math.Sqrt(inputs) * Normal(random);
                for (int i = 0; i < inputs; i++)
                    score += scores[(c * inputs) + i] * Inputs[(row * inputs) + i];
                if (score > best)
                    (best, Targets[row]) = (score, c);
            }
        }

        Folder = Scratch.Subfolder();
        File.WriteAllBytes(Path.Combine(Folder, "inputs"), MemoryMarshal.AsBytes(Inputs.AsSpan()).ToArray());
        File.WriteAllBytes(Path.Combine(Folder, "targets"), MemoryMarshal.AsBytes(Targets.AsSpan()).ToArray());
    }

    /// <summary>Numbers a row.</summary>
    internal int Width { get; }

    /// <summary>[row][input]; also the file <c>inputs</c>.</summary>
    internal float[] Inputs { get; }

    /// <summary>[row]: the class; also the file <c>targets</c>.</summary>
    internal float[] Targets { get; }

    /// <summary>Where the files are.</summary>
    internal string Folder { get; }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
