using System.Collections.Generic;

namespace Kml.Inference.Bodies;

/// <summary>
/// What a body runs on: the fields of events and state by parameter and field, and scalar parameters by name; all as the bits of a <c>Constant</c>.
/// </summary>
public sealed class BodyInput
{
    /// <summary>The fields of events and state.</summary>
    public Dictionary<(string Parameter, string Field), ulong> Fields { get; } = [];

    /// <summary>The scalar parameters.</summary>
    public Dictionary<string, ulong> Scalars { get; } = [];
}

/// <summary>What a body did.</summary>
/// <param name="Faulted">Whether it was abandoned.</param>
/// <param name="Returned">The bits of its value, 0 without one.</param>
/// <param name="Features">The bits of the features that it wrote.</param>
/// <param name="Fields">The fields of events and state afterwards.</param>
public sealed record BodyOutcome(
    bool Faulted,
    ulong Returned,
    IReadOnlyDictionary<int, ulong> Features,
    IReadOnlyDictionary<(string Parameter, string Field), ulong> Fields);
