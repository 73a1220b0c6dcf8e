using System.Linq;

namespace Kml.Training.Tests.Parity;

/// <summary>Knuth's MMIX generator, as reference.py has it: 24 bits of each state, from -1 to below 1, exact in every type.</summary>
/// <param name="seed">The seed.</param>
internal sealed class ParityNumbers(ulong seed)
{
    private ulong _state = seed;

    internal double Next()
    {
        _state = unchecked((_state * 6364136223846793005) + 1442695040888963407);
        return ((_state >> 40) / 8388608.0) - 1;
    }

    internal double[] Take(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];
}
