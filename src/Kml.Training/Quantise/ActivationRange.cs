using System;
using System.Threading;

namespace Kml.Training.Quantise;

/// <summary>
/// The range of a layer's outputs as training goes: it follows what a step sees upwards at once and downwards by a hundredth a step.
/// All shards of a step round by the range before it; the greatest of what they see does not depend on which was first.
/// </summary>
internal sealed class ActivationRange
{
    private const float Follows = 0.01f;

    private int _seen;

    /// <summary>[0] the range, 0 before anything was seen: what a checkpoint keeps.</summary>
    internal float[] Memory { get; } = [0f];

    /// <summary>Integer units of 1, as the quantiser takes them for that range; 0 before anything was seen.</summary>
    internal double Scale => Memory[0] == 0f ? 0.0 : Quantiser.HiddenScale(Memory[0]);

    /// <summary>Notes a magnitude; from any thread.</summary>
    /// <param name="magnitude">Not negative. The bits of such floats are ordered as they are.</param>
    internal void See(float magnitude)
    {
        int bits = BitConverter.SingleToInt32Bits(magnitude), seen = _seen;
        while (bits > seen)
            seen = Interlocked.CompareExchange(ref _seen, bits, seen) is int now && now == seen ? bits : now;
    }

    /// <summary>Ends a step.</summary>
    internal void Advance()
    {
        float seen = BitConverter.Int32BitsToSingle(_seen);
        if (_seen == 0)
            return;
        _seen = 0;
        Memory[0] = Math.Max(seen, Memory[0] + ((seen - Memory[0]) * Follows));
    }
}
