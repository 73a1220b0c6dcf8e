using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Training;

namespace Kml.Benchmarks;

/// <summary>
/// KML's mq-deadline trace: will a request meet its deadline? Everything is fitted on the first 1,000 requests. Of each kind's settings that one
/// is taken that does best on the last 300 of them when fitted on the first 700; it is then fitted on all 1,000 and measured once on the rest.
/// </summary>
internal static class DeadlineAccuracy
{
    private const string Case = "mq-deadline";
    private const int TrainRows = 1000;
    private const int ChooseRows = 300;
    private const double Goal = 0.98;
    private const long GoalBytes = 4096;

    internal static void Run(Samples all, AccuracyTable table)
    {
        Samples train = Range(all, 0, TrainRows), test = Range(all, TrainRows, all.Count);
        Samples first = Range(train, 0, TrainRows - ChooseRows), last = Range(train, TrainRows - ChooseRows, TrainRows);
        AccuracyTable.Heading($"{Case}: first {train.Count} requests to learn from, {test.Count} after them to measure on; "
            + $"models of at most {GoalBytes} bytes");
        bool baselines = false, met = false;
        foreach ((string kind, IReadOnlyList<ILearner> settings) in AccuracyKinds.Deadline)
        {
            ILearner best = settings
                .Select(learner => (Learner: learner, Fitted: learner.Fit(first)))
                .Where(candidate => candidate.Fitted.SizeBytes <= GoalBytes)
                .Select(candidate => (candidate.Learner, Score: Evaluation.RowOf(kind, candidate.Fitted, last).Class!))
                .OrderByDescending(candidate => candidate.Score.Accuracy)
                .ThenBy(candidate => candidate.Score.LogLoss)
                .First().Learner;
            IPredictor fitted = best.Fit(train);
            Evaluation evaluation = Evaluation.Of(fitted, train, test, kind);
            if (!baselines)
            {
                foreach (EvaluationRow baseline in evaluation.Baselines)
                    Add(table, baseline, null, "baseline");
            }

            baselines = true;
            Add(table, evaluation.Model, fitted.SizeBytes, best.Name);
            met |= evaluation.Model.Class!.Accuracy >= Goal && fitted.SizeBytes < GoalBytes;
        }

        table.Goal("mq-deadline: at least 98 % with a model under 4 KB", met);
    }

    private static void Add(AccuracyTable table, EvaluationRow row, long? bytes, string note)
    {
        string scores = FormattableString.Invariant($"F1 {row.Class!.F1:F4}, AUC {row.Class.Auc:F4}; {note}");
        table.Add(new(Case, row.Name, "accuracy", row.Class.Accuracy, Bytes: bytes, Note: scores));
    }

    private static Samples Range(Samples samples, int from, int to) => samples.Select([.. Enumerable.Range(from, to - from)]);
}
