using System;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kml.Training.Tensors;

namespace Kml.Training.Layers;

/// <summary>
/// The walk of a recurrent layer over the steps of a batch: what is copied in and out, the state that is carried on, and what a step hands to the one before.
/// What a step computes is its layer's: gates, from the step's inputs and hidden units, which lie side by side in one history.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal abstract class RecurrentPass<T> : LayerPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gates of a unit.</summary>
    private const int UnitGates = 4;

    private readonly bool _everyStep;
    private readonly bool _carriesState;
    private readonly int _handed;

    /// <summary>Takes the memory.</summary>
    /// <param name="input">What the layer takes for a row.</param>
    /// <param name="output">What it gives.</param>
    /// <param name="everyStep">Whether it gives every step.</param>
    /// <param name="carriesState">Whether a batch begins with the state that the last one left.</param>
    /// <param name="sums">Sums over its inputs that a unit has.</param>
    /// <param name="handed">Numbers of a unit whose gradients a step hands to the one before; the hidden unit is the first.</param>
    /// <param name="rows">Rows of a batch.</param>
    /// <param name="pool">Where memory comes from.</param>
    protected RecurrentPass(LayerShape input, LayerShape output, bool everyStep, bool carriesState, int sums, int handed, int rows, TensorPool pool)
        : base(input, output, rows)
    {
        (_everyStep, _carriesState, _handed) = (everyStep, carriesState, handed);
        (Units, Width, Vectors) = (output.Units, sums * output.Units, rows / Vector512<T>.Count);
        From = new StepHistory<T>(input.Steps + 1, input.Units + Units, rows, pool);
        Gates = new StepHistory<T>(input.Steps, UnitGates * Units, rows, pool);
        Slopes = new StepHistory<T>(handed, Units, rows, pool);
        Biases = new StepHistory<T>(1, UnitGates * Units, Vector512<T>.Count, pool);
    }

    /// <summary>Hidden units.</summary>
    protected int Units { get; }

    /// <summary>Sums over inputs, of all units: how wide W and U are.</summary>
    protected int Width { get; }

    /// <summary>Vectors of rows.</summary>
    protected int Vectors { get; }

    /// <summary>[step][input, then hidden]: what a step's gates are computed from; [steps] holds the last hidden units.</summary>
    protected StepHistory<T> From { get; }

    /// <summary>[step][gate]: the gates, and after backward the gradients of their sums; those of sums over inputs come first.</summary>
    protected StepHistory<T> Gates { get; }

    /// <summary>Gradients that a step hands to the one before: [0] of the hidden units.</summary>
    protected StepHistory<T> Slopes { get; }

    /// <summary>What each gate's sum starts with, a vector each.</summary>
    protected StepHistory<T> Biases { get; }

    /// <inheritdoc/>
    /// <remarks>Weights as PyTorch draws those of its recurrent layers: uniform within 1 / sqrt(units) of 0. Biases are 0.</remarks>
    internal override void Initialise(Span<T> parameters, Randomness random)
    {
        int weights = Width * (Input.Units + Units);
        float bound = 1f / MathF.Sqrt(Units);
        for (int i = 0; i < weights; i++)
            parameters[i] = T.CreateChecked(random.Symmetric() * bound);
        parameters[weights..].Clear();
    }

    /// <inheritdoc/>
    internal override void Reset(ReadOnlySpan<bool> fresh) => From.Clear(Input.Steps, Input.Units, Units, fresh);

    /// <inheritdoc/>
    internal sealed override void Forward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y, bool training)
    {
        int inputs = Input.Units, steps = Input.Steps, width = Units * Rows;
        Carry(From, inputs);
        Prepare(parameters);
        ref T weights = ref MemoryMarshal.GetReference(parameters);
        for (int step = 0; step < steps; step++)
        {
            x.Slice(step * inputs * Rows, inputs * Rows).CopyTo(From.Units(step, 0, inputs));
            Step(ref weights, step);
            if (_everyStep)
                From.Units(step + 1, inputs, Units).CopyTo(y.Slice(step * width, width));
        }

        if (!_everyStep)
            From.Units(steps, inputs, Units).CopyTo(y);
    }

    /// <inheritdoc/>
    internal sealed override void Backward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> dy, Span<T> dx, Span<T> gradient)
    {
        int inputs = Input.Units, steps = Input.Steps, width = Units * Rows;
        ref T weights = ref MemoryMarshal.GetReference(parameters);
        for (int n = 0; n < _handed; n++)
            Slopes.Units(n, 0, Units).Clear();
        Span<T> hidden = Slopes.Units(0, 0, Units);
        Vector512<T> zero = Vector512<T>.Zero;
        for (int step = steps - 1; step >= 0; step--)
        {
            if (_everyStep)
                Add(hidden, dy.Slice(step * width, width));
            else if (step == steps - 1)
                dy[..width].CopyTo(hidden);

            Back(ref weights, step);
            if (!dx.IsEmpty)
            {
                ref Vector512<T> slopes = ref MemoryMarshal.Cast<T, Vector512<T>>(dx)[step * inputs * Vectors];
                StepProducts.Step(ref weights, 1, Width, ref Gates[step], Width, ref zero, 0, 0, ref slopes, inputs, Vectors);
            }
        }

        Gradients(gradient);
    }

    /// <summary>Puts the state that the last batch left, or 0, before the first step.</summary>
    /// <param name="history">Where it is kept, [step]; [steps] is the last one.</param>
    /// <param name="unit">Its first unit.</param>
    protected void Carry(StepHistory<T> history, int unit)
    {
        Span<T> state = history.Units(0, unit, Units);
        if (_carriesState)
            history.Units(Input.Steps, unit, Units).CopyTo(state);
        else
            state.Clear();
    }

    /// <summary>Adds biases up, and carries what state there is besides the hidden units.</summary>
    /// <param name="parameters">The layer's parameters.</param>
    protected abstract void Prepare(ReadOnlySpan<T> parameters);

    /// <summary>Computes a step's gates and the hidden units after it.</summary>
    /// <param name="weights">The layer's parameters.</param>
    /// <param name="step">The step.</param>
    protected abstract void Step(ref T weights, int step);

    /// <summary>Replaces a step's gates by the gradients of their sums, and the slopes by those that it hands on; the first step hands on none.</summary>
    /// <param name="weights">The layer's parameters.</param>
    /// <param name="step">The step.</param>
    protected abstract void Back(ref T weights, int step);

    /// <summary>The gradients of all parameters, from both histories.</summary>
    /// <param name="gradient">Receives them.</param>
    protected abstract void Gradients(Span<T> gradient);

    /// <summary>a += b, of whole vectors.</summary>
    private static void Add(Span<T> a, ReadOnlySpan<T> b)
    {
        Span<Vector512<T>> to = MemoryMarshal.Cast<T, Vector512<T>>(a);
        ReadOnlySpan<Vector512<T>> from = MemoryMarshal.Cast<T, Vector512<T>>(b);
        for (int n = 0; n < to.Length; n++)
            to[n] += from[n];
    }
}
