using System;
using System.Linq;
using System.Numerics;
using Kml.Training.Layers;
using Kml.Training.Tensors;
using Shouldly;

namespace Kml.Training.Tests.Layers;

/// <summary>One layer over one batch, with inputs, parameters and gradients at the outputs drawn from a seed.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class LayerBed<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TensorPool _pool = new();

    internal LayerBed(Layer layer, LayerShape input, int rows, int seed)
    {
        LayerShape output = layer.Output(input);
        Random random = new(seed);
        Pass = layer.Pass<T>(input, rows, _pool);
        Parameters = Draw(layer.ParameterCount(input));
        X = Draw(input.Steps * input.Units * rows);
        Slopes = Draw(output.Steps * output.Units * rows);
        Y = new T[Slopes.Length];
        Dx = new T[X.Length];
        Gradient = [.. Parameters.Select(_ => T.NaN)];

        T[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => T.CreateChecked((random.NextDouble() * 3) - 1.5))];
    }

    internal LayerPass<T> Pass { get; }

    internal T[] Parameters { get; }

    internal T[] X { get; }

    internal T[] Y { get; }

    internal T[] Slopes { get; }

    internal T[] Dx { get; }

    internal T[] Gradient { get; }

    public void Dispose() => _pool.Dispose();

    internal void Forward() => Pass.Forward(Parameters, X, Y, training: true);

    internal void Backward() => Pass.Backward(Parameters, X, Y, [.. Slopes], Dx, Gradient);

    /// <summary>Whatever lies under the layer, the sum of slopes times outputs must change as the gradients say.</summary>
    internal void ShouldAgreeWithFiniteDifferences(double tolerance = 1e-6, Func<int, bool>? moves = null)
    {
        Forward();
        Array.Fill(Dx, T.NaN);
        Backward();
        T[] dx = [.. Dx], gradient = [.. Gradient];
        for (int i = 0; i < Parameters.Length; i++)
            double.CreateChecked(gradient[i]).ShouldBe(Slope(Parameters, i), tolerance, $"parameter {i}");
        for (int i = 0; i < X.Length; i++)
        {
            if (moves?.Invoke(i) ?? true)
                double.CreateChecked(dx[i]).ShouldBe(Slope(X, i), tolerance, $"input {i}");
        }

        Forward();
        T[] without = [.. gradient];
        Pass.Backward(Parameters, X, Y, [.. Slopes], [], without);
        without.ShouldBe(gradient);
    }

    private double Slope(T[] values, int i)
    {
        const double step = 1e-5;
        T at = values[i];
        values[i] = at + T.CreateChecked(step);
        double above = Sum();
        values[i] = at - T.CreateChecked(step);
        double below = Sum();
        values[i] = at;
        return (above - below) / (2 * step);
    }

    private double Sum()
    {
        Forward();
        return Y.Zip(Slopes, (y, slope) => double.CreateChecked(y) * double.CreateChecked(slope)).Sum();
    }
}
