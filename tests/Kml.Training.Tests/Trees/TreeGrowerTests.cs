using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.Training.Trees;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Trees;

public sealed class TreeGrowerTests
{
    /// <summary>Rows with few values a feature, so that scores tie, and with many; integers that a row brings; rows that are left out.</summary>
    private sealed record Case(Samples Rows, long[] Payload, bool[] LeftOut, SplitLimits Limits, int Depth);

    [Fact]
    public void Trees_of_gradients_are_those_of_the_naive_reference() => Holds<GradientSums>(gradients: true, classes: 0);

    [Fact]
    public void Trees_of_classes_are_those_of_the_naive_reference() => Holds<ClassSums>(gradients: false, classes: 4);

    private static void Holds<TSums>(bool gradients, int classes)
        where TSums : struct, INodeSums =>
        Prop.ForAll(Cases(classes).ToArbitrary(), c =>
        {
            int[][] bins = Bins(c.Rows);
            int[] rows = [.. Enumerable.Range(0, c.Rows.Count).Where(row => !c.LeftOut[row])];
            NaiveTree naive = NaiveTree.Of(bins, rows, chosen => Sums(c, chosen, classes), gradients, c.Limits, c.Depth);
            foreach ((int threads, bool compress) in ((int, bool)[])[(1, false), (3, false), (1, RowPartition.Compresses), (2, RowPartition.Compresses)])
            {
                using TreeTeam team = new(threads);
                TreeGrower<TSums> grower = new(new BinnedRows(c.Rows, 255, team.Run), classes, team, compress);
                int[] features = [.. Enumerable.Range(0, c.Rows.Width)];
                for (int again = 0; again < 2; again++)
                {
                    c.Payload.AsSpan().CopyTo(grower.Payload);
                    for (int row = 0; row < c.LeftOut.Length; row++)
                        grower.LeftOut[row] = c.LeftOut[row] ? (byte)1 : (byte)0;
                    GrownTree grown = grower.Grow(new GrowthLimits(c.Depth, c.Limits, 0, features, features.Length, 0), sampled: c.LeftOut.Contains(true));
                    Same(naive, grown.Root);
                    ushort[] leafOf = grower.LeafOf.ToArray();
                    Leaves(naive).ShouldAllBe(leaf => leaf.Rows.All(row => leafOf[row] == leafOf[leaf.Rows[0]]));
                    Leaves(naive).Select(leaf => leafOf[leaf.Rows[0]]).Distinct().Count().ShouldBe(grown.Leaves.Length);
                }
            }
        }).QuickCheckThrowOnFailure();

    private static void Same(NaiveTree naive, GrowingNode node)
    {
        (node.Leaf >= 0).ShouldBe(naive.Left is null);
        if (naive.Left is null)
            return;
        (node.Feature, (int)node.Bin).ShouldBe((naive.Feature, naive.Bin));
        Same(naive.Left, node.Left!);
        Same(naive.Right!, node.Right!);
    }

    private static IEnumerable<NaiveTree> Leaves(NaiveTree tree) => tree.Left is null ? [tree] : [.. Leaves(tree.Left), .. Leaves(tree.Right!)];

    private static int[][] Bins(Samples rows)
    {
        using TreeTeam team = new(1);
        BinnedRows binned = new(rows, 255, team.Run);
        return [.. Enumerable.Range(0, rows.Width).Select(f => rows.Column(f).ToArray().Select(x => binned.Edges[f].Count(edge => x > edge)).ToArray())];
    }

    private static double[] Sums(Case c, IEnumerable<int> rows, int classes)
    {
        double[] sums = new double[classes == 0 ? 2 : classes];
        foreach (int row in rows)
        {
            long high = c.Payload[row] >> 32, low = (uint)c.Payload[row];
            if (classes == 0)
            {
                sums[0] += high;
                sums[1] += low;
            }
            else
            {
                sums[high] += low;
            }
        }

        return sums;
    }

    private static Gen<Case> Cases(int classes) =>
        from count in Gen.Choose(1, 400)
        from width in Gen.Choose(1, 9)
        from values in Gen.Elements(1, 2, 5, 1000).ArrayOf(width)
        from depth in Gen.Choose(1, 7)
        from seed in Gen.Choose(0, int.MaxValue)
        from leftOut in Gen.Elements(0, 0, 3)
        from l2 in Gen.Elements(0.0, 1.0, 100.0)
        from least in Gen.Elements(1.0, 5.0, 60.0)
        select Make(count, values, classes, depth, new Randomness((ulong)seed), leftOut, new SplitLimits(classes == 0 ? l2 : 0, least));

    private static Case Make(int count, int[] values, int classes, int depth, Randomness random, int leftOut, SplitLimits limits)
    {
        float[] features = [.. Enumerable.Range(0, count * values.Length).Select(i => (float)random.Below(values[i / count]) / 3)];
        long[] payload =
            [.. Enumerable.Range(0, count).Select(_ => ((classes == 0 ? random.Below(2001) - 1000L : random.Below(classes)) << 32) + 1 + random.Below(5))];
        bool[] left = [.. Enumerable.Range(0, count).Select(row => row > 0 && random.Below(10) < leftOut)];
        return new Case(new Samples([.. values.Select((_, f) => $"f{f}")], features, new float[count], 0), payload, left, limits, depth);
    }
}
