using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.Training.Trees;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Trees;

public sealed class BinnedRowsTests
{
    [Fact]
    public void A_row_s_bin_is_how_many_edges_its_value_is_above() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<NormalFloat[]>(),
            Gen.Choose(2, 255).ToArbitrary(),
            (values, most) =>
            {
                float[] column = [.. values.Select(v => (float)v.Get).Where(float.IsFinite).Append(-0f).Append(0f)];
                BinnedRows binned = Of(column, most, null);
                binned.Edges[0].ShouldBe(binned.Edges[0].Distinct().Order());
                binned.Edges[0].Length.ShouldBeLessThan(most);
                if (column.Distinct().Count() <= most)
                    binned.Edges[0].Length.ShouldBe(column.Distinct().Count() - 1);
                for (int row = 0; row < column.Length; row++)
                    ((int)binned.Bin(0, row)).ShouldBe(binned.Edges[0].Count(edge => column[row] > edge));
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Many_values_share_bins_equally_by_weight()
    {
        float[] column = [.. Enumerable.Range(0, 20_000).Select(row => (float)(row * 7919L % 20_000))];
        float[] weights = [.. column.Select(x => x < 10_000 ? 3f : 1f)];
        BinnedRows binned = Of(column, 100, weights);
        binned.Edges[0].Length.ShouldBe(99);
        double[] shares = new double[100];
        for (int row = 0; row < column.Length; row++)
            shares[binned.Bin(0, row)] += weights[row];
        shares.ShouldAllBe(share => share > 380 && share < 420);
    }

    [Fact]
    public void A_value_that_most_rows_have_takes_one_bin_and_leaves_the_others_their_detail()
    {
        float[] column = [.. Enumerable.Range(0, 10_000).Select(row => row % 10 == 0 ? row : 0f)];
        Of(column, 50, null).Edges[0].Length.ShouldBe(49);
    }

    [Fact]
    public void Rows_of_weight_0_have_no_say_in_the_edges()
    {
        float[] column = [1, 2, 3, 4];
        Of(column, 255, [1, 0, 0, 1]).Edges[0].ShouldBe([2.5f]);
    }

    private static BinnedRows Of(float[] column, int most, float[]? weights)
    {
        using TreeTeam team = new(1);
        return new BinnedRows(new Samples(["x"], column, new float[column.Length], 0, weights), most, team.Run);
    }
}
