using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kml.Training.Layers;

namespace Kml.Training.Losses;

/// <summary>A loss of one output.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal interface IScalarLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The losses of a vector of rows.</summary>
    /// <param name="y">Outputs.</param>
    /// <param name="target">Labels.</param>
    /// <param name="slope">Their derivatives by the outputs.</param>
    /// <returns>The losses.</returns>
    Vector512<T> At(Vector512<T> y, Vector512<T> target, out Vector512<T> slope);
}

/// <summary>Runs a loss of one output over a batch.</summary>
internal static class ScalarLoss
{
    /// <summary>Checks that the network has one output.</summary>
    internal static void Check(Loss loss, int units)
    {
        if (units != 1)
        {
            throw new TrainingException($"{loss.GetType().Name} takes one output and the network has {units}: "
                + "end it with a layer of 1 unit, or choose a loss for classes.");
        }
    }

    /// <summary>Loss and gradient of a batch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double Run<T, TLoss>(TLoss loss, ReadOnlySpan<T> y, ReadOnlySpan<T> targets, ReadOnlySpan<T> weights, T share, Span<T> dy)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLoss : struct, IScalarLoss<T>
    {
        ReadOnlySpan<Vector512<T>> values = MemoryMarshal.Cast<T, Vector512<T>>(y),
            labels = MemoryMarshal.Cast<T, Vector512<T>>(targets)[..values.Length],
            weight = MemoryMarshal.Cast<T, Vector512<T>>(weights)[..values.Length];
        Span<Vector512<T>> d = MemoryMarshal.Cast<T, Vector512<T>>(dy)[..values.Length];
        Vector512<T> sum = Vector512<T>.Zero, shares = Vector512.Create(share);
        for (int v = 0; v < values.Length; v++)
        {
            Vector512<T> counts = ~Vector512.Equals(weight[v], Vector512<T>.Zero);
            Vector512<T> lost = loss.At(values[v], labels[v], out Vector512<T> slope);
            sum += (lost * weight[v]) & counts;
            d[v] = (slope * (weight[v] * shares)) & counts;
        }

        return double.CreateChecked(RowVector.Sum(sum));
    }
}
