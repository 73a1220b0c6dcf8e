using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kml.Training.Tensors;

namespace Kml.Training.Layers;

/// <summary>
/// The gates of a step are one product over the step's inputs and hidden units, side by side in one history; backward replaces each step's gates by the
/// gradients of their sums, and ends with one product of both histories for all weights.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class LstmPass<T> : LayerPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LstmLayer _layer;
    private readonly int _vectors;

    /// <summary>[step][input, then hidden]: what step's gates are computed from; [steps] holds the last hidden units.</summary>
    private readonly StepHistory<T> _from;

    /// <summary>[step][i, f, g, o]: the gates, and after backward the gradients of their sums.</summary>
    private readonly StepHistory<T> _gates;

    /// <summary>[step]: the cells before it; [steps] the last ones.</summary>
    private readonly StepHistory<T> _cells;

    /// <summary>[step]: the hyperbolic tangents of the cells after it.</summary>
    private readonly StepHistory<T> _tanhs;

    /// <summary>Gradients that a step hands to the one before: of the hidden units, then of the cells.</summary>
    private readonly StepHistory<T> _slopes;

    /// <summary>[4 units]: the sum of both biases, a vector each.</summary>
    private readonly StepHistory<T> _biases;

    /// <summary>Takes the memory.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">What it takes for a row.</param>
    /// <param name="rows">Rows of a batch.</param>
    /// <param name="pool">Where memory comes from.</param>
    internal LstmPass(LstmLayer layer, LayerShape input, int rows, TensorPool pool)
        : base(input, layer.Output(input), rows)
    {
        _layer = layer;
        _vectors = rows / Vector512<T>.Count;
        int units = layer.Units;
        _from = new StepHistory<T>(input.Steps + 1, input.Units + units, rows, pool);
        _gates = new StepHistory<T>(input.Steps, 4 * units, rows, pool);
        _cells = new StepHistory<T>(input.Steps + 1, units, rows, pool);
        _tanhs = new StepHistory<T>(input.Steps, units, rows, pool);
        _slopes = new StepHistory<T>(2, units, rows, pool);
        _biases = new StepHistory<T>(1, 4 * units, Vector512<T>.Count, pool);
    }

    /// <inheritdoc/>
    internal override void Initialise(Span<T> parameters, Randomness random)
    {
        int units = _layer.Units, weights = 4 * units * (Input.Units + units);
        Recurrent.Draw(parameters[..weights], units, random);
        parameters[weights..].Clear();
        parameters.Slice(weights + units, units).Fill(T.One);
    }

    /// <inheritdoc/>
    internal override void Reset(ReadOnlySpan<bool> fresh)
    {
        _from.Clear(Input.Steps, Input.Units, _layer.Units, fresh);
        _cells.Clear(Input.Steps, 0, _layer.Units, fresh);
    }

    /// <inheritdoc/>
    internal override void Forward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y, bool training)
    {
        int inputs = Input.Units, units = _layer.Units, steps = Input.Steps, width = units * Rows;
        Begin(parameters);
        ref T weights = ref MemoryMarshal.GetReference(parameters);
        for (int step = 0; step < steps; step++)
        {
            x.Slice(step * inputs * Rows, inputs * Rows).CopyTo(_from.Units(step, 0, inputs));
            StepProducts.Step(ref weights, 4 * units, 1, ref _from[step], inputs + units, ref _biases[0], 1, 0, ref _gates[step], 4 * units, _vectors);
            Gates(ref _gates[step], ref _cells[step], ref _cells[step + 1], units * _vectors);
            Outputs(ref _gates[step], ref _cells[step + 1], ref _tanhs[step], ref Unsafe.Add(ref _from[step + 1], inputs * _vectors), units * _vectors);
            if (_layer.EveryStep)
                _from.Units(step + 1, inputs, units).CopyTo(y.Slice(step * width, width));
        }

        if (!_layer.EveryStep)
            _from.Units(steps, inputs, units).CopyTo(y);
    }

    /// <inheritdoc/>
    internal override void Backward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> dy, Span<T> dx, Span<T> gradient)
    {
        int inputs = Input.Units, units = _layer.Units, steps = Input.Steps, width = units * Rows;
        ref T weights = ref MemoryMarshal.GetReference(parameters);
        ref Vector512<T> hidden = ref _slopes[0], cells = ref _slopes[1];
        _slopes.Units(0, 0, units).Clear();
        _slopes.Units(1, 0, units).Clear();
        Vector512<T> zero = Vector512<T>.Zero;
        for (int step = steps - 1; step >= 0; step--)
        {
            if (_layer.EveryStep)
                Recurrent.Add(_slopes.Units(0, 0, units), dy.Slice(step * width, width));
            else if (step == steps - 1)
                dy[..width].CopyTo(_slopes.Units(0, 0, units));

            ref Vector512<T> gates = ref _gates[step];
            Slopes(ref gates, ref _cells[step], ref _tanhs[step], ref hidden, ref cells, units * _vectors);
            if (step > 0)
                StepProducts.Step(ref Unsafe.Add(ref weights, inputs * 4 * units), 1, 4 * units, ref gates, 4 * units, ref zero, 0, 0, ref hidden, units, _vectors);
            if (!dx.IsEmpty)
                StepProducts.Step(ref weights, 1, 4 * units, ref gates, 4 * units, ref zero, 0, 0, ref Vectors(dx, step * inputs), inputs, _vectors);
        }

        int count = 4 * units * (inputs + units);
        HistoryProducts.Weights(ref _from[0], _from.Pitch, inputs + units, ref _gates[0], _gates.Pitch, 4 * units, steps, _vectors, gradient[..count], 4 * units);
        HistoryProducts.Biases(ref _gates[0], _gates.Pitch, steps, _vectors, gradient.Slice(count, 4 * units));
        gradient.Slice(count, 4 * units).CopyTo(gradient[(count + (4 * units))..]);
    }

    /// <summary>Activates the gates of a step; next cells = f cells + i g.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gates(ref Vector512<T> gates, ref Vector512<T> cells, ref Vector512<T> next, int count)
    {
        ref Vector512<T> forget = ref Unsafe.Add(ref gates, count), candidate = ref Unsafe.Add(ref gates, 2 * count), output = ref Unsafe.Add(ref gates, 3 * count);
        for (int n = 0; n < count; n++)
        {
            Vector512<T> i = VectorMath.Sigmoid(Unsafe.Add(ref gates, n)), f = VectorMath.Sigmoid(Unsafe.Add(ref forget, n)), g = VectorMath.Tanh(Unsafe.Add(ref candidate, n));
            Unsafe.Add(ref gates, n) = i;
            Unsafe.Add(ref forget, n) = f;
            Unsafe.Add(ref candidate, n) = g;
            Unsafe.Add(ref output, n) = VectorMath.Sigmoid(Unsafe.Add(ref output, n));
            Unsafe.Add(ref next, n) = VectorMath.MultiplyAdd(f, Unsafe.Add(ref cells, n), i * g);
        }
    }

    /// <summary>hidden = o tanh(cells). A loop of its own: there is nothing to wait for, while in one loop with the gates each tanh would wait for its cell.</summary>
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
    private static void Slopes(ref Vector512<T> gates, ref Vector512<T> before, ref Vector512<T> tanhs, ref Vector512<T> hidden, ref Vector512<T> cells, int count)
    {
        ref Vector512<T> forget = ref Unsafe.Add(ref gates, count), candidate = ref Unsafe.Add(ref gates, 2 * count), output = ref Unsafe.Add(ref gates, 3 * count);
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

    /// <summary>Puts the state that the last batch left, or 0, before the first step, and adds the biases up.</summary>
    private void Begin(ReadOnlySpan<T> parameters)
    {
        int inputs = Input.Units, units = _layer.Units, steps = Input.Steps;
        if (_layer.CarriesState)
        {
            _from.Units(steps, inputs, units).CopyTo(_from.Units(0, inputs, units));
            _cells.Units(steps, 0, units).CopyTo(_cells.Units(0, 0, units));
        }
        else
        {
            _from.Units(0, inputs, units).Clear();
            _cells.Units(0, 0, units).Clear();
        }

        ReadOnlySpan<T> biases = parameters[(4 * units * (inputs + units))..];
        ref Vector512<T> sums = ref _biases[0];
        for (int o = 0; o < 4 * units; o++)
            Unsafe.Add(ref sums, o) = Vector512.Create(biases[o] + biases[(4 * units) + o]);
    }

    private ref Vector512<T> Vectors(Span<T> tensor, int unit) => ref MemoryMarshal.Cast<T, Vector512<T>>(tensor)[unit * _vectors];
}
