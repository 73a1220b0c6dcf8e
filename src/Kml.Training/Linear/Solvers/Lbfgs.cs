using System;
using System.Collections.Generic;

namespace Kml.Training.Linear;

/// <summary>
/// Limited-memory BFGS (Liu and Nocedal 1989) with a bisecting search for the weak Wolfe conditions (Lewis and Overton 2013): for parameters too many for a
/// Hessian.
/// </summary>
internal static class Lbfgs
{
    private const int Memory = 10;
    private const int MostTrials = 40;
    private const double SufficientDecrease = 1e-4;
    private const double SlopeLeft = 0.9;

    /// <summary>A function of parameters with its gradient.</summary>
    /// <param name="at">The parameters.</param>
    /// <param name="gradient">Receives the gradient.</param>
    /// <returns>The value.</returns>
    internal delegate double Function(double[] at, Span<double> gradient);

    /// <summary>Bytes that a run takes.</summary>
    /// <param name="parameters">The number of parameters.</param>
    /// <returns>The bytes.</returns>
    internal static long Bytes(long parameters) => ((2L * Memory) + 7) * parameters * sizeof(double);

    /// <summary>Minimises, from 0.</summary>
    /// <param name="function">What to minimise.</param>
    /// <param name="parameters">The number of its parameters.</param>
    /// <param name="tolerance">The largest slope that counts as none.</param>
    /// <param name="mostIterations">The most steps.</param>
    /// <returns>Parameters, steps, and the largest slope that is left.</returns>
    internal static (double[] Parameters, int Iterations, double Slope) Run(Function function, int parameters, double tolerance, int mostIterations)
    {
        double[] at = new double[parameters], gradient = new double[parameters];
        double value = function(at, gradient);
        LinkedList<(double[] Step, double[] Change, double Inverse)> past = new();
        int iteration = 0;
        while (iteration < mostIterations && Largest(gradient) > tolerance)
        {
            double[] direction = Direction(gradient, past);
            if (Search(function, at, value, gradient, direction) is not var (next, nextGradient, nextValue))
                break; // Rounding has the last word.
            iteration++;
            double[] step = [.. next], change = [.. nextGradient];
            Rows.AddScaled(at, -1, step);
            Rows.AddScaled(gradient, -1, change);
            double product = Rows.Dot(step, change);
            if (product > 0)
                past.AddLast((step, change, 1 / product));
            if (past.Count > Memory)
                past.RemoveFirst();
            (at, gradient, value) = (next, nextGradient, nextValue);
        }

        return (at, iteration, Largest(gradient));
    }

    /// <summary>The largest magnitude.</summary>
    /// <param name="values">Numbers.</param>
    /// <returns>It.</returns>
    internal static double Largest(ReadOnlySpan<double> values)
    {
        double largest = 0;
        foreach (double value in values)
            largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }

    /// <summary>The two-loop recursion: minus the inverse Hessian, as far as the last steps tell, times the gradient.</summary>
    private static double[] Direction(double[] gradient, LinkedList<(double[] Step, double[] Change, double Inverse)> past)
    {
        double[] direction = new double[gradient.Length];
        Rows.AddScaled(gradient, -1, direction);
        Stack<double> shares = new();
        for (LinkedListNode<(double[] Step, double[] Change, double Inverse)>? node = past.Last; node is not null; node = node.Previous)
        {
            double share = node.Value.Inverse * Rows.Dot(node.Value.Step, direction);
            Rows.AddScaled(node.Value.Change, -share, direction);
            shares.Push(share);
        }

        if (past.Last is { Value: var last })
        {
            double scale = 1 / (last.Inverse * Rows.Dot(last.Change, last.Change));
            for (int i = 0; i < direction.Length; i++)
                direction[i] *= scale;
        }

        foreach ((double[] step, double[] change, double inverse) in past)
            Rows.AddScaled(step, shares.Pop() - (inverse * Rows.Dot(change, direction)), direction);
        return direction;
    }

    private static (double[] At, double[] Gradient, double Value)? Search(Function function, double[] at, double value, double[] gradient, double[] direction)
    {
        double slope = Rows.Dot(gradient, direction), least = 0, most = double.PositiveInfinity, rate = 1;
        for (int trial = 0; trial < MostTrials; trial++)
        {
            double[] next = [.. at], nextGradient = new double[at.Length];
            Rows.AddScaled(direction, rate, next);
            double nextValue = function(next, nextGradient);
            if (!(nextValue <= value + (SufficientDecrease * rate * slope)))
                most = rate;
            else if (Rows.Dot(nextGradient, direction) < SlopeLeft * slope)
                least = rate;
            else
                return (next, nextGradient, nextValue);
            rate = double.IsPositiveInfinity(most) ? 2 * least : (least + most) / 2;
        }

        return null;
    }
}
