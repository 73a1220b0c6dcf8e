using System;
using System.Linq;
using Kml.Benchmarks;
using Kml.Model;
using Kml.Training.Linear;
using Kml.Training.Trees;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Accuracy;

/// <summary>
/// What <c>make bench-accuracy</c> claims of released data, on data made here: the same features, the same kinds of models, the same split in the order of
/// time.
/// </summary>
public class DeadlineAccuracyTests
{
    private const int TrainRows = 1000;
    private const long MostBytes = 4096;

    [Fact]
    public void FeaturesDependOnNothingLater()
    {
        (var requests, var inTime) = PeriodicTrace.Make(1, 400);
        (var others, _) = PeriodicTrace.Make(2, 400);
        Samples whole = DeadlineFeatures.Of(requests, inTime);
        Samples changed = DeadlineFeatures.Of([.. requests.Take(200), .. others.Skip(200)], [.. inTime.Select(label => !label)]);
        for (int f = 0; f < whole.Width; f++)
        {
            changed.Column(f)[..200].SequenceEqual(whole.Column(f)[..200]).ShouldBeTrue();
            changed.Column(f)[200..].SequenceEqual(whole.Column(f)[200..]).ShouldBeFalse($"'{whole.Names[f]}' does not depend on the requests at all");
        }
    }

    /// <summary>One label in a hundred is chance: 99 % is the most there is.</summary>
    [Fact]
    public void SmallModelsOfEveryKindFindThePeriod()
    {
        (var requests, var inTime) = PeriodicTrace.Make(3, 4000);
        Samples all = DeadlineFeatures.Of(requests, inTime);
        Samples train = all.Select([.. Enumerable.Range(0, TrainRows)]), test = all.Select([.. Enumerable.Range(TrainRows, all.Count - TrainRows)]);
        (ILearner Learner, double Least)[] kinds =
        [
            (new LogisticRegression(), 0.9),
            (new DecisionTree { Depth = 4, MinLeafWeight = 3 }, 0.97),
            (new RandomForest { Trees = 12, Depth = 5 }, 0.97),
            (new BoostedTrees { Rounds = 20, Depth = 3, LearningRate = 0.2 }, 0.97),
            (new RandomFourier { Features = 80, Penalty = 1e-4 }, 0.9),
            (new NetworkLearner
            {
                Hidden = EquatableArray.Of(16, 16),
                Options = new FitOptions { Console = null, BatchRows = 64, MaxEpochs = 60, Patience = 60, LearningRate = 0.01f },
            }, 0.95),
        ];
        foreach ((ILearner learner, double least) in kinds)
        {
            IPredictor fitted = learner.Fit(train);
            Evaluation evaluation = Evaluation.Of(fitted, train, test, learner.Name);
            fitted.SizeBytes.ShouldBeLessThan(MostBytes, learner.Name);
            evaluation.Model.Class!.Accuracy.ShouldBeGreaterThan(least, learner.Name);
            evaluation.Model.Class.Accuracy.ShouldBeGreaterThan(evaluation.Baselines[0].Class!.Accuracy + 0.2, learner.Name);
        }
    }
}
