namespace Kml.KmodGen.Compute.Stages;

/// <summary>The two buffers between which stages hand their vectors: each stage reads one and writes the other.</summary>
internal static class Slots
{
    /// <summary>The buffer of a slot. Slot 0 is the features, each stage writes the next.</summary>
    /// <param name="slot">The slot.</param>
    public static string Name(int slot) => slot % 2 == 0 ? "even" : "odd";
}
