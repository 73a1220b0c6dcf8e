using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model.Lowering;
using Kml.Training.Layers;
using Kml.Training.Networks;

namespace Kml.Training.Quantise;

/// <summary>
/// Quantisation-aware training: forward computes what the integer twin will compute, in floating point, from weights that lie on the integers' grid;
/// gradients pass the roundings straight, to parameters that lie anywhere (Jacob and others 2018).
/// </summary>
internal sealed class IntegerPrecision : StepPrecision
{
    private readonly Grid[] _grids;
    private readonly ActivationRange[] _ranges;
    private readonly float[] _view;

    private IntegerPrecision(NetworkForm form, Grid[] grids, int length)
        : base(form)
    {
        _grids = grids;
        _ranges = [.. form.Layers.OfType<TwinActivationLayer>().Select(layer => layer.Range)];
        _view = new float[length];
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<(string Name, float[] Values)> Memory =>
        [.. _ranges.Select((range, l) => ($"range{l}", range.Memory))];

    /// <summary>Prepares a network.</summary>
    /// <param name="form">The network: dense layers with identity, relu, sigmoid or tanh; dropout may lie between.</param>
    /// <param name="weightBits">8 or 16.</param>
    /// <returns>What its steps do.</returns>
    /// <exception cref="TrainingException">The integer twin has no such layer.</exception>
    internal static IntegerPrecision Of(NetworkForm form, int weightBits)
    {
        Check(form);
        ModelProgram program = TwinProgram.OfScores(form);
        List<Layer> layers = [new TwinInputLayer()];
        List<Grid> grids = [];
        Func<double> inputScale = () => Quantiser.InputScale;
        for (int l = 0; l < form.Layers.Count; l++)
        {
            if (form.Layers[l] is DropoutLayer)
            {
                layers.Add(form.Layers[l]);
                continue;
            }

            if (form.Layers[l] is not DenseLayer dense)
                throw new NotSupportedException($"Integers round nothing behind a {form.Layers[l].GetType().Name}.");
            DenseStage stage = program.DenseLayers[grids.Count];
            ActivationRange range = new();
            WeightGrid integers = new(stage.Inputs, stage.Outputs, Quantiser.Greatest(weightBits));
            grids.Add(new Grid(integers, form.ParameterOffset(l), stage.MultiplyAdds, stage.Outputs, inputScale));
            layers.Add(dense with { Nonlinearity = Nonlinearity.Identity });
            if (!stage.GivesScores)
                layers.Add(new TwinActivationLayer(dense.Nonlinearity, range));
            inputScale = stage.IntegerFormat is not null ? () => Quantiser.TableScale : () => range.Scale > 0 ? range.Scale : Quantiser.TableScale;
        }

        return new IntegerPrecision(new NetworkForm(form.Input, new([.. layers])), [.. grids], form.ParameterOffset(form.Layers.Count));
    }

    /// <summary>Checks that the integer twin has all layers, and room for them.</summary>
    /// <param name="form">The network.</param>
    /// <exception cref="TrainingException">It has not; the message names the layer.</exception>
    internal static void Check(NetworkForm form)
    {
        if (form.Input.Steps != 1)
        {
            throw new TrainingException($"The network takes {form.Input.Steps} steps, and integers are for networks without: "
                + $"train it in {nameof(TrainingPrecision.Float32)}.");
        }

        if (form.Input.Units > ProgramShape.MaxWidth)
            throw TooWide($"The network takes {form.Input.Units} features");
        for (int l = 0; l < form.Layers.Count; l++)
        {
            if (form.Layers[l] is DenseLayer { Units: > ProgramShape.MaxWidth } wide)
                throw TooWide($"Layer {l} has {wide.Units} units");
            if (form.Layers[l] is not (DropoutLayer
                or DenseLayer { Nonlinearity: Nonlinearity.Identity or Nonlinearity.Relu or Nonlinearity.Sigmoid or Nonlinearity.Tanh }))
            {
                throw new TrainingException($"Layer {l} is {form.Layers[l]}, which has no form in integers: "
                    + "use dense layers with identity, relu, sigmoid or tanh (and dropout), "
                    + $"or train in {nameof(TrainingPrecision.Float32)} or {nameof(TrainingPrecision.BFloat16)}.");
            }
        }
    }

    /// <inheritdoc/>
    internal override ReadOnlySpan<float> View(ReadOnlySpan<float> parameters)
    {
        foreach (Grid grid in _grids)
        {
            ReadOnlySpan<float> weights = parameters.Slice(grid.Offset, grid.Weights), bias = parameters.Slice(grid.Offset + grid.Weights, grid.Outputs);
            grid.Integers.Fit(weights, bias, grid.InputScale());
            grid.Integers.View(weights, bias, _view.AsSpan(grid.Offset, grid.Weights), _view.AsSpan(grid.Offset + grid.Weights, grid.Outputs));
        }

        return _view;
    }

    /// <inheritdoc/>
    internal override void Stepped(Span<float> parameters, ulong key)
    {
        foreach (ActivationRange range in _ranges)
            range.Advance();
    }

    private static TrainingException TooWide(string what) => new(
        $"{what}, and integers are for at most {ProgramShape.MaxWidth}: use fewer, "
            + $"or train in {nameof(TrainingPrecision.Float32)} or {nameof(TrainingPrecision.BFloat16)}.");

    /// <summary>A dense layer.</summary>
    /// <param name="Integers">Its integers.</param>
    /// <param name="Offset">Where its parameters begin.</param>
    /// <param name="Weights">How many weights it has, before its biases.</param>
    /// <param name="Outputs">How many outputs.</param>
    /// <param name="InputScale">Integer units of an input of 1.</param>
    private sealed record Grid(WeightGrid Integers, int Offset, int Weights, int Outputs, Func<double> InputScale);
}
