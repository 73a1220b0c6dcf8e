using System;
using System.Collections.Generic;

namespace Kml.Model.Lowering.Budgets;

/// <summary>What a method of a model may take at the most.</summary>
/// <param name="Operations">Operations of a call.</param>
/// <param name="FrameBytes">Bytes of stack.</param>
public sealed record BodyLimits(long Operations, long FrameBytes)
{
    /// <summary>
    /// Operations, unless said: about a millisecond. A method runs in a probe with interrupts off, under its disk's lock; a kernel of 1,000 ticks a second
    /// loses one if that is longer. A loop of as many turns as any may take has so room for 16 operations in each.
    /// </summary>
    public const long DefaultOperations = 16 * Ranges.LoopBounds.Most;

    /// <summary>
    /// Bytes of stack, unless said. C may put a method and all that it calls into one frame with the probe's own: together they stay below the 1,024 bytes of
    /// which a module's build warns, half of what the kernel itself allows.
    /// </summary>
    public const long DefaultFrameBytes = 768;

    /// <summary>The limits unless others are said.</summary>
    public static BodyLimits Default { get; } = new(DefaultOperations, DefaultFrameBytes);

    /// <summary>What a body takes too much of.</summary>
    /// <param name="body">The body.</param>
    /// <returns>The arguments of <see cref="SourceRules.BodyBudget"/>, for each limit that it is over.</returns>
    public IEnumerable<EquatableArray<string>> Exceeded(BodyBudget body)
    {
        if (body.Operations > Operations)
        {
            yield return EquatableArray.Of(
                body.Name,
                FormattableString.Invariant($"{body.Operations} operations"),
                FormattableString.Invariant($"{Operations}"),
                "let its loops take fewer turns",
                "[Budget(Operations = n)] or KmlMaxBodyOperations");
        }

        if (body.FrameBytes > FrameBytes)
        {
            yield return EquatableArray.Of(
                body.Name,
                FormattableString.Invariant($"{body.FrameBytes} bytes of stack"),
                FormattableString.Invariant($"{FrameBytes}"),
                "use smaller local arrays, or keep them in the state",
                "[Budget(FrameBytes = n)] or KmlMaxFrameBytes");
        }
    }
}
