using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kml.Training.Tensors;

namespace Kml.Training.Layers;

/// <summary>
/// As <see cref="LstmPass{T}"/>, with the candidate in two parts, since the reset gate comes between: n from the inputs and q from the hidden units.
/// Backward replaces r, z, n and q of each step by the gradients of their sums.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class GruPass<T> : LayerPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GruLayer _layer;
    private readonly int _vectors;

    /// <summary>[step][input, then hidden]: what step's gates are computed from; [steps] holds the last hidden units.</summary>
    private readonly StepHistory<T> _from;

    /// <summary>[step][r, z, n, q].</summary>
    private readonly StepHistory<T> _gates;

    /// <summary>The gradient of the hidden units that a step hands to the one before.</summary>
    private readonly StepHistory<T> _slopes;

    /// <summary>[r, z, n, q]: what each sum starts with, a vector each; both biases added up for r and z.</summary>
    private readonly StepHistory<T> _biases;

    /// <summary>Takes the memory.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">What it takes for a row.</param>
    /// <param name="rows">Rows of a batch.</param>
    /// <param name="pool">Where memory comes from.</param>
    internal GruPass(GruLayer layer, LayerShape input, int rows, TensorPool pool)
        : base(input, layer.Output(input), rows)
    {
        _layer = layer;
        _vectors = rows / Vector512<T>.Count;
        int units = layer.Units;
        _from = new StepHistory<T>(input.Steps + 1, input.Units + units, rows, pool);
        _gates = new StepHistory<T>(input.Steps, 4 * units, rows, pool);
        _slopes = new StepHistory<T>(1, units, rows, pool);
        _biases = new StepHistory<T>(1, 4 * units, Vector512<T>.Count, pool);
    }

    /// <inheritdoc/>
    internal override void Initialise(Span<T> parameters, Randomness random)
    {
        int weights = 3 * _layer.Units * (Input.Units + _layer.Units);
        Recurrent.Draw(parameters[..weights], _layer.Units, random);
        parameters[weights..].Clear();
    }

    /// <inheritdoc/>
    internal override void Reset(ReadOnlySpan<bool> fresh) => _from.Clear(Input.Steps, Input.Units, _layer.Units, fresh);

    /// <inheritdoc/>
    internal override void Forward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y, bool training)
    {
        int inputs = Input.Units, units = _layer.Units, steps = Input.Steps, width = units * Rows;
        Begin(parameters);
        ref T weights = ref MemoryMarshal.GetReference(parameters);
        ref T candidate = ref Unsafe.Add(ref weights, 2 * units), candidateOfHidden = ref Unsafe.Add(ref candidate, inputs * 3 * units);
        ref Vector512<T> biases = ref _biases[0];
        for (int step = 0; step < steps; step++)
        {
            x.Slice(step * inputs * Rows, inputs * Rows).CopyTo(_from.Units(step, 0, inputs));
            ref Vector512<T> from = ref _from[step], hidden = ref Unsafe.Add(ref from, inputs * _vectors), gates = ref _gates[step];
            StepProducts.Step(ref weights, 3 * units, 1, ref from, inputs + units, ref biases, 1, 0, ref gates, 2 * units, _vectors);
            StepProducts.Step(ref candidate, 3 * units, 1, ref from, inputs, ref Unsafe.Add(ref biases, 2 * units), 1, 0, ref Unsafe.Add(ref gates, 2 * units * _vectors), units, _vectors);
            StepProducts.Step(ref candidateOfHidden, 3 * units, 1, ref hidden, units, ref Unsafe.Add(ref biases, 3 * units), 1, 0, ref Unsafe.Add(ref gates, 3 * units * _vectors), units, _vectors);
            Gates(ref gates, ref hidden, ref Unsafe.Add(ref _from[step + 1], inputs * _vectors), units * _vectors);
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
        ref T ofHidden = ref Unsafe.Add(ref weights, inputs * 3 * units);
        ref Vector512<T> slopes = ref _slopes[0];
        _slopes.Units(0, 0, units).Clear();
        Vector512<T> zero = Vector512<T>.Zero;
        for (int step = steps - 1; step >= 0; step--)
        {
            if (_layer.EveryStep)
                Recurrent.Add(_slopes.Units(0, 0, units), dy.Slice(step * width, width));
            else if (step == steps - 1)
                dy[..width].CopyTo(_slopes.Units(0, 0, units));

            ref Vector512<T> gates = ref _gates[step];
            Slopes(ref gates, ref Unsafe.Add(ref _from[step], inputs * _vectors), ref slopes, units * _vectors);
            if (step > 0)
            {
                StepProducts.Step(ref ofHidden, 1, 3 * units, ref gates, 2 * units, ref slopes, _vectors, 1, ref slopes, units, _vectors);
                StepProducts.Step(ref Unsafe.Add(ref ofHidden, 2 * units), 1, 3 * units, ref Unsafe.Add(ref gates, 3 * units * _vectors), units, ref slopes, _vectors, 1, ref slopes, units, _vectors);
            }

            if (!dx.IsEmpty)
                StepProducts.Step(ref weights, 1, 3 * units, ref gates, 3 * units, ref zero, 0, 0, ref MemoryMarshal.Cast<T, Vector512<T>>(dx)[step * inputs * _vectors], inputs, _vectors);
        }

        Parameters(gradient);
    }

    /// <summary>Activates the gates of a step; next = (1 - z) n + z hidden.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gates(ref Vector512<T> gates, ref Vector512<T> hidden, ref Vector512<T> next, int count)
    {
        ref Vector512<T> update = ref Unsafe.Add(ref gates, count), candidate = ref Unsafe.Add(ref gates, 2 * count), reset = ref Unsafe.Add(ref gates, 3 * count);
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

    /// <summary>Replaces r, z, n, q of a step by the gradients of their sums, and the gradient of its hidden units by what passes straight to those before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Slopes(ref Vector512<T> gates, ref Vector512<T> before, ref Vector512<T> slopes, int count)
    {
        ref Vector512<T> update = ref Unsafe.Add(ref gates, count), candidate = ref Unsafe.Add(ref gates, 2 * count), reset = ref Unsafe.Add(ref gates, 3 * count);
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

    /// <summary>Puts the state that the last batch left, or 0, before the first step, and adds up the biases of r and z.</summary>
    private void Begin(ReadOnlySpan<T> parameters)
    {
        int inputs = Input.Units, units = _layer.Units;
        Span<T> state = _from.Units(0, inputs, units);
        if (_layer.CarriesState)
            _from.Units(Input.Steps, inputs, units).CopyTo(state);
        else
            state.Clear();

        ReadOnlySpan<T> ofInputs = parameters.Slice(3 * units * (inputs + units), 3 * units), ofHidden = parameters.Slice(3 * units * (inputs + units + 1), 3 * units);
        ref Vector512<T> biases = ref _biases[0];
        for (int o = 0; o < 4 * units; o++)
            Unsafe.Add(ref biases, o) = Vector512.Create(o < 2 * units ? ofInputs[o] + ofHidden[o] : o < 3 * units ? ofInputs[o] : ofHidden[o - units]);
    }

    /// <summary>The gradients of W, U, b and b' from both histories.</summary>
    private void Parameters(Span<T> gradient)
    {
        int inputs = Input.Units, units = _layer.Units, steps = Input.Steps, width = 3 * units;
        ref Vector512<T> from = ref _from[0], hidden = ref Unsafe.Add(ref from, inputs * _vectors), gates = ref _gates[0], reset = ref Unsafe.Add(ref gates, width * _vectors);
        Span<T> ofInputs = gradient[..(inputs * width)], ofHidden = gradient.Slice(inputs * width, units * width);
        HistoryProducts.Weights(ref from, _from.Pitch, inputs, ref gates, _gates.Pitch, width, steps, _vectors, ofInputs, width);
        HistoryProducts.Weights(ref hidden, _from.Pitch, units, ref gates, _gates.Pitch, 2 * units, steps, _vectors, ofHidden, width);
        HistoryProducts.Weights(ref hidden, _from.Pitch, units, ref reset, _gates.Pitch, units, steps, _vectors, ofHidden[(2 * units)..], width);

        Span<T> biases = gradient.Slice(width * (inputs + units), 2 * width);
        HistoryProducts.Biases(ref gates, _gates.Pitch, steps, _vectors, biases[..width]);
        biases[..(2 * units)].CopyTo(biases[width..]);
        HistoryProducts.Biases(ref reset, _gates.Pitch, steps, _vectors, biases[(width + (2 * units))..]);
    }
}
