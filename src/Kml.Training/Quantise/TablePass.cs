using System;
using System.Numerics;
using Kml.Model;
using Kml.Model.Lowering;
using Kml.Training.Layers;

namespace Kml.Training.Quantise;

/// <summary>
/// Sigmoid and tanh by the twin's own tables. Backward takes the slope of the function itself at the output, and none where the table's input saturates.
/// </summary>
/// <typeparam name="T">The type of all numbers.</typeparam>
internal sealed class TablePass<T> : LayerPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ActivationTable _table;
    private readonly bool _sigmoid;
    private readonly double _scale;

    /// <summary>Takes the table.</summary>
    /// <param name="shape">What the layer takes and gives for a row.</param>
    /// <param name="rows">Rows of a batch.</param>
    /// <param name="nonlinearity">Sigmoid or tanh.</param>
    internal TablePass(LayerShape shape, int rows, Nonlinearity nonlinearity)
        : base(shape, shape, rows)
    {
        _sigmoid = nonlinearity == Nonlinearity.Sigmoid;
        LayerActivation activation = _sigmoid ? LayerActivation.Sigmoid : LayerActivation.Tanh;
        _table = ActivationTable.Of(activation);
        _scale = 1 << DenseStage.FractionBits(activation)!.Value;
    }

    /// <inheritdoc/>
    internal override void Initialise(Span<T> parameters, Randomness random)
    {
    }

    /// <inheritdoc/>
    internal override void Forward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y, bool training)
    {
        y = y[..x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            int value = _table.Lookup(short.CreateSaturating(Math.Floor((double.CreateChecked(x[i]) * _scale) + 0.5)));
            y[i] = T.CreateChecked(value / Quantiser.TableScale);
        }
    }

    /// <inheritdoc/>
    internal override void Backward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> dy, Span<T> dx, Span<T> gradient)
    {
        if (dx.IsEmpty)
            return;
        dx = dx[..x.Length];
        T least = T.CreateChecked(short.MinValue / _scale), greatest = T.CreateChecked(short.MaxValue / _scale);
        for (int i = 0; i < x.Length; i++)
        {
            T slope = _sigmoid ? y[i] * (T.One - y[i]) : T.One - (y[i] * y[i]);
            dx[i] = x[i] >= least && x[i] <= greatest ? dy[i] * slope : T.Zero;
        }
    }
}
