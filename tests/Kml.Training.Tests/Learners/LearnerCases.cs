using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Training.Linear;
using Kml.Training.Trees;
using Xunit;

namespace Kml.Training.Tests.Learners;

/// <summary>A learner that <see cref="LearnerContractTests"/> holds to its contract.</summary>
/// <param name="Learner">The learner, with settings that suit some hundreds of rows.</param>
/// <param name="Classes">Classes to learn; 0 for numbers.</param>
public sealed record LearnerCase(ILearner Learner, int Classes)
{
    private static readonly FitOptions Quick = new() { Console = null, MaxEpochs = 60, LearningRate = 0.01f };

    private static readonly ILearner[] Both =
    [
        new NetworkLearner { Options = Quick },
        new NetworkLearner { Hidden = [8, 8], Options = Quick with { Precision = TrainingPrecision.Int16 } },
        new RandomFourier { Features = 64 },
        new DecisionTree(),
        new RandomForest { Trees = 20, Depth = 8 },
        new BoostedTrees { Rounds = 50, Depth = 4, LearningRate = 0.2 },
    ];

    /// <summary>The learners of classes. A new kind is added here.</summary>
    public static TheoryData<LearnerCase> OfClasses => [.. Classifiers];

    /// <summary>The learners of numbers. A new kind is added here.</summary>
    public static TheoryData<LearnerCase> OfNumbers => [.. Regressions];

    /// <summary>All of them.</summary>
    internal static IEnumerable<LearnerCase> All => [.. Classifiers, .. Regressions];

    private static IEnumerable<LearnerCase> Classifiers => Cases([.. Both, new LogisticRegression()], 3);

    private static IEnumerable<LearnerCase> Regressions => Cases([.. Both, new LinearRegression()], 0);

    /// <inheritdoc/>
    public override string ToString() => $"{Learner.Name}, {(Classes > 0 ? "classes" : "numbers")}";

    /// <summary>
    /// Rows that every kind can learn: the class is how many of its thresholds the first feature is over, a number is the first feature less half the second.
    /// </summary>
    internal static Samples Rows(
        int count,
        int width,
        int classes,
        int seed = 1,
        Func<int, float>? weight = null,
        Func<int, float, float>? label = null,
        Func<int, int, float>? feature = null)
    {
        Random random = new(seed);
        float[] features = new float[width * count], labels = new float[count];
        for (int row = 0; row < count; row++)
        {
            for (int f = 0; f < width; f++)
            {
                float drawn = (random.NextSingle() * 200) - 50;
                features[(f * count) + row] = feature?.Invoke(f, row) ?? drawn;
            }

            float first = features[row], second = width > 1 ? features[count + row] : 0f;
            labels[row] = classes > 0 ? Math.Clamp((int)((first + 50) / 200 * classes), 0, classes - 1) : first - (second / 2);
            labels[row] = label?.Invoke(row, labels[row]) ?? labels[row];
        }

        return new Samples(
            [.. Enumerable.Range(0, width).Select(f => $"f{f}")],
            features,
            labels,
            classes,
            weight is null ? null : [.. Enumerable.Range(0, count).Select(weight)]);
    }

    internal static float[] Predict(IPredictor predictor, Samples rows)
    {
        float[] outputs = new float[rows.Count * Math.Max(1, predictor.Classes)];
        predictor.Predict(rows.Features, rows.Count, outputs);
        return outputs;
    }

    /// <summary>The share of rows whose most probable class is theirs.</summary>
    internal static double Accuracy(IPredictor predictor, Samples rows)
    {
        float[] outputs = Predict(predictor, rows);
        return Enumerable.Range(0, rows.Count).Count(row => Choice(outputs, rows.Count, row, rows.Classes) == (int)rows.Labels[row]) / (double)rows.Count;
    }

    private static IEnumerable<LearnerCase> Cases(IEnumerable<ILearner> learners, int classes) => learners.Select(learner => new LearnerCase(learner, classes));

    private static int Choice(IReadOnlyList<float> outputs, int rows, int row, int classes) =>
        Enumerable.Range(0, classes).MaxBy(c => outputs[(c * rows) + row]);
}
