using System;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kml.Training.Layers;
using Kml.Training.Networks;
using Kml.Training.Quantise;

namespace Kml.Training;

/// <summary>A fitted network with its normalisation. What lies below its last layer with weights, its trunk, embeds rows for small heads.</summary>
public sealed class NetworkPredictor : IPredictor, IEmbedding
{
    /// <summary>Rows that are run at once.</summary>
    internal const int BlockRows = 64;

    private static readonly bool[] Fresh = [.. Enumerable.Repeat(true, BlockRows)];

    private readonly float[] _parameters;
    private readonly NetworkForm _run;
    private readonly bool _oneScore;
    private readonly SpareNetworks _networks;
    private readonly int _trunk;

    /// <summary>Takes a network.</summary>
    /// <param name="form">The network as it is declared.</param>
    /// <param name="run">The same, or with the roundings of the precision that it was trained for.</param>
    /// <param name="classes">0 for a regression.</param>
    /// <param name="parameters">Its parameters, padded.</param>
    /// <param name="normalisation">Its normalisation.</param>
    /// <param name="precision">For which numbers it was trained.</param>
    /// <param name="networks">Networks of <paramref name="run"/> with <see cref="BlockRows"/> rows, to share with other predictors; null for its own.</param>
    internal NetworkPredictor(
        NetworkForm form,
        NetworkForm run,
        int classes,
        float[] parameters,
        Normalisation normalisation,
        TrainingPrecision precision,
        SpareNetworks? networks = null)
    {
        Form = form;
        Width = form.Input.Length;
        Classes = classes;
        Normalisation = normalisation;
        Precision = precision;
        _parameters = parameters;
        _run = run;
        _oneScore = classes > 0 && run.Output.Units == 1;
        _networks = networks ?? new SpareNetworks(run, BlockRows);
        Network<float> first = _networks.Take();
        _trunk = Enumerable.Range(0, run.Layers.Count).LastOrDefault(l => first.Slices[l].Count > 0) - 1;
        EmbeddingWidth = run.Shapes()[_trunk + 1].Length;
        _networks.Return(first);
    }

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public int EmbeddingWidth { get; }

    /// <inheritdoc/>
    public int Classes { get; }

    /// <inheritdoc/>
    /// <remarks>Of integers: their arrays in the module's struct of weights, which holds two weights in 8 bytes.</remarks>
    public long SizeBytes
    {
        get
        {
            long label = Classes > 0 ? 0 : 2 * sizeof(float);
            return Precision switch
            {
                TrainingPrecision.Int16 or TrainingPrecision.Int8 => TwinProgram.Bytes(Form, Classes),
                TrainingPrecision.BFloat16 => (2L * Form.ParameterCount) + (2L * sizeof(float) * Width) + label,
                _ => (sizeof(float) * (Form.ParameterCount + (2L * Width))) + label,
            };
        }
    }

    /// <summary>The network as it is declared.</summary>
    public NetworkForm Form { get; }

    /// <summary>For which numbers it was trained.</summary>
    public TrainingPrecision Precision { get; }

    /// <summary>All parameters, layer after layer, each layer's at a multiple of 16.</summary>
    public ReadOnlySpan<float> Parameters => _parameters;

    /// <summary>Its normalisation.</summary>
    internal Normalisation Normalisation { get; }

    /// <summary>The parameters of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <returns>The parameters, in the order that the layer states.</returns>
    public ReadOnlySpan<float> LayerParameters(int layer) =>
        _parameters.AsSpan(Form.ParameterOffset(layer), Form.Layers[layer].ParameterCount(Form.Shapes()[layer]));

    /// <summary>The same network as the kernel computes it without the FPU: quantised, and run by the reference of the emitted integer code.</summary>
    /// <param name="train">The rows that the network was trained on: scales and ranges are chosen on them.</param>
    /// <returns>The integer predictor; of a classification it tells the class and no probabilities: the chosen one gets 1.</returns>
    /// <exception cref="TrainingException">The network has no form in integers.</exception>
    /// <remarks>
    /// Weights have 8 bits if they were trained for <see cref="TrainingPrecision.Int8"/>, else 16; trained for anything but integers they are quantised
    /// afterwards.
    /// </remarks>
    public IPredictor ToIntegers(Samples train)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (train.Width != Width || train.Classes != Classes)
        {
            throw new TrainingException($"The network takes {Width} features and gives {Classes} classes; the rows have {train.Width} and {train.Classes}. "
                + "Give the rows that it was trained on.");
        }

        return IntegerPredictor.Of(Form, Normalisation, _parameters, train, Precision == TrainingPrecision.Int8 ? 8 : 16);
    }

    /// <summary>The same parameters for another workload, whose features lie elsewhere.</summary>
    /// <param name="rows">Rows of that workload; their labels are not looked at, so there can be many more of them than of labels.</param>
    /// <returns>The network, with features normalised by these rows.</returns>
    /// <exception cref="TrainingException">The rows have other features, or none of them has a weight.</exception>
    public NetworkPredictor For(Samples rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Width != Width)
        {
            throw new TrainingException($"The network takes {Width} features, and rows of the other workload have {rows.Width}: "
                + "take them from the same model.");
        }

        if (rows.Weights.IndexOfAnyExcept(0f) < 0)
        {
            throw new TrainingException($"None of {rows.Count} rows of the other workload has a weight: there is nothing to normalise features by. "
                + "Collect some first.");
        }

        return new NetworkPredictor(Form, _run, Classes, _parameters, Normalisation.For(rows, Form), Precision, _networks);
    }

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> features, int rows, Span<float> outputs)
    {
        Network<float> network = _networks.Take();
        for (int at = 0; at < rows; at += BlockRows)
        {
            int count = Math.Min(BlockRows, rows - at);
            Run(network, features, at, count, rows);
            Finish(network.Outputs.Span);
            if (_oneScore)
                Complement(network.Outputs.Span, outputs, at, count, rows);
            else
                Copy(network.Outputs.Span, outputs, at, count, rows);
        }

        _networks.Return(network);
    }

    /// <inheritdoc/>
    public void Embed(ReadOnlySpan<float> features, int rows, Span<float> embedding)
    {
        Network<float> network = _networks.Take();
        for (int at = 0; at < rows; at += BlockRows)
        {
            int count = Math.Min(BlockRows, rows - at);
            Run(network, features, at, count, rows);
            Copy(network.Values(_trunk).Span, embedding, at, count, rows);
        }

        _networks.Return(network);
    }

    /// <summary>The same network with other parameters.</summary>
    /// <param name="parameters">The parameters, padded.</param>
    /// <returns>The network.</returns>
    internal NetworkPredictor With(float[] parameters) => new(Form, _run, Classes, parameters, Normalisation, Precision, _networks);

    private static void Copy(ReadOnlySpan<float> block, Span<float> to, int at, int count, int rows)
    {
        for (int unit = 0; unit < block.Length / BlockRows; unit++)
            block.Slice(unit * BlockRows, count).CopyTo(to.Slice((unit * rows) + at, count));
    }

    private static void Complement(ReadOnlySpan<float> block, Span<float> to, int at, int count, int rows)
    {
        for (int row = 0; row < count; row++)
        {
            to[at + row] = 1f - block[row];
            to[rows + at + row] = block[row];
        }
    }

    /// <summary>Softmax of the scores of 16 rows.</summary>
    private static void Softmax(Span<Vector512<float>> y, int first, int stride)
    {
        Vector512<float> greatest = y[first], sum = Vector512<float>.Zero;
        for (int at = first; at < y.Length; at += stride)
            greatest = Vector512.Max(greatest, y[at]);
        for (int at = first; at < y.Length; at += stride)
        {
            y[at] = VectorMath.Exp(y[at] - greatest);
            sum += y[at];
        }

        for (int at = first; at < y.Length; at += stride)
            y[at] /= sum;
    }

    private void Run(Network<float> network, ReadOnlySpan<float> features, int at, int count, int rows)
    {
        Span<float> x = network.Input.Span;
        if (count < BlockRows)
            x.Clear();
        for (int f = 0; f < Width; f++)
        {
            ReadOnlySpan<float> column = features.Slice((f * rows) + at, count);
            Span<float> to = x.Slice(f * BlockRows, count);
            float mean = Normalisation.Mean[f], inverse = Normalisation.InverseDeviation[f];
            for (int row = 0; row < to.Length; row++)
                to[row] = (column[row] - mean) * inverse;
        }

        network.Reset(Fresh);
        network.Predict(_parameters);
    }

    /// <summary>Makes probabilities of scores, or labels of normalised ones.</summary>
    private void Finish(Span<float> scores)
    {
        Span<Vector512<float>> y = MemoryMarshal.Cast<float, Vector512<float>>(scores);
        int stride = BlockRows / Vector512<float>.Count;
        for (int v = 0; v < stride; v++)
        {
            if (Classes == 0)
                y[v] = (y[v] * Normalisation.LabelScale) + Vector512.Create(Normalisation.LabelMean);
            else if (_oneScore)
                y[v] = VectorMath.Sigmoid(y[v]);
            else
                Softmax(y, v, stride);
        }
    }
}
