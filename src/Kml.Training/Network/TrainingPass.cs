using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model.Lowering;

namespace Kml.Training;

/// <summary>
/// Forward and backward over batches of one fixed size. All memory is taken at the start; a step allocates nothing.
/// </summary>
internal sealed class TrainingPass
{
    private readonly DenseLoss _loss;
    private readonly int _batch;
    private readonly int _features;

    /// <summary>[0] the inputs, [l + 1] the outputs of layer l; each [unit][batch].</summary>
    private readonly float[][] _values;

    /// <summary>[l] the gradient at the outputs of layer l; [unit][batch].</summary>
    private readonly float[][] _gradients;
    private readonly float[] _targets;
    private readonly float[] _weights;

    /// <summary>Takes the memory for a network.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="batch">Rows of a batch, a multiple of <see cref="DenseKernels.RowsAtOnce"/>.</param>
    internal TrainingPass(NetworkShape shape, DenseLoss loss, int batch)
    {
        _loss = loss;
        _batch = batch;
        _features = shape.Features;
        Layout = ParameterLayout.Of(shape);
        _values = [new float[shape.Features * batch], .. Layout.Layers.Select(l => new float[l.Outputs * batch])];
        _gradients = [.. Layout.Layers.Select(l => new float[l.Outputs * batch])];
        _targets = new float[batch];
        _weights = new float[batch];
        Gradient = new float[Layout.Length];
    }

    /// <summary>Where parameters lie in <see cref="Gradient"/> and in the arrays given to <see cref="Forward"/>.</summary>
    internal ParameterLayout Layout { get; }

    /// <summary>The gradient of the batch's mean loss, after <see cref="Backward"/>.</summary>
    internal float[] Gradient { get; }

    /// <summary>Gathers a batch; the rows that are missing to a full one get weight 0.</summary>
    /// <param name="inputs">All inputs, [rows][features].</param>
    /// <param name="targets">All targets, [rows].</param>
    /// <param name="weights">All weights, [rows].</param>
    /// <param name="rows">The rows of this batch, at least 1 and at most a full batch.</param>
    internal void Load(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, ReadOnlySpan<int> rows)
    {
        Span<float> x = _values[0];
        for (int b = 0; b < _batch; b++)
        {
            int row = rows[b < rows.Length ? b : 0];
            ReadOnlySpan<float> from = inputs.Slice(row * _features, _features);
            for (int i = 0; i < from.Length; i++)
                x[(i * _batch) + b] = from[i];
            _targets[b] = targets[row];
            _weights[b] = b < rows.Length ? weights[row] : 0f;
        }
    }

    /// <summary>Computes the outputs of the loaded batch, its loss, and the gradient at the outputs.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <returns>The weighted sum of losses, and the sum of weights.</returns>
    internal (double Loss, double Weight) Forward(ReadOnlySpan<float> parameters)
    {
        IReadOnlyList<LayerSlice> layers = Layout.Layers;
        for (int l = 0; l < layers.Count; l++)
        {
            LayerSlice layer = layers[l];
            DenseKernels.Forward(parameters[layer.Weights..], parameters[layer.Bias..], _values[l], _values[l + 1], layer.Inputs, layer.Outputs, _batch);
            Activations.Forward(layer.Activation, _values[l + 1]);
        }

        return LossKernels.Run(_loss, _values[layers.Count], _targets, _weights, _gradients[layers.Count - 1]);
    }

    /// <summary>Computes <see cref="Gradient"/> after <see cref="Forward"/> with the same parameters.</summary>
    /// <param name="parameters">The parameters.</param>
    internal void Backward(ReadOnlySpan<float> parameters)
    {
        for (int l = Layout.Layers.Count - 1; l >= 0; l--)
        {
            LayerSlice layer = Layout.Layers[l];
            Activations.Backward(layer.Activation, _values[l + 1], _gradients[l]);
            DenseKernels.BackwardWeights(_values[l], _gradients[l], Gradient.AsSpan(layer.Weights), Gradient.AsSpan(layer.Bias), layer.Inputs, layer.Outputs, _batch);
            if (l > 0)
                DenseKernels.BackwardInput(parameters[layer.Weights..], _gradients[l], _gradients[l - 1], layer.Inputs, layer.Outputs, _batch);
        }
    }

    /// <summary>The mean loss of rows.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="order">0, 1, 2, … for as many rows.</param>
    /// <returns>The weighted mean.</returns>
    internal double MeanLoss(ReadOnlySpan<float> parameters, TrainingRows rows, ReadOnlySpan<int> order)
    {
        double loss = 0, weight = 0;
        for (int at = 0; at < order.Length; at += _batch)
        {
            Load(rows.Inputs, rows.Targets, rows.Weights, order.Slice(at, Math.Min(_batch, order.Length - at)));
            (double batchLoss, double batchWeight) = Forward(parameters);
            loss += batchLoss;
            weight += batchWeight;
        }

        return loss / weight;
    }
}

/// <summary>Rows as the network takes them.</summary>
/// <param name="Inputs">[rows][features], normalised.</param>
/// <param name="Targets">[rows]: normalised labels or class indices.</param>
/// <param name="Weights">[rows].</param>
internal sealed record TrainingRows(float[] Inputs, float[] Targets, float[] Weights);
