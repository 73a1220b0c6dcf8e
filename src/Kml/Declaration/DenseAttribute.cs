using System;

namespace Kml;

/// <summary>A dense layer, <c>y = activation(W x + b)</c>. Repeat it, in the order in which data passes.</summary>
/// <param name="units">The number of outputs, at least 1.</param>
/// <param name="activation">What is applied to each output.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DenseAttribute(int units, Activation activation = Activation.Identity) : Attribute
{
    /// <summary>The number of outputs.</summary>
    public int Units { get; } = units;

    /// <summary>What is applied to each output.</summary>
    public Activation Activation { get; } = activation;
}
