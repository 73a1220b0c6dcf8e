using FsCheck;
using FsCheck.Fluent;
using Kml.Training.Sequences;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Sequences;

public sealed class RecentRowsTests
{
    [Fact]
    public void Each_row_has_those_before_it_of_its_entity_and_nothing_else_changes() =>
        Prop.ForAll(SequenceData.Cases.ToArbitrary(), c =>
        {
            Samples samples = c.Samples, recent = RecentRows.Of(samples, c.Steps);
            recent.Count.ShouldBe(samples.Count);
            recent.Width.ShouldBe(2 * c.Steps);
            recent.Labels.ToArray().ShouldBe(samples.Labels.ToArray());
            recent.Weights.ToArray().ShouldBe(samples.Weights.ToArray());
            recent.Times.ToArray().ShouldBe(samples.Times.ToArray());
            recent.Groups.ToArray().ShouldBe(samples.Groups.ToArray());
            foreach (int[] rows in SequenceData.InOrder(samples))
            {
                for (int i = 0; i < rows.Length; i++)
                {
                    for (int step = 0; step < c.Steps; step++)
                    {
                        int from = rows[int.Max(0, i - (c.Steps - 1 - step))];
                        recent.Column(2 * step)[rows[i]].ShouldBe(from);
                        recent.Column((2 * step) + 1)[rows[i]].ShouldBe(samples.Column(1)[from]);
                    }
                }
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Columns_say_how_old_they_are() =>
        RecentRows.Of(SequenceData.Of(5, 1, 1), 3).Names.ShouldBe(["row[-2]", "noise[-2]", "row[-1]", "noise[-1]", "row", "noise"]);

    [Fact]
    public void Bad_input_is_refused()
    {
        Should.Throw<TrainingException>(() => RecentRows.Of(SequenceData.Of(5, 1, 1), 0)).Message.ShouldContain("at least 1");
        Should.Throw<TrainingException>(() => RecentRows.Of(SequenceData.Of(1000, 1, 1), 2_000_000)).Message.ShouldContain("fewer steps");
        RecentRows.Of(new Samples(["a"], [], [], 0), 4).Count.ShouldBe(0);
    }
}
