using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Model.Lowering;

/// <summary>
/// What an inference of one form keeps on the stack: two buffers, which take the program's vectors in turn, and the scratch of the stage that needs the most.
/// </summary>
/// <param name="Buffers">The buffers that hold anything, the even one first.</param>
/// <param name="Bytes">Bytes of all.</param>
public sealed record ProgramFrame(EquatableArray<FrameBuffer> Buffers, int Bytes)
{
    internal static ProgramFrame Float(IReadOnlyList<Stage> stages) => Of(stages, sizeof(float), s => s.FloatLength, s => s.FloatScratch);

    internal static ProgramFrame Integer(IReadOnlyList<Stage> stages) => Of(stages, sizeof(short), s => s.IntegerLength, s => s.IntegerScratch);

    /// <summary>The slot of the vector that each stage gives, or works on.</summary>
    internal static IEnumerable<int> SlotsOf(IEnumerable<Stage> stages)
    {
        int slot = -1;
        foreach (Stage stage in stages)
            yield return stage.GivesVector ? ++slot : slot;
    }

    private static ProgramFrame Of(IReadOnlyList<Stage> stages, int elementBytes, Func<Stage, int> length, Func<Stage, int> scratch)
    {
        int[] slots = [.. SlotsOf(stages)];
        FrameBuffer[] buffers =
        [
            .. Enumerable.Range(0, stages.Count)
                .Where(i => length(stages[i]) > 0)
                .GroupBy(i => slots[i] % 2)
                .OrderBy(g => g.Key)
                .Select(g => new FrameBuffer(g.Key, g.Max(i => length(stages[i])), new(g.Select(i => slots[i]).Distinct()))),
        ];
        return new(new(buffers), (elementBytes * buffers.Sum(b => b.Length)) + stages.Max(scratch));
    }
}

/// <summary>One of the two buffers.</summary>
/// <param name="Parity">0 for the one that takes slots 0, 2, ...; 1 for the other.</param>
/// <param name="Length">Its length in elements of its form: floats, or 16-bit integers.</param>
/// <param name="Slots">The slots that it holds, one after the other.</param>
public sealed record FrameBuffer(int Parity, int Length, EquatableArray<int> Slots);
