using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Optimisation;

/// <summary>
/// Stochastic gradient descent. With g the gradient plus <paramref name="WeightDecay"/> times the parameters, the velocity becomes <paramref name="Momentum"/>
/// times itself plus g, and the step is along it; Nesterov's looks a step ahead: along g plus momentum times the velocity (Sutskever et al. 2013).
/// </summary>
/// <param name="Momentum">0 for none; below 1.</param>
/// <param name="Nesterov">Whether to look ahead; needs momentum.</param>
/// <param name="WeightDecay">0 for none.</param>
public sealed record Sgd(double Momentum = 0, bool Nesterov = false, double WeightDecay = 0) : Optimiser
{
    /// <inheritdoc/>
    internal override OptimiserState<T> Start<T>(int length)
    {
        OptimiserSettings.Factor("momentum", Momentum);
        OptimiserSettings.NotNegative("weight decay", WeightDecay);
        if (Nesterov && Momentum == 0)
            throw new TrainingException("Nesterov's step looks ahead along the velocity: give it a momentum above 0.");
        return new State<T>(this, length);
    }

    private sealed class State<T>(Sgd sgd, int length) : OptimiserState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T[] _velocity = new T[sgd.Momentum == 0 ? 0 : length];

        internal override IReadOnlyList<(string Name, T[] Values)> Memory => sgd.Momentum == 0 ? [] : [("velocity", _velocity)];

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        internal override void Step(Span<T> parameters, ReadOnlySpan<T> gradient, double rate)
        {
            Steps++;
            Vector512<T> step = Vector512.Create(T.CreateChecked(rate)),
                momentum = Vector512.Create(T.CreateChecked(sgd.Momentum)),
                decay = Vector512.Create(T.CreateChecked(sgd.WeightDecay));
            Span<Vector512<T>> p = MemoryMarshal.Cast<T, Vector512<T>>(parameters), velocity = MemoryMarshal.Cast<T, Vector512<T>>(_velocity.AsSpan());
            ReadOnlySpan<Vector512<T>> g = MemoryMarshal.Cast<T, Vector512<T>>(gradient)[..p.Length];
            for (int i = 0; i < p.Length; i++)
            {
                Vector512<T> along = g[i] + (p[i] * decay);
                if (velocity.Length > 0)
                {
                    velocity[i] = (velocity[i] * momentum) + along;
                    along = sgd.Nesterov ? along + (velocity[i] * momentum) : velocity[i];
                }

                p[i] -= along * step;
            }
        }
    }
}
