using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.Model;
using Kml.Model.Lowering;
using Kml.Training.Quantise;

namespace Kml.Training;

/// <summary>Trains the network of a model on its records.</summary>
public static class Trainer
{
    /// <summary>The fewest usable rows: the share held out for the test must yield the golden vectors.</summary>
    private const int MinimumRows = 128;

    private const int CalibrationRows = 2048;

    /// <summary>Trains. The order of time splits the rows: the first to learn from, the next to decide when to stop, the last to measure the result.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="records">Its records.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    /// <returns>The weights, and how well they do.</returns>
    /// <exception cref="TrainingException">The records or the options do not allow it.</exception>
    public static TrainingResult Train<TModel>(RecordSet records, TrainingOptions? options = null)
        where TModel : IKernelModel
    {
        options ??= new TrainingOptions();
        options.Validate();
        Dataset rows = Dataset.Read<TModel>(records);
        List<TrainingWarning> warnings = [.. LeftOut(rows)];
        if (rows.Count < MinimumRows)
            throw new TrainingException(string.Create(CultureInfo.InvariantCulture, $"{rows.Count} usable rows of {rows.Counts.Records} records{Reasons(rows.Counts)}: training '{rows.Model.Name}' needs at least {MinimumRows}. Collect more records."));

        (Dataset train, Dataset validation, Dataset test) = rows.Split(options.ValidationShare, options.TestShare);
        if (test.Count < GoldenVectors.Minimum)
            throw new TrainingException($"The test share of {options.TestShare} leaves {test.Count} rows, and golden vectors need {GoldenVectors.Minimum}. Collect more records, or raise {nameof(options.TestShare)}.");
        warnings.AddRange(Labels(train));
        Normalisation normalisation = Normalisation.Learn(train);
        warnings.AddRange(normalisation.Constant.Select(i => new TrainingWarning(
            TrainingWarningKind.ConstantFeature,
            string.Create(CultureInfo.InvariantCulture, $"feature {i} is {train.Feature(0, i)} in all {train.Count} training rows and is ignored"))));

        NetworkShape shape = NetworkShape.Of(rows.Model);
        Fit fit = new(shape, options, Rows(train), Rows(validation));
        FitResult? fitted = null;
        using (EpochLog? log = options.LogPath is null ? null : new EpochLog(options.LogPath))
        {
            TrainingDisplay.Run(options.Console, rows.Model.Name, options.MaxEpochs, report => fitted = fit.Run(epoch =>
            {
                log?.Write(epoch);
                report(epoch);
            }));
        }

        warnings.AddRange(Course(fitted!, options));
        NetworkWeights weights = Weights(shape, normalisation, fitted!.Parameters);
        if (shape.IntegerTwin)
            weights = weights with { Integer = Quantiser.Quantise(NetworkPlan.For(shape), weights, Calibration(train)) };
        return new TrainingResult(rows.Model, weights, fitted, [.. warnings], train, validation, test);

        TrainingRows Rows(Dataset part) => new(
            normalisation.Inputs(part),
            normalisation.Targets(part),
            [.. Enumerable.Range(0, part.Count).Select(row => part.Verdict(row) ? options.YesWeight : 1f)]);
    }

    /// <summary>Rows spread evenly over the training rows; the quantiser measures the ranges of activations on them.</summary>
    private static uint[][] Calibration(Dataset train)
    {
        int count = Math.Min(CalibrationRows, train.Count);
        return [.. Enumerable.Range(0, count).Select(i => train.FeatureBits((int)((long)i * train.Count / count)).ToArray())];
    }

    private static NetworkWeights Weights(NetworkShape shape, Normalisation normalisation, float[] parameters)
    {
        LayerWeights[] layers =
        [
            .. ParameterLayout.Of(shape).Layers.Select(l => new LayerWeights(
                parameters[l.Weights..l.Bias],
                parameters[l.Bias..(l.Bias + l.Outputs)])),
        ];
        return new NetworkWeights(normalisation.Mean, normalisation.InverseDeviation, layers, normalisation.LabelScale, normalisation.LabelMean, null);
    }

    private static IEnumerable<TrainingWarning> LeftOut(Dataset rows)
    {
        if (rows.Counts.Faulted > 0)
            yield return new TrainingWarning(TrainingWarningKind.FaultedRows, $"{rows.Counts.Faulted} of {rows.Counts.Records} records are left out: features, label or verdict fault on them, as they do in the kernel");
        if (rows.Counts.NonFinite > 0)
            yield return new TrainingWarning(TrainingWarningKind.NonFiniteRows, $"{rows.Counts.NonFinite} of {rows.Counts.Records} records are left out: a feature or the label is NaN or infinite");
    }

    private static string Reasons(RowCounts counts) =>
        counts.Rows == counts.Records ? "" : string.Create(CultureInfo.InvariantCulture, $" ({counts.Faulted} faulted, {counts.NonFinite} not finite, {counts.Acted} acted on)");

    private static IEnumerable<TrainingWarning> Labels(Dataset train)
    {
        LabelSpec label = train.Model.Label;
        if (label.IsClassification)
        {
            HashSet<uint> seen = [.. Enumerable.Range(0, train.Count).Select(train.LabelBits)];
            if (seen.Count == 1)
                throw new TrainingException($"All {train.Count} training rows are of class {seen.Single()}: there is nothing to learn. Collect under a more varied load, or look at the label method '{label.Method.Name}'.");
            for (uint c = 0; c < label.Classes; c++)
            {
                if (!seen.Contains(c))
                    yield return new TrainingWarning(TrainingWarningKind.EmptyClass, $"class {c} has no training row: the network will hardly choose it");
            }
        }

        if (train.HasVerdict && Enumerable.Range(0, train.Count).Select(train.Verdict).Distinct().Count() == 1)
            yield return new TrainingWarning(TrainingWarningKind.OneVerdict, $"the verdict is {(train.Verdict(0) ? "yes" : "no")} in all {train.Count} training rows: its accuracy says nothing");
    }

    private static IEnumerable<TrainingWarning> Course(FitResult fit, TrainingOptions options)
    {
        if (fit.Outcome == TrainingOutcome.Diverged)
        {
            yield return new TrainingWarning(
                TrainingWarningKind.Diverged,
                string.Create(CultureInfo.InvariantCulture, $"the loss grew to {fit.Epochs[^1].TrainLoss:G4} in epoch {fit.Epochs.Count}; the weights of epoch {fit.BestEpoch} are kept. Use a learning rate of {options.LearningRate / 10:G3} or less, not {options.LearningRate:G3}"));
        }

        if (fit.BestEpoch == 0)
            yield return new TrainingWarning(TrainingWarningKind.NothingLearned, "no epoch was better on the validation rows than the first weights: use a smaller learning rate, or features that say more");
    }
}
