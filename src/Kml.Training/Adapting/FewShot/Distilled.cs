using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Kml.Training.Adapting;

/// <summary>
/// Learns a workload from few labelled rows and many without labels: fine-tunes several starts, has them label the other rows in common, and fine-tunes one
/// network to that (Bucilă, Caruana, Niculescu-Mizil 2006; Hinton, Vinyals, Dean 2015). What one network learns of few rows depends on where it began; the mean
/// of several depends on it less, and one network can hold it.
/// </summary>
/// <param name="Starts">Networks from different seeds; at least 2, all of the same rows.</param>
/// <param name="Unlabelled">Rows of the new workload; their labels are not looked at.</param>
public sealed record Distilled(IReadOnlyList<NetworkPredictor> Starts, Samples Unlabelled) : ILearner
{
    /// <summary>The penalty with which each start is tuned to the labelled rows, see <see cref="FineTune.Penalty"/>.</summary>
    public double TeacherPenalty { get; init; } = 100;

    /// <summary>The penalty with which the last network is tuned to all rows: there are many, so it may go far.</summary>
    public double Penalty { get; init; } = 1;

    /// <inheritdoc/>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Starts.Count} fine-tuned, distilled");

    /// <inheritdoc/>
    public IPredictor Fit(Samples train, Samples? validation = null)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (Starts.Count < 2)
        {
            throw new TrainingException($"{Starts.Count} start(s) have no mean that differs from each: "
                + "give at least 2, from different seeds, or fine-tune one.");
        }

        IPredictor[] teachers = [.. Starts.Select(start => new FineTune(start.For(Unlabelled)) { Penalty = TeacherPenalty }.Fit(train))];
        return new FineTune(Starts[0].For(Unlabelled)) { Penalty = Penalty }.Fit(Taught(teachers));
    }

    /// <summary>
    /// Rows with the teachers' mean as label. A probability becomes a weight: a row comes once for each class, with the weight that the class has, which makes
    /// the cross-entropy that of the whole distribution.
    /// </summary>
    private Samples Taught(IPredictor[] teachers)
    {
        int rows = Unlabelled.Count, classes = Unlabelled.Classes, copies = Math.Max(1, classes);
        float[] mean = new float[ArraySize.Of("The predictions of all copies", rows, copies)], outputs = new float[mean.Length];
        foreach (IPredictor teacher in teachers)
        {
            teacher.Predict(Unlabelled.Features, rows, outputs);
            for (int i = 0; i < mean.Length; i++)
                mean[i] += outputs[i] / teachers.Length;
        }

        Samples copied = Unlabelled.Select([.. Enumerable.Range(0, mean.Length).Select(i => i % rows)]);
        float[] labels = classes == 0 ? mean : [.. Enumerable.Range(0, mean.Length).Select(i => (float)(i / rows))];
        float[] weights = copied.Weights.ToArray();
        for (int i = 0; i < weights.Length && classes > 0; i++)
            weights[i] *= mean[i];
        return new Samples(copied.Names, copied.Features.ToArray(), labels, classes, weights, copied.Times.ToArray(), copied.Groups.ToArray());
    }
}
