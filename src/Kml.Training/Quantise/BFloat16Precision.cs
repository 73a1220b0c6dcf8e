using System;
using Kml.Training.Networks;

namespace Kml.Training.Quantise;

/// <summary>Parameters that are bfloat16 after every step.</summary>
/// <param name="form">The network.</param>
internal sealed class BFloat16Precision(NetworkForm form) : StepPrecision(form)
{
    /// <inheritdoc/>
    internal override void Stepped(Span<float> parameters, ulong key) => StochasticRounding.ToBFloat16(parameters, new CounterRandomness(key), 0);
}
