using System;
using System.Collections.Generic;
using System.Numerics;

namespace Kml.Training.Optimisation;

/// <summary>What an optimiser remembers from step to step.</summary>
/// <typeparam name="T">The type of the parameters.</typeparam>
internal abstract class OptimiserState<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Steps taken.</summary>
    internal long Steps { get; set; }

    /// <summary>What a checkpoint has to keep beside <see cref="Steps"/>, by name; the arrays themselves, to be read or filled.</summary>
    internal abstract IReadOnlyList<(string Name, T[] Values)> Memory { get; }

    /// <summary>Takes a step.</summary>
    /// <param name="parameters">The parameters, changed in place.</param>
    /// <param name="gradient">The gradient.</param>
    /// <param name="rate">The learning rate.</param>
    internal abstract void Step(Span<T> parameters, ReadOnlySpan<T> gradient, double rate);
}
