using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;

namespace Kml.Training.Tests.Sequences;

/// <summary>Rows of entities, mixed: each row's first feature is its own index, its label a function of it.</summary>
internal static class SequenceData
{
    internal static readonly Gen<(Samples Samples, int Steps, int Lanes, int Seed)> Cases =
        from rows in Gen.Choose(1, 60)
        from groups in Gen.Choose(1, 9)
        from steps in Gen.Choose(1, 7)
        from lanes in Gen.Choose(1, 40)
        from seed in Gen.Choose(0, int.MaxValue)
        select (Of(rows, groups, seed), steps, lanes, seed);

    internal static Samples Of(int rows, int groups, int seed)
    {
        Random random = new(seed);
        return new Samples(
            ["row", "noise"],
            [.. Enumerable.Range(0, rows).Select(row => (float)row), .. Enumerable.Range(0, rows).Select(_ => random.NextSingle())],
            [.. Enumerable.Range(0, rows).Select(row => row * 0.5f)],
            0,
            [.. Enumerable.Range(0, rows).Select(row => 1f + (row % 3))],
            [.. Enumerable.Range(0, rows).Select(_ => (ulong)random.Next(20))],
            [.. Enumerable.Range(0, rows).Select(_ => random.Next(groups) * 7)]);
    }

    /// <summary>The rows of each entity, the oldest first, by definition.</summary>
    internal static int[][] InOrder(Samples samples)
    {
        ulong[] times = [.. samples.Times];
        int[] groups = [.. samples.Groups];
        return
        [
            .. Enumerable.Range(0, samples.Count)
                .GroupBy(row => groups[row])
                .OrderBy(g => g.Key)
                .Select(g => g.OrderBy(row => times[row]).ThenBy(row => row).ToArray()),
        ];
    }
}
