using System.Collections.Generic;
using System.Numerics;

namespace Kml.Model.Lowering.Ranges;

/// <summary>How a turn of a loop moves a counter.</summary>
/// <param name="By">What it adds.</param>
/// <param name="Bits">How many bits the counter loses at least; then nothing is added.</param>
/// <param name="Through">The types in which that is computed: none may be too small for a value that the counter takes.</param>
internal sealed record LoopStep(BigInteger By, int Bits, IReadOnlyList<ScalarType> Through);
