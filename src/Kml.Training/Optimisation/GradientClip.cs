using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Optimisation;

/// <summary>
/// Bounds on a batch's gradient: first on each of its elements, then on its Euclidean length, which keeps its direction (Pascanu, Mikolov, Bengio 2013).
/// </summary>
/// <param name="Norm">The greatest length; infinite for none.</param>
/// <param name="Value">The greatest magnitude of an element; infinite for none.</param>
public sealed record GradientClip(double Norm = double.PositiveInfinity, double Value = double.PositiveInfinity)
{
    /// <summary>Checks the bounds.</summary>
    /// <exception cref="TrainingException">One is not above 0.</exception>
    internal void Check()
    {
        if (!(Norm > 0 && Value > 0))
        {
            throw new TrainingException(
                FormattableString.Invariant($"Gradients are clipped to length {Norm:R} and magnitude {Value:R}; ")
                + "both must be above 0.");
        }
    }

    /// <summary>Clips. What is no number stays none: training is to notice.</summary>
    /// <param name="gradient">The gradient, a multiple of 16 elements.</param>
    internal void Run(Span<float> gradient)
    {
        Span<Vector512<float>> vectors = MemoryMarshal.Cast<float, Vector512<float>>(gradient);
        if (!double.IsInfinity(Value))
        {
            Vector512<float> bound = Vector512.Create((float)Value);
            foreach (ref Vector512<float> vector in vectors)
                vector = Vector512.Min(Vector512.Max(vector, -bound), bound);
        }

        if (double.IsInfinity(Norm))
            return;
        double length = Length(vectors);
        if (!(length > Norm))
            return;
        Vector512<float> scale = Vector512.Create((float)(Norm / length));
        foreach (ref Vector512<float> vector in vectors)
            vector *= scale;
    }

    /// <summary>The length, in double precision and a fixed order: the squares of large floats do not overflow it.</summary>
    private static double Length(ReadOnlySpan<Vector512<float>> vectors)
    {
        Vector512<double> sum = Vector512<double>.Zero;
        foreach (Vector512<float> vector in vectors)
        {
            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(vector);
            sum += (low * low) + (high * high);
        }

        double total = 0;
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
            total += sum[lane];
        return Math.Sqrt(total);
    }
}
