using System;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Layers;

/// <summary>What recurrent layers have in common.</summary>
internal static class Recurrent
{
    /// <summary>The shape of a recurrent layer's output.</summary>
    /// <param name="name">The kind of layer, for messages.</param>
    /// <param name="units">Its hidden units.</param>
    /// <param name="everyStep">Whether it gives every step.</param>
    /// <param name="input">What it takes.</param>
    /// <returns>The shape.</returns>
    /// <exception cref="TrainingException">It has no units.</exception>
    internal static LayerShape Output(string name, int units, bool everyStep, LayerShape input)
    {
        if (units < 1)
            throw new TrainingException(FormattableString.Invariant($"The {name} layer has {units} units: it needs at least 1."));
        return new LayerShape(everyStep ? input.Steps : 1, units);
    }

    /// <summary>Draws weights as PyTorch does for its recurrent layers: uniform within 1 / sqrt(units) of 0.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="weights">Receives them.</param>
    /// <param name="units">Hidden units.</param>
    /// <param name="random">The source.</param>
    internal static void Draw<T>(Span<T> weights, int units, Randomness random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        float bound = 1f / MathF.Sqrt(units);
        for (int i = 0; i < weights.Length; i++)
            weights[i] = T.CreateChecked(random.Symmetric() * bound);
    }

    /// <summary>a += b.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="a">What is added to.</param>
    /// <param name="b">What is added; whole vectors.</param>
    internal static void Add<T>(Span<T> a, ReadOnlySpan<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<Vector512<T>> to = MemoryMarshal.Cast<T, Vector512<T>>(a);
        ReadOnlySpan<Vector512<T>> from = MemoryMarshal.Cast<T, Vector512<T>>(b);
        for (int n = 0; n < to.Length; n++)
            to[n] += from[n];
    }
}
