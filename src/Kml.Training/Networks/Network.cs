using System;
using System.Collections.Generic;
using System.Numerics;
using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Tensors;

namespace Kml.Training.Networks;

/// <summary>
/// Forward and backward of a whole network with its loss, over batches (or shards of batches) of one size. All memory is taken at the start;
/// a step allocates nothing. The caller fills <see cref="Input"/>, <see cref="Targets"/> and <see cref="Weights"/>; rows that it does not have get weight 0.
/// </summary>
/// <typeparam name="T">float to train; double to check gradients and to compare.</typeparam>
internal sealed class Network<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Each layer's parameters begin at a multiple of this.</summary>
    internal const int ParameterMultiple = 16;

    private readonly TensorPool _pool = new();
    private readonly Loss _loss;
    private readonly LayerPass<T>[] _passes;
    private readonly ParameterSlice[] _slices;

    /// <summary>[0] the inputs, [l + 1] the outputs of layer l.</summary>
    private readonly Tensor<T>[] _values;

    /// <summary>[l] the gradient at the outputs of layer l.</summary>
    private readonly Tensor<T>[] _slopes;
    private readonly Tensor<T> _targets;
    private readonly Tensor<T> _weights;
    private readonly int _firstLearning;

    /// <summary>Takes the memory for a network.</summary>
    /// <param name="form">The network.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="rows">Rows of a batch, a multiple of <see cref="LayerPass{T}.RowMultiple"/>.</param>
    /// <exception cref="TrainingException">Layers do not fit together, or the loss does not fit the last one.</exception>
    internal Network(NetworkForm form, Loss loss, int rows)
    {
        if (rows < 1 || rows % LayerPass<T>.RowMultiple != 0)
            throw new ArgumentOutOfRangeException(nameof(rows), rows, $"Not a multiple of {LayerPass<T>.RowMultiple}.");
        if (form.Layers.Count == 0)
            throw new TrainingException("The network has no layers: it needs at least one.");
        LayerShape[] shapes = form.Shapes();
        loss.Check(shapes[^1].Units);
        _loss = loss;
        Form = form;
        Rows = rows;
        _passes = new LayerPass<T>[form.Layers.Count];
        _slices = new ParameterSlice[_passes.Length];
        _values = new Tensor<T>[shapes.Length];
        _slopes = new Tensor<T>[_passes.Length];
        int steps = shapes[^1].Steps;
        Intake = Take(new LayerShape(1, ArraySize.Sum("The values of a row", shapes[0].Length, 2L * steps)));
        int inputs = shapes[0].Length * rows;
        _values[0] = Intake.Part(0, new TensorShape(shapes[0].Steps, shapes[0].Units, rows));
        _targets = Intake.Part(inputs, new TensorShape(steps, 1, rows));
        _weights = Intake.Part(inputs + (steps * rows), new TensorShape(steps, 1, rows));
        _firstLearning = _passes.Length;
        for (int l = 0; l < _passes.Length; l++)
        {
            _passes[l] = form.Layers[l].Pass<T>(shapes[l], rows, _pool);
            _values[l + 1] = Take(shapes[l + 1]);
            _slopes[l] = Take(shapes[l + 1]);
            _slices[l] = new ParameterSlice(ParameterLength, form.Layers[l].ParameterCount(shapes[l]));
            ParameterLength = ArraySize.Sum("The parameters of the network", ParameterLength, _slices[l].Count, ParameterMultiple - 1)
                / ParameterMultiple * ParameterMultiple;
            if (_slices[l].Count > 0)
                _firstLearning = Math.Min(_firstLearning, l);
        }

        Tensor<T> Take(LayerShape shape) => _pool.Take<T>(new TensorShape(shape.Steps, shape.Units, rows));
    }

    /// <summary>The network as it is declared.</summary>
    internal NetworkForm Form { get; }

    /// <summary>Rows of a batch.</summary>
    internal int Rows { get; }

    /// <summary>Input, targets and weights, one after another: a packed row, transposed.</summary>
    internal Tensor<T> Intake { get; }

    /// <summary>What comes in, [step][feature][row]; filled by the caller.</summary>
    internal Tensor<T> Input => _values[0];

    /// <summary>Labels, [step of the output][row]; filled by the caller.</summary>
    internal Span<T> Targets => _targets.Span;

    /// <summary>What each row counts for, [step of the output][row]; filled by the caller. Where it is 0, the rest of the row need only be finite.</summary>
    internal Span<T> Weights => _weights.Span;

    /// <summary>The sum of <see cref="Weights"/>.</summary>
    internal double TotalWeight
    {
        get
        {
            double sum = 0;
            foreach (T weight in Weights)
                sum += double.CreateChecked(weight);
            return sum;
        }
    }

    /// <summary>What comes out, [step][unit][row].</summary>
    internal Tensor<T> Outputs => _values[^1];

    /// <summary>What a layer gives, [step][unit][row].</summary>
    /// <param name="layer">The layer; -1 for the input.</param>
    /// <returns>The numbers.</returns>
    internal Tensor<T> Values(int layer) => _values[layer + 1];

    /// <summary>Parameters of all layers, padding counted.</summary>
    internal int ParameterLength { get; }

    /// <summary>Where each layer's parameters lie.</summary>
    internal IReadOnlyList<ParameterSlice> Slices => _slices;

    /// <summary>Bytes of the memory taken.</summary>
    internal long Bytes => _pool.Bytes;

    /// <summary>Sets first weights; the padding is set to 0.</summary>
    /// <param name="parameters">The parameters, <see cref="ParameterLength"/> of them.</param>
    /// <param name="random">The source.</param>
    internal void Initialise(Span<T> parameters, Randomness random)
    {
        parameters.Clear();
        for (int l = 0; l < _passes.Length; l++)
            _passes[l].Initialise(Of(parameters, l), random);
    }

    /// <summary>Says which training step comes and where its rows lie in the batch. Needed before a training step of a network with layers that draw.</summary>
    /// <param name="key">A function of the seed and the step.</param>
    /// <param name="firstRow">The place of row 0 in the whole batch, of which these rows may be a shard.</param>
    internal void Begin(ulong key, int firstRow)
    {
        CounterRandomness random = new(key);
        for (int l = 0; l < _passes.Length; l++)
        {
            if (_passes[l].Draws)
                _passes[l].Begin(random.Draw((ulong)l), firstRow);
        }
    }

    /// <summary>Computes <see cref="Outputs"/>, their loss, and the gradient at the outputs.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="share">1 over the sum of weights of the whole batch, of which these rows may be a shard.</param>
    /// <param name="training">Whether this is a training step (dropout drops) or an evaluation.</param>
    /// <returns>The weighted sum of losses.</returns>
    internal double Forward(ReadOnlySpan<T> parameters, T share, bool training)
    {
        Predict(parameters, training);
        LayerShape output = _passes[^1].Output;
        int length = output.Units * Rows;
        double sum = 0;
        for (int step = 0; step < output.Steps; step++)
        {
            sum += _loss.Run(
                Outputs.Span.Slice(step * length, length),
                Targets.Slice(step * Rows, Rows),
                Weights.Slice(step * Rows, Rows),
                share,
                _slopes[^1].Span.Slice(step * length, length));
        }

        return sum;
    }

    /// <summary>Computes <see cref="Outputs"/> alone.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="training">Whether dropout drops.</param>
    internal void Predict(ReadOnlySpan<T> parameters, bool training = false)
    {
        for (int l = 0; l < _passes.Length; l++)
            _passes[l].Forward(parameters.Slice(_slices[l].Offset, _slices[l].Count), _values[l].Span, _values[l + 1].Span, training);
    }

    /// <summary>Computes the gradient of the batch's weighted mean loss, after <see cref="Forward"/> with the same parameters.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="gradient">Receives (is set to) the gradient; its padding stays as it is and should be 0.</param>
    internal void Backward(ReadOnlySpan<T> parameters, Span<T> gradient)
    {
        for (int l = _passes.Length - 1; l >= _firstLearning; l--)
        {
            _passes[l].Backward(
                parameters.Slice(_slices[l].Offset, _slices[l].Count),
                _values[l].Span,
                _values[l + 1].Span,
                _slopes[l].Span,
                l > _firstLearning ? _slopes[l - 1].Span : [],
                Of(gradient, l));
        }
    }

    /// <summary>Forgets the recurrent state of rows whose entity begins anew.</summary>
    /// <param name="fresh">[row]; true where a new sequence begins with the next batch. Rows beyond its end keep theirs.</param>
    internal void Reset(ReadOnlySpan<bool> fresh)
    {
        foreach (LayerPass<T> pass in _passes)
            pass.Reset(fresh);
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => _pool.Dispose();

    private Span<T> Of(Span<T> parameters, int l) => parameters.Slice(_slices[l].Offset, _slices[l].Count);
}
