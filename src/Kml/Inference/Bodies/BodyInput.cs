using System.Collections.Generic;

namespace Kml.Inference.Bodies;

/// <summary>What a body runs on.</summary>
public sealed class BodyInput
{
    /// <summary>The bytes of events and state by parameter, laid out as <c>StructLayout</c> says.</summary>
    public Dictionary<string, byte[]> Memory { get; } = [];

    /// <summary>The scalar parameters by name, as the bits of a <c>Constant</c>.</summary>
    public Dictionary<string, ulong> Scalars { get; } = [];
}

/// <summary>What a body did.</summary>
/// <param name="Faulted">Whether it was abandoned.</param>
/// <param name="Returned">The bits of its value, 0 without one.</param>
/// <param name="Features">The bits of the features as it left them, 0 where it wrote nothing; none for a body that takes none.</param>
/// <param name="Memory">The bytes of events and state afterwards, by parameter.</param>
public sealed record BodyOutcome(bool Faulted, ulong Returned, IReadOnlyList<ulong> Features, IReadOnlyDictionary<string, byte[]> Memory);
