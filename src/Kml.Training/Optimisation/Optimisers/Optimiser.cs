using System.Numerics;

namespace Kml.Training.Optimisation;

/// <summary>How parameters follow the gradient. A declaration; what it remembers from step to step is an <see cref="OptimiserState{T}"/>.</summary>
public abstract record Optimiser
{
    /// <summary>Takes the memory for a number of parameters.</summary>
    /// <typeparam name="T">The type of the parameters.</typeparam>
    /// <param name="length">The number of parameters, padded to a multiple of 16.</param>
    /// <returns>The state before the first step.</returns>
    internal abstract OptimiserState<T> Start<T>(int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
