using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests;

public sealed class SplitsTests
{
    private static Arbitrary<(int Rows, int Groups, int Parts, int Seed)> Cases =>
        (from rows in Gen.Choose(20, 300)
            from groups in Gen.Choose(4, 20)
            from parts in Gen.Choose(2, 4)
            from seed in Gen.Choose(0, 1 << 20)
            select (rows, groups, parts, seed)).ToArbitrary();

    [Fact]
    public void Time_splits_leave_nothing_later_before_a_cut_and_lose_no_row() => Property(x =>
    {
        Samples all = Random(x.Rows, x.Groups, x.Seed);
        Samples[] parts = all.SplitByTime(Shares(x.Parts));
        for (int p = 1; p < parts.Length; p++)
            parts[p - 1].Times[^1].ShouldBeLessThanOrEqualTo(parts[p].Times[0]);
        parts.SelectMany(p => p.Labels.ToArray()).Order().ShouldBe(all.Labels.ToArray().Order());
        foreach (Samples part in parts)
            Math.Abs(part.Count - ((double)x.Rows / x.Parts)).ShouldBeLessThanOrEqualTo(1);
    });

    [Fact]
    public void Group_splits_have_no_group_on_both_sides() => Property(x =>
    {
        Samples all = Random(x.Rows, x.Groups, x.Seed);
        Samples[] parts = all.SplitByGroup((ulong)x.Seed, Shares(x.Parts));
        parts.SelectMany(p => p.Groups.ToArray().Distinct()).ShouldBeUnique();
        parts.SelectMany(p => p.Labels.ToArray()).Order().ShouldBe(all.Labels.ToArray().Order());
        parts.ShouldAllBe(p => p.Count > 0);
        all.SplitByGroup((ulong)x.Seed, Shares(x.Parts)).Select(p => p.Labels.ToArray()).ShouldBe(parts.Select(p => p.Labels.ToArray()));
    });

    [Theory]
    [InlineData(FoldKind.Plain)]
    [InlineData(FoldKind.Stratified)]
    [InlineData(FoldKind.Grouped)]
    public void Every_row_is_tested_once(FoldKind kind) => Property(x =>
    {
        Samples all = Random(x.Rows, x.Groups, x.Seed);
        (Samples Train, Samples Test)[] folds = [.. all.Folds(x.Parts, kind, (ulong)x.Seed)];
        folds.SelectMany(f => f.Test.Column(0).ToArray()).Order().ShouldBe(all.Column(0).ToArray().Order());
        foreach ((Samples train, Samples test) in folds)
        {
            train.Count.ShouldBe(all.Count - test.Count);
            train.Column(0).ToArray().Intersect(test.Column(0).ToArray()).ShouldBeEmpty();
            if (kind == FoldKind.Grouped)
                train.Groups.ToArray().Intersect(test.Groups.ToArray()).ShouldBeEmpty();
            else
                Math.Abs(test.Count - ((double)x.Rows / x.Parts)).ShouldBeLessThan(1);
            for (int c = 0; kind == FoldKind.Stratified && c < 3; c++)
                Math.Abs(test.Labels.ToArray().Count(l => l == c) - (all.Labels.ToArray().Count(l => l == c) / (double)x.Parts)).ShouldBeLessThan(1);
        }
    });

    [Fact]
    public void A_seed_fixes_the_folds_for_good() =>
        Random(12, 4, 1).FoldOf(3, FoldKind.Plain, 1).ShouldBe([1, 0, 1, 2, 2, 0, 2, 0, 1, 0, 1, 2]);

    [Fact]
    public void What_cannot_be_split_is_refused_with_the_reason()
    {
        Samples few = Random(20, 2, 1), regression = new(["a"], [1, 2, 3], [1, 2, 3], 0);
        Refused(() => few.SplitByTime(0.5, 0.6)).ShouldBe("The shares are 0.5, 0.6: each must be above 0, and together they must be 1.");
        Refused(() => few.SplitByTime()).ShouldContain("together they must be 1");
        Refused(() => few.SplitByTime(0.99, 0.01)).ShouldBe("20 rows leave none for the share of 0.01 (part 1). Collect more records, or raise the share.");
        Refused(() => few.SplitByGroup(1, 0.4, 0.3, 0.3)).ShouldStartWith("2 groups cannot be kept apart in 3 parts.");
        Refused(() => few.FoldOf(21, FoldKind.Plain, 1)).ShouldBe("20 rows cannot make 21 folds: ask for 2 to 20.");
        Refused(() => regression.FoldOf(2, FoldKind.Stratified, 1)).ShouldStartWith("A regression has no classes");
    }

    [Fact]
    public void Tables_are_put_one_after_the_other_and_only_if_alike()
    {
        Samples all = Random(30, 4, 1);
        Samples[] parts = all.SplitByTime(0.2, 0.8);
        Samples again = Samples.Concatenate(parts);
        again.Column(0).ToArray().ShouldBe([.. parts[0].Column(0).ToArray(), .. parts[1].Column(0).ToArray()]);
        again.Column(1).ToArray().ShouldBe([.. parts[0].Column(1).ToArray(), .. parts[1].Column(1).ToArray()]);
        again.Times.ToArray().ShouldBe([.. parts[0].Times.ToArray(), .. parts[1].Times.ToArray()]);
        again.Groups.ToArray().ShouldBe([.. parts[0].Groups.ToArray(), .. parts[1].Groups.ToArray()]);
        again.Weights.ToArray().ShouldBe([.. parts[0].Weights.ToArray(), .. parts[1].Weights.ToArray()]);
        Refused(() => Samples.Concatenate(all, new Samples(["a"], [1], [1], 3)))
            .ShouldStartWith("Table 1 has features a and 3 classes, table 0 has index, noise and 3.");
        Refused(() => Samples.Concatenate()).ShouldContain("no samples to concatenate");
    }

    [Fact]
    public void Columns_that_tell_nothing_and_classes_without_rows_are_named()
    {
        // The second feature differs in a row of weight 0 alone.
        Samples rows = new(["useful", "flat"], [1, 2, 3, 5, 5, 9], [1, 1, 0], 3, [1, 2, 0]);
        FeatureWarnings.Of(rows).Select(w => w.Kind)
            .ShouldBe([TrainingWarningKind.ConstantFeature, TrainingWarningKind.ConstantLabel, TrainingWarningKind.EmptyClass, TrainingWarningKind.EmptyClass]);
        FeatureWarnings.Of(rows)[0].Message.ShouldStartWith("feature 'flat' is 5 in all 2 training rows");
        FeatureWarnings.Of(rows)[1].Message.ShouldStartWith("the label is class 1 in all 2 training rows");
        FeatureWarnings.Of(rows)[3].Message.ShouldStartWith("class 2 has no training row");
        Refused(() => FeatureWarnings.Of(new Samples(["a"], [], [], 2))).ShouldStartWith("There are no rows");
        Refused(() => FeatureWarnings.Of(new Samples(["a"], [1], [1], 2, [0]))).ShouldStartWith("All 1 rows have weight 0");
    }

    private static void Property(Action<(int Rows, int Groups, int Parts, int Seed)> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(Cases, x =>
        {
            holds(x);
            return true;
        }));

    private static double[] Shares(int parts) => [.. Enumerable.Repeat(1.0 / parts, parts)];

    /// <summary>Rows in no order of time; the first feature is the row's index.</summary>
    private static Samples Random(int rows, int groups, int seed)
    {
        Randomness random = new((ulong)seed);
        return new Samples(
            ["index", "noise"],
            [.. Enumerable.Range(0, rows).Select(row => (float)row), .. Enumerable.Range(0, rows).Select(_ => random.Symmetric())],
            [.. Enumerable.Range(0, rows).Select(_ => (float)random.Below(3))],
            3,
            [.. Enumerable.Range(0, rows).Select(_ => random.Below(3) + 1f)],
            [.. Enumerable.Range(0, rows).Select(_ => (ulong)random.Below(rows))],
            [.. Enumerable.Range(0, rows).Select(row => row % groups)]);
    }

    private static string Refused(Action action) => Should.Throw<TrainingException>(action).Message;
}
