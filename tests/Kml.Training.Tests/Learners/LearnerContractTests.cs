using System;
using System.Linq;
using System.Threading.Tasks;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Learners;

/// <summary>What every learner keeps to, and every predictor. A new kind is added to <see cref="LearnerCase"/>.</summary>
public sealed class LearnerContractTests
{
    [Theory]
    [MemberData(nameof(LearnerCase.OfClasses), MemberType = typeof(LearnerCase))]
    [MemberData(nameof(LearnerCase.OfNumbers), MemberType = typeof(LearnerCase))]
    public void No_rows_are_refused(LearnerCase of) => Refused(of, LearnerCase.Rows(0, 2, of.Classes));

    [Theory]
    [MemberData(nameof(LearnerCase.OfClasses), MemberType = typeof(LearnerCase))]
    [MemberData(nameof(LearnerCase.OfNumbers), MemberType = typeof(LearnerCase))]
    public void Rows_of_weight_0_alone_are_refused(LearnerCase of) => Refused(of, LearnerCase.Rows(50, 2, of.Classes, weight: _ => 0));

    [Theory]
    [MemberData(nameof(LearnerCase.OfClasses), MemberType = typeof(LearnerCase))]
    [MemberData(nameof(LearnerCase.OfNumbers), MemberType = typeof(LearnerCase))]
    public void One_row_is_refused_or_learned(LearnerCase of) => RefusedOrFinite(of, LearnerCase.Rows(1, 2, of.Classes));

    [Theory]
    [MemberData(nameof(LearnerCase.OfClasses), MemberType = typeof(LearnerCase))]
    public void One_class_is_refused_or_predicted(LearnerCase of)
    {
        Samples rows = LearnerCase.Rows(100, 2, 3, label: (_, _) => 1);
        FeatureWarnings.Of(rows).ShouldContain(w => w.Kind == TrainingWarningKind.ConstantLabel);
        if (RefusedOrFinite(of, rows) is IPredictor predictor)
            LearnerCase.Accuracy(predictor, rows).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(LearnerCase.OfNumbers), MemberType = typeof(LearnerCase))]
    public void One_number_is_refused_or_predicted(LearnerCase of)
    {
        Samples rows = LearnerCase.Rows(100, 2, 0, label: (_, _) => 7);
        if (RefusedOrFinite(of, rows) is IPredictor predictor)
            LearnerCase.Predict(predictor, rows).ShouldAllBe(y => Math.Abs(y - 7) < 0.5);
    }

    [Theory]
    [MemberData(nameof(LearnerCase.OfClasses), MemberType = typeof(LearnerCase))]
    [MemberData(nameof(LearnerCase.OfNumbers), MemberType = typeof(LearnerCase))]
    public void Constant_features_are_named_and_harm_nothing(LearnerCase of)
    {
        Samples all = LearnerCase.Rows(100, 2, of.Classes, feature: (_, _) => 3);
        FeatureWarnings.Of(all).Count(w => w.Kind == TrainingWarningKind.ConstantFeature).ShouldBe(2);
        RefusedOrFinite(of, LearnerCase.Rows(100, 2, of.Classes, feature: (_, _) => 3, label: (row, _) => row % 2));

        Samples one = LearnerCase.Rows(400, 3, of.Classes, feature: (f, row) => f == 2 ? 1e6f : 7 * row % 200 + f);
        FeatureWarnings.Of(one).Single(w => w.Kind == TrainingWarningKind.ConstantFeature).Message.ShouldContain("'f2'");
        Learns(of, one, one);
    }

    [Theory]
    [MemberData(nameof(LearnerCase.OfClasses), MemberType = typeof(LearnerCase))]
    [MemberData(nameof(LearnerCase.OfNumbers), MemberType = typeof(LearnerCase))]
    public void A_single_feature_is_learned(LearnerCase of) => Learns(of, LearnerCase.Rows(400, 1, of.Classes), LearnerCase.Rows(200, 1, of.Classes, seed: 2));

    [Theory]
    [MemberData(nameof(LearnerCase.OfClasses), MemberType = typeof(LearnerCase))]
    public void Many_classes_are_learned(LearnerCase of)
    {
        Samples train = LearnerCase.Rows(1000, 2, 12);
        IPredictor predictor = of.Learner.Fit(train, train);
        LearnerCase.Accuracy(predictor, train).ShouldBeGreaterThan(0.3);
        Sum(predictor, train);
    }

    [Theory]
    [MemberData(nameof(LearnerCase.OfClasses), MemberType = typeof(LearnerCase))]
    [MemberData(nameof(LearnerCase.OfNumbers), MemberType = typeof(LearnerCase))]
    public void Rows_of_weight_0_teach_nothing(LearnerCase of)
    {
        Samples clean = LearnerCase.Rows(200, 2, of.Classes, seed: 2);
        Samples mixed = LearnerCase.Rows(
            600,
            2,
            of.Classes,
            weight: row => row % 3 == 0 ? 1 : 0,
            label: (row, label) => row % 3 == 0 ? label : of.Classes > 0 ? of.Classes - 1 - label : -label);
        Learns(of, mixed, clean);
    }

    [Theory]
    [MemberData(nameof(LearnerCase.OfClasses), MemberType = typeof(LearnerCase))]
    [MemberData(nameof(LearnerCase.OfNumbers), MemberType = typeof(LearnerCase))]
    public void One_learner_gives_one_result_to_the_bit(LearnerCase of)
    {
        Samples train = LearnerCase.Rows(300, 3, of.Classes);
        Bits(LearnerCase.Predict(of.Learner.Fit(train, train), train)).ShouldBe(Bits(LearnerCase.Predict(of.Learner.Fit(train, train), train)));
    }

    [Theory]
    [MemberData(nameof(LearnerCase.OfClasses), MemberType = typeof(LearnerCase))]
    [MemberData(nameof(LearnerCase.OfNumbers), MemberType = typeof(LearnerCase))]
    public void Predictors_say_what_they_are_and_predict_rows_alone_as_together(LearnerCase of)
    {
        Samples train = LearnerCase.Rows(300, 3, of.Classes);
        IPredictor predictor = of.Learner.Fit(train, train);
        predictor.Width.ShouldBe(3);
        predictor.Classes.ShouldBe(train.Classes);
        predictor.SizeBytes.ShouldBeInRange(1, 1 << 20);
        Sum(predictor, train);

        int[] some = [0, 17, 63, 64, 65, 127, 299];
        float[] together = LearnerCase.Predict(predictor, train);
        foreach (int row in some)
        {
            float[] alone = LearnerCase.Predict(predictor, train.Select([row]));
            for (int c = 0; c < alone.Length; c++)
                alone[c].ShouldBe(together[(c * train.Count) + row]);
        }
    }

    [Theory]
    [MemberData(nameof(LearnerCase.OfClasses), MemberType = typeof(LearnerCase))]
    [MemberData(nameof(LearnerCase.OfNumbers), MemberType = typeof(LearnerCase))]
    public void Predicting_allocates_nothing(LearnerCase of)
    {
        Samples train = LearnerCase.Rows(200, 3, of.Classes);
        IPredictor predictor = of.Learner.Fit(train, train);
        float[] outputs = new float[200 * Math.Max(1, train.Classes)];
        AllocationRounds.ShouldAllocateNothing(() => predictor.Predict(train.Features, 200, outputs));
    }

    [Theory]
    [MemberData(nameof(LearnerCase.OfClasses), MemberType = typeof(LearnerCase))]
    [MemberData(nameof(LearnerCase.OfNumbers), MemberType = typeof(LearnerCase))]
    public void Threads_may_predict_at_once(LearnerCase of)
    {
        Samples train = LearnerCase.Rows(200, 3, of.Classes);
        IPredictor predictor = of.Learner.Fit(train, train);
        int[] due = Bits(LearnerCase.Predict(predictor, train));
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ => Bits(LearnerCase.Predict(predictor, train)).ShouldBe(due));
    }

    private static void Refused(LearnerCase of, Samples rows) =>
        Should.Throw<TrainingException>(() => of.Learner.Fit(rows)).Message.Length.ShouldBeGreaterThan(20);

    private static IPredictor? RefusedOrFinite(LearnerCase of, Samples rows)
    {
        try
        {
            IPredictor predictor = of.Learner.Fit(rows);
            LearnerCase.Predict(predictor, rows).ShouldAllBe(y => float.IsFinite(y));
            return predictor;
        }
        catch (TrainingException e)
        {
            e.Message.Length.ShouldBeGreaterThan(20);
            return null;
        }
    }

    /// <summary>Three of four classes are right, or at most a third of the mean's error is left.</summary>
    private static void Learns(LearnerCase of, Samples train, Samples test)
    {
        IPredictor predictor = of.Learner.Fit(train, train);
        if (train.Classes > 0)
        {
            LearnerCase.Accuracy(predictor, test).ShouldBeGreaterThan(0.75);
            return;
        }

        float[] outputs = LearnerCase.Predict(predictor, test);
        double mean = train.Labels.ToArray().Average();
        double error = Enumerable.Range(0, test.Count).Sum(row => Math.Abs(outputs[row] - test.Labels[row])),
            baseline = test.Labels.ToArray().Sum(label => Math.Abs(label - mean));
        error.ShouldBeLessThan(baseline / 3);
    }

    private static void Sum(IPredictor predictor, Samples rows)
    {
        if (predictor.Classes == 0)
            return;
        float[] outputs = LearnerCase.Predict(predictor, rows);
        for (int row = 0; row < rows.Count; row++)
        {
            float[] probabilities = [.. Enumerable.Range(0, rows.Classes).Select(c => outputs[(c * rows.Count) + row])];
            probabilities.ShouldAllBe(p => p >= 0 && p <= 1.00001f);
            probabilities.Sum().ShouldBe(1f, 1e-4f);
        }
    }

    private static int[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToInt32Bits)];
}
