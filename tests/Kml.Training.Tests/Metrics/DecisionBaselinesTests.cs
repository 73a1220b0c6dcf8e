using System.Linq;
using Kml.Model;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests;

public sealed class DecisionBaselinesTests
{
    [Fact]
    public void Each_baseline_is_what_counting_gives()
    {
        Dataset rows = Dataset.Read<WaitModel>(SyntheticRecords.Wait(3000));
        BaselineScores scores = DecisionBaselines.Fit(rows).Score(rows);
        int yes = Enumerable.Range(0, rows.Count).Count(rows.Verdict);
        scores.Majority.Accuracy.ShouldBe(System.Math.Max(yes, 3000 - yes) / 3000.0);

        int byOperation = Enumerable.Range(0, rows.Count)
            .GroupBy(row => rows.Feature(row, 2))
            .Sum(g => System.Math.Max(g.Count(rows.Verdict), g.Count(r => !rows.Verdict(r))));
        scores.Operation.Accuracy.ShouldBe(byOperation / 3000.0);

        // The operation as a feature has two values, which the bins keep apart; the constant feature knows no more than the majority.
        scores.Features[2].Accuracy.ShouldBe(scores.Operation.Accuracy);
        scores.Features[3].Accuracy.ShouldBe(scores.Majority.Accuracy);
        scores.BestFeature.Accuracy.ShouldBe(scores.Features.Max(f => f.Accuracy));
        scores.Rivals.Count().ShouldBe(3);
    }

    [Fact]
    public void Rows_count_for_those_that_they_stand_for_as_they_do_to_the_network()
    {
        // Of the rarer verdict a twentieth was held out, and the rest acted on: without weights it would be the rarer one still.
        Dataset all = Dataset.Read<WaitModel>(SyntheticRecords.Wait(3000));
        bool rarer = Enumerable.Range(0, 3000).Count(all.Verdict) < 1500;
        Dataset rows = Dataset.Read<WaitModel>(SyntheticRecords.Wait(
            3000,
            flags: i => all.Verdict(i) == rarer ? RecordHeader.WouldAct | RecordHeader.HeldOut : 0));
        BaselineScores scores = DecisionBaselines.Fit(rows).Score(rows);
        scores.Majority.Accuracy.ShouldBe(Enumerable.Range(0, 3000).Count(row => all.Verdict(row) == rarer) / 3000.0);
        scores.Features[3].Accuracy.ShouldBe(scores.Majority.Accuracy);
    }

    [Fact]
    public void Bins_take_equal_shares_and_no_more_than_sixteen_are_told_apart()
    {
        Dataset rows = Dataset.Read<SizeModel>(SyntheticRecords.Size(4000));
        BaselineScores scores = DecisionBaselines.Fit(rows).Score(rows);

        // Both class limits, at 0.3 and 0.7 of the range, fall inside a bin: of 16 bins 14 are pure, and two keep at least half of their rows.
        scores.Features[0].Accuracy.ShouldBeInRange(14.0 / 16, 0.999);
        scores.Features[1].Accuracy.ShouldBeInRange(scores.Majority.Accuracy, 0.5);
    }

    [Fact]
    public void A_value_that_training_has_not_seen_gets_what_all_rows_say()
    {
        Samples train = new(["a"], [2, 2, 2, 5, 7], [1, 1, 1, 0, 0], 2);
        Lookup lookup = Lookup.OfValues(train, 0);
        float[] outputs = new float[8];
        lookup.Predict([2, 5, 6, 9], 4, outputs);
        outputs.ShouldBe([0, 1, 0.4f, 0.4f, 1, 0, 0.6f, 0.6f]);
    }
}
