using System;

namespace Kml.Model.Lowering.Budgets;

/// <summary>What a state may take at the most.</summary>
public static class StateLimit
{
    /// <summary>
    /// Bytes, unless said. Each disk has one; and one lies in each open request and in each record of a ring, of which there are thousands a CPU. It is copied
    /// under its disk's lock.
    /// </summary>
    public const long DefaultBytes = 65_536;

    /// <summary>The bytes of a state.</summary>
    /// <param name="fields">Its fields.</param>
    /// <returns>The bytes, those between its fields among them.</returns>
    public static long BytesOf(EquatableArray<FieldSpec> fields) => fields.Count == 0 ? 0 : DataBytes.Of(new StructData("State", fields));

    /// <summary>Judges a state.</summary>
    /// <param name="name">Its name in the user's code.</param>
    /// <param name="bytes">What it takes.</param>
    /// <param name="most">The most bytes; null unless said.</param>
    /// <returns>The arguments of <see cref="SourceRules.BodyBudget"/>; null where it is within.</returns>
    public static EquatableArray<string>? Exceeded(string name, long bytes, long? most)
    {
        long limit = most ?? DefaultBytes;
        return bytes <= limit ? null : EquatableArray.Of(
            name,
            FormattableString.Invariant($"{bytes} bytes of state"),
            FormattableString.Invariant($"{limit}"),
            "keep less",
            "[Budget(StateBytes = n)] or KmlMaxStateBytes");
    }
}
