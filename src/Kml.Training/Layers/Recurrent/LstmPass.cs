using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Kml.Training.Tensors;

namespace Kml.Training.Layers;

/// <summary>
/// The gates of a step, i, f, g and o, are one product over the step's inputs and hidden units; backward replaces each step's gates by the
/// gradients of their sums, and ends with one product of both histories for all weights. A step hands on gradients of hidden units and of cells.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class LstmPass<T> : RecurrentPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>[step]: the cells before it; [steps] the last ones.</summary>
    private readonly StepHistory<T> _cells;

    /// <summary>[step]: the hyperbolic tangents of the cells after it.</summary>
    private readonly StepHistory<T> _tanhs;

    /// <summary>Takes the memory.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">What it takes for a row.</param>
    /// <param name="rows">Rows of a batch.</param>
    /// <param name="pool">Where memory comes from.</param>
    internal LstmPass(LstmLayer layer, LayerShape input, int rows, TensorPool pool)
        : base(input, layer.Output(input), layer.EveryStep, layer.CarriesState, sums: 4, handed: 2, rows, pool)
    {
        _cells = new StepHistory<T>(input.Steps + 1, Units, rows, pool);
        _tanhs = new StepHistory<T>(input.Steps, Units, rows, pool);
    }

    /// <inheritdoc/>
    internal override void Initialise(Span<T> parameters, Randomness random)
    {
        base.Initialise(parameters, random);
        parameters.Slice((Width * (Input.Units + Units)) + Units, Units).Fill(T.One);
    }

    /// <inheritdoc/>
    internal override void Reset(ReadOnlySpan<bool> fresh)
    {
        base.Reset(fresh);
        _cells.Clear(Input.Steps, 0, Units, fresh);
    }

    /// <inheritdoc/>
    protected override void Prepare(ReadOnlySpan<T> parameters)
    {
        Carry(_cells, 0);
        ReadOnlySpan<T> biases = parameters[(Width * (Input.Units + Units))..];
        ref Vector512<T> sums = ref Biases[0];
        for (int o = 0; o < Width; o++)
            Unsafe.Add(ref sums, o) = Vector512.Create(biases[o] + biases[Width + o]);
    }

    /// <inheritdoc/>
    protected override void Step(ref T weights, int step)
    {
        int inputs = Input.Units, count = Units * Vectors;
        ref Vector512<T> gates = ref Gates[step];
        StepProducts.Step(ref weights, Width, 1, ref From[step], inputs + Units, ref Biases[0], 1, 0, ref gates, Width, Vectors);
        Activate(ref gates, ref _cells[step], ref _cells[step + 1], count);
        Outputs(ref gates, ref _cells[step + 1], ref _tanhs[step], ref Unsafe.Add(ref From[step + 1], inputs * Vectors), count);
    }

    /// <inheritdoc/>
    protected override void Back(ref T weights, int step)
    {
        ref Vector512<T> gates = ref Gates[step], hidden = ref Slopes[0];
        Differentiate(ref gates, ref _cells[step], ref _tanhs[step], ref hidden, ref Slopes[1], Units * Vectors);
        if (step == 0)
            return;
        Vector512<T> zero = Vector512<T>.Zero;
        ref T ofHidden = ref Unsafe.Add(ref weights, Input.Units * Width);
        StepProducts.Step(ref ofHidden, 1, Width, ref gates, Width, ref zero, 0, 0, ref hidden, Units, Vectors);
    }

    /// <inheritdoc/>
    protected override void Gradients(Span<T> gradient)
    {
        int from = Input.Units + Units, count = Width * from, steps = Input.Steps;
        HistoryProducts.Weights(ref From[0], From.Pitch, from, ref Gates[0], Gates.Pitch, Width, steps, Vectors, gradient[..count], Width);
        HistoryProducts.Biases(ref Gates[0], Gates.Pitch, steps, Vectors, gradient.Slice(count, Width));
        gradient.Slice(count, Width).CopyTo(gradient[(count + Width)..]);
    }

    /// <summary>Activates the gates of a step; next cells = f cells + i g.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Activate(ref Vector512<T> gates, ref Vector512<T> cells, ref Vector512<T> next, int count)
    {
        ref Vector512<T> forget = ref Unsafe.Add(ref gates, count),
            candidate = ref Unsafe.Add(ref gates, 2 * count),
            output = ref Unsafe.Add(ref gates, 3 * count);
        for (int n = 0; n < count; n++)
        {
            Vector512<T> i = VectorMath.Sigmoid(Unsafe.Add(ref gates, n)),
                f = VectorMath.Sigmoid(Unsafe.Add(ref forget, n)),
                g = VectorMath.Tanh(Unsafe.Add(ref candidate, n));
            Unsafe.Add(ref gates, n) = i;
            Unsafe.Add(ref forget, n) = f;
            Unsafe.Add(ref candidate, n) = g;
            Unsafe.Add(ref output, n) = VectorMath.Sigmoid(Unsafe.Add(ref output, n));
            Unsafe.Add(ref next, n) = VectorMath.MultiplyAdd(f, Unsafe.Add(ref cells, n), i * g);
        }
    }

    /// <summary>
    /// hidden = o tanh(cells). A loop of its own: there is nothing to wait for, while in one loop with the gates each tanh would wait for its cell.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Outputs(ref Vector512<T> gates, ref Vector512<T> cells, ref Vector512<T> tanhs, ref Vector512<T> hidden, int count)
    {
        ref Vector512<T> output = ref Unsafe.Add(ref gates, 3 * count);
        for (int n = 0; n < count; n++)
        {
            Vector512<T> tanh = VectorMath.Tanh(Unsafe.Add(ref cells, n));
            Unsafe.Add(ref tanhs, n) = tanh;
            Unsafe.Add(ref hidden, n) = Unsafe.Add(ref output, n) * tanh;
        }
    }

    /// <summary>Replaces the gates of a step by the gradients of their sums, and the gradients of its cells by those of the cells before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Differentiate(
        ref Vector512<T> gates,
        ref Vector512<T> before,
        ref Vector512<T> tanhs,
        ref Vector512<T> hidden,
        ref Vector512<T> cells,
        int count)
    {
        ref Vector512<T> forget = ref Unsafe.Add(ref gates, count),
            candidate = ref Unsafe.Add(ref gates, 2 * count),
            output = ref Unsafe.Add(ref gates, 3 * count);
        Vector512<T> one = Vector512<T>.One;
        for (int n = 0; n < count; n++)
        {
            Vector512<T> i = Unsafe.Add(ref gates, n), f = Unsafe.Add(ref forget, n), g = Unsafe.Add(ref candidate, n), o = Unsafe.Add(ref output, n);
            Vector512<T> tanh = Unsafe.Add(ref tanhs, n), dh = Unsafe.Add(ref hidden, n);
            Vector512<T> dc = VectorMath.MultiplyAdd(dh * o, one - (tanh * tanh), Unsafe.Add(ref cells, n));
            Unsafe.Add(ref gates, n) = dc * g * (i * (one - i));
            Unsafe.Add(ref forget, n) = dc * Unsafe.Add(ref before, n) * (f * (one - f));
            Unsafe.Add(ref candidate, n) = dc * i * (one - (g * g));
            Unsafe.Add(ref output, n) = dh * tanh * (o * (one - o));
            Unsafe.Add(ref cells, n) = dc * f;
        }
    }
}
