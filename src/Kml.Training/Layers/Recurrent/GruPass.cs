using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Kml.Training.Tensors;

namespace Kml.Training.Layers;

/// <summary>
/// The gates of a step are r, z, n and q: the candidate has two parts, since the reset gate comes between: n from the inputs and q from the hidden units.
/// Backward replaces r, z, n and q of each step by the gradients of their sums.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class GruPass<T> : RecurrentPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Takes the memory.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">What it takes for a row.</param>
    /// <param name="rows">Rows of a batch.</param>
    /// <param name="pool">Where memory comes from.</param>
    internal GruPass(GruLayer layer, LayerShape input, int rows, TensorPool pool)
        : base(input, layer.Output(input), layer.EveryStep, layer.CarriesState, sums: 3, handed: 1, rows, pool)
    {
    }

    /// <inheritdoc/>
    /// <remarks>Both biases added up for r and z; those of n and q are apart.</remarks>
    protected override void Prepare(ReadOnlySpan<T> parameters)
    {
        int weights = Width * (Input.Units + Units), units = Units;
        ReadOnlySpan<T> ofInputs = parameters.Slice(weights, Width), ofHidden = parameters.Slice(weights + Width, Width);
        ref Vector512<T> biases = ref Biases[0];
        for (int o = 0; o < Width + units; o++)
            Unsafe.Add(ref biases, o) = Vector512.Create(o < 2 * units ? ofInputs[o] + ofHidden[o] : o < Width ? ofInputs[o] : ofHidden[o - units]);
    }

    /// <inheritdoc/>
    protected override void Step(ref T weights, int step)
    {
        int inputs = Input.Units, both = 2 * Units, count = Units * Vectors;
        ref T candidate = ref Unsafe.Add(ref weights, both), candidateOfHidden = ref Unsafe.Add(ref candidate, inputs * Width);
        ref Vector512<T> from = ref From[step], hidden = ref Unsafe.Add(ref from, inputs * Vectors);
        ref Vector512<T> gates = ref Gates[step], n = ref Unsafe.Add(ref gates, 2 * count), q = ref Unsafe.Add(ref gates, 3 * count);
        ref Vector512<T> biases = ref Biases[0], biasesOfN = ref Unsafe.Add(ref biases, both), biasesOfQ = ref Unsafe.Add(ref biases, Width);
        StepProducts.Step(ref weights, Width, 1, ref from, inputs + Units, ref biases, 1, 0, ref gates, both, Vectors);
        StepProducts.Step(ref candidate, Width, 1, ref from, inputs, ref biasesOfN, 1, 0, ref n, Units, Vectors);
        StepProducts.Step(ref candidateOfHidden, Width, 1, ref hidden, Units, ref biasesOfQ, 1, 0, ref q, Units, Vectors);
        Activate(ref gates, ref hidden, ref Unsafe.Add(ref From[step + 1], inputs * Vectors), count);
    }

    /// <inheritdoc/>
    protected override void Back(ref T weights, int step)
    {
        int inputs = Input.Units, both = 2 * Units, count = Units * Vectors;
        ref Vector512<T> gates = ref Gates[step], slopes = ref Slopes[0];
        Differentiate(ref gates, ref Unsafe.Add(ref From[step], inputs * Vectors), ref slopes, count);
        if (step == 0)
            return;
        ref T ofHidden = ref Unsafe.Add(ref weights, inputs * Width), candidateOfHidden = ref Unsafe.Add(ref ofHidden, both);
        ref Vector512<T> q = ref Unsafe.Add(ref gates, 3 * count);
        StepProducts.Step(ref ofHidden, 1, Width, ref gates, both, ref slopes, Vectors, 1, ref slopes, Units, Vectors);
        StepProducts.Step(ref candidateOfHidden, 1, Width, ref q, Units, ref slopes, Vectors, 1, ref slopes, Units, Vectors);
    }

    /// <inheritdoc/>
    /// <remarks>Of W, U, b and b'.</remarks>
    protected override void Gradients(Span<T> gradient)
    {
        int inputs = Input.Units, units = Units, steps = Input.Steps;
        ref Vector512<T> from = ref From[0], hidden = ref Unsafe.Add(ref from, inputs * Vectors);
        ref Vector512<T> gates = ref Gates[0], q = ref Unsafe.Add(ref gates, Width * Vectors);
        Span<T> ofInputs = gradient[..(inputs * Width)], ofHidden = gradient.Slice(inputs * Width, units * Width);
        HistoryProducts.Weights(ref from, From.Pitch, inputs, ref gates, Gates.Pitch, Width, steps, Vectors, ofInputs, Width);
        HistoryProducts.Weights(ref hidden, From.Pitch, units, ref gates, Gates.Pitch, 2 * units, steps, Vectors, ofHidden, Width);
        HistoryProducts.Weights(ref hidden, From.Pitch, units, ref q, Gates.Pitch, units, steps, Vectors, ofHidden[(2 * units)..], Width);

        Span<T> biases = gradient.Slice(Width * (inputs + units), 2 * Width);
        HistoryProducts.Biases(ref gates, Gates.Pitch, steps, Vectors, biases[..Width]);
        biases[..(2 * units)].CopyTo(biases[Width..]);
        HistoryProducts.Biases(ref q, Gates.Pitch, steps, Vectors, biases[(Width + (2 * units))..]);
    }

    /// <summary>Activates the gates of a step; next = (1 - z) n + z hidden.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Activate(ref Vector512<T> gates, ref Vector512<T> hidden, ref Vector512<T> next, int count)
    {
        ref Vector512<T> update = ref Unsafe.Add(ref gates, count),
            candidate = ref Unsafe.Add(ref gates, 2 * count),
            reset = ref Unsafe.Add(ref gates, 3 * count);
        for (int n = 0; n < count; n++)
        {
            Vector512<T> r = VectorMath.Sigmoid(Unsafe.Add(ref gates, n));
            Unsafe.Add(ref gates, n) = r;
            Unsafe.Add(ref update, n) = VectorMath.Sigmoid(Unsafe.Add(ref update, n));
            Unsafe.Add(ref candidate, n) = VectorMath.MultiplyAdd(r, Unsafe.Add(ref reset, n), Unsafe.Add(ref candidate, n));
        }

        // A loop of its own: here no tanh waits for its gate.
        for (int n = 0; n < count; n++)
        {
            Vector512<T> tanh = VectorMath.Tanh(Unsafe.Add(ref candidate, n));
            Unsafe.Add(ref candidate, n) = tanh;
            Unsafe.Add(ref next, n) = VectorMath.MultiplyAdd(Unsafe.Add(ref update, n), Unsafe.Add(ref hidden, n) - tanh, tanh);
        }
    }

    /// <summary>
    /// Replaces r, z, n, q of a step by the gradients of their sums, and the gradient of its hidden units by what passes straight to those before it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Differentiate(ref Vector512<T> gates, ref Vector512<T> before, ref Vector512<T> slopes, int count)
    {
        ref Vector512<T> update = ref Unsafe.Add(ref gates, count),
            candidate = ref Unsafe.Add(ref gates, 2 * count),
            reset = ref Unsafe.Add(ref gates, 3 * count);
        Vector512<T> one = Vector512<T>.One;
        for (int n = 0; n < count; n++)
        {
            Vector512<T> r = Unsafe.Add(ref gates, n), z = Unsafe.Add(ref update, n), tanh = Unsafe.Add(ref candidate, n), dh = Unsafe.Add(ref slopes, n);
            Vector512<T> slope = dh * (one - z) * (one - (tanh * tanh));
            Unsafe.Add(ref gates, n) = slope * Unsafe.Add(ref reset, n) * (r * (one - r));
            Unsafe.Add(ref update, n) = dh * (Unsafe.Add(ref before, n) - tanh) * (z * (one - z));
            Unsafe.Add(ref candidate, n) = slope;
            Unsafe.Add(ref reset, n) = slope * r;
            Unsafe.Add(ref slopes, n) = dh * z;
        }
    }
}
