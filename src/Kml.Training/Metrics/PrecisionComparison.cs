using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.Model;
using Spectre.Console;

namespace Kml.Training;

/// <summary>How one precision does.</summary>
/// <param name="Precision">What was trained for.</param>
/// <param name="Score">The share of right classes, or the mean absolute error in the label's unit: weighted, over the test rows of all trainings.</param>
/// <param name="Lost">What is lost against float32: points of accuracy (hundredths of the rows), or per cent of the error. Below 0 it is a gain.</param>
/// <param name="SizeBytes">Bytes of the fitted model, as the kernel would hold it.</param>
public sealed record PrecisionRow(TrainingPrecision Precision, double Score, double Lost, long SizeBytes);

/// <summary>What low precision costs: the same network trained in each precision on the same rows from the same seeds, measured on the same rows.</summary>
/// <param name="Rows">A row a precision, float32 first.</param>
/// <param name="IsClassification">Whether scores are accuracies.</param>
/// <param name="Tested">Rows measured, over all trainings.</param>
public sealed record PrecisionComparison(EquatableArray<PrecisionRow> Rows, bool IsClassification, int Tested)
{
    /// <summary>Trains a network in every precision and measures; integers by the engine that computes what the kernel computes.</summary>
    /// <param name="learner">The learner; its precision and seed are replaced.</param>
    /// <param name="parts">Rows to learn from, to decide on (or null) and to measure on: one split, or the folds of a cross validation.</param>
    /// <param name="seeds">Trainings of each, whose scores are averaged: more of them, less chance in the differences.</param>
    /// <returns>The comparison.</returns>
    public static PrecisionComparison Run(NetworkLearner learner, IReadOnlyList<(Samples Train, Samples? Validation, Samples Test)> parts, int seeds)
    {
        ArgumentNullException.ThrowIfNull(learner);
        FitOptions quiet = learner.Options with { Console = null, LogPath = null, CheckpointPath = null };
        return Run((precision, seed) => new MeasuredInIntegers(learner with { Options = quiet with { Precision = precision, Seed = seed } }), parts, seeds);
    }

    /// <summary>Trains and measures.</summary>
    /// <param name="learner">Gives the learner of a precision and a seed.</param>
    /// <param name="parts">Rows to learn from, to decide on (or null) and to measure on: one split, or the folds of a cross validation.</param>
    /// <param name="seeds">Trainings of each, whose scores are averaged: more of them, less chance in the differences.</param>
    /// <returns>The comparison.</returns>
    public static PrecisionComparison Run(
        Func<TrainingPrecision, ulong, ILearner> learner,
        IReadOnlyList<(Samples Train, Samples? Validation, Samples Test)> parts,
        int seeds)
    {
        ArgumentNullException.ThrowIfNull(learner);
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0 || seeds < 1)
            throw new TrainingException($"A comparison needs at least one split and one seed, not {parts.Count} and {seeds}.");
        bool classification = parts[0].Test.Classes > 0;
        List<PrecisionRow> rows = [];
        foreach (TrainingPrecision precision in Enum.GetValues<TrainingPrecision>())
        {
            double sum = 0, weight = 0;
            long bytes = 0;
            foreach ((Samples train, Samples? validation, Samples test) in parts)
            {
                for (ulong seed = 1; seed <= (ulong)seeds; seed++)
                {
                    IPredictor predictor = learner(precision, seed).Fit(train, validation);
                    EvaluationRow row = Evaluation.RowOf(precision.ToString(), predictor, test);
                    double counts = test.Weights.ToArray().Sum(w => (double)w);
                    sum += counts * (row.Class?.Accuracy ?? row.Regression!.MeanAbsoluteError);
                    weight += counts;
                    bytes = Math.Max(bytes, predictor.SizeBytes);
                }
            }

            double score = sum / weight, reference = rows.Count == 0 ? score : rows[0].Score;
            rows.Add(new PrecisionRow(precision, score, classification ? 100 * (reference - score) : 100 * ((score / reference) - 1), bytes));
        }

        return new PrecisionComparison(new([.. rows]), classification, parts.Sum(p => p.Test.Count) * seeds);
    }

    /// <summary>Gives what the kernel computes: where integers are trained for, the integer engine.</summary>
    private sealed record MeasuredInIntegers(NetworkLearner Learner) : ILearner
    {
        public string Name => Learner.Name;

        public IPredictor Fit(Samples train, Samples? validation = null)
        {
            NetworkPredictor predictor = (NetworkPredictor)Learner.Fit(train, validation);
            return predictor.Precision is TrainingPrecision.Int16 or TrainingPrecision.Int8 ? predictor.ToIntegers(train) : predictor;
        }
    }

    /// <summary>Prints it as a table.</summary>
    /// <param name="console">Where; null for the standard output.</param>
    public void Print(IAnsiConsole? console = null)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("precision");
        table.AddColumn(new TableColumn(IsClassification ? "accuracy" : "mean absolute error").RightAligned());
        table.AddColumn(new TableColumn(IsClassification ? "points lost" : "% lost").RightAligned());
        table.AddColumn(new TableColumn("bytes").RightAligned());
        foreach (PrecisionRow row in Rows)
        {
            table.AddRow(
                row.Precision.ToString().ToLowerInvariant(),
                row.Score.ToString(IsClassification ? "P2" : "G5", CultureInfo.InvariantCulture),
                row.Lost.ToString("F2", CultureInfo.InvariantCulture),
                row.SizeBytes.ToString(CultureInfo.InvariantCulture));
        }

        SideOutput.Print(console, to => to.Write(table));
    }
}
