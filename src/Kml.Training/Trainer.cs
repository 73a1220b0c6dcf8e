using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Kml.Model;
using Kml.Model.Lowering;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Kml.Training.Optimisation;
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
    /// <param name="cancellation">Stops training before its next step, with the best weights so far, and a checkpoint if there is a path for one.</param>
    /// <returns>The weights, and how well they do.</returns>
    /// <exception cref="TrainingException">The records or the options do not allow it.</exception>
    public static TrainingResult Train<TModel>(RecordSet records, TrainingOptions? options = null, CancellationToken cancellation = default)
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
        if (test.ForEvaluation().Count == 0)
            throw new TrainingException($"None of the {test.Count} test rows was held out while the policy acted, so nothing can be measured on them. Collect more records, with a larger holdout, or with act=0.");
        warnings.AddRange(Labels(train));
        ProgramShape shape = ProgramShape.Of(rows.Model);
        if (options.Precision is TrainingPrecision.Int16 or TrainingPrecision.Int8 && !shape.IntegerTwin)
            throw new TrainingException($"Model '{rows.Model.Name}' has no integer twin to train for: train it in {nameof(TrainingPrecision.Float32)}, or take features and label in integers.");
        Samples learned = Weighted(train, options), decided = Weighted(validation, options);
        Reach.Check(learned, "training");
        warnings.AddRange(FeatureWarnings.OfEvidence(learned));
        (learned, decided) = (RelativeWeights.Of(learned), RelativeWeights.Of(decided));
        NetworkForm form = ModelNetwork.Form(shape);
        Loss loss = NetworkLosses.For(learned.Classes, options.Loss);
        if (NetworkLosses.Outputs(learned.Classes, loss) != form.Output.Units)
            throw new TrainingException($"Model '{rows.Model.Name}' ends with {form.Output.Units} units, and {loss.GetType().Name} takes {NetworkLosses.Outputs(learned.Classes, loss)}: choose another loss.");
        Normalisation normalisation = Normalisation.Learn(learned, form);
        Dictionary<int, TrainingWarning> rounded = RoundedFeatures.Of(train);
        warnings.AddRange(rounded.Values);
        warnings.AddRange(normalisation.Constant.Where(i => !rounded.ContainsKey(i)).Select(i => new TrainingWarning(
            TrainingWarningKind.ConstantFeature,
            string.Create(CultureInfo.InvariantCulture, $"feature {i} is {learned.Column(i)[0]} in all {learned.Count} training rows and is ignored"))));

        double[] factors = options.BalanceClasses ? NetworkLosses.Balance(learned) : [];
        FitTask task = new(form, loss, options, normalisation.Pack(learned, factors), normalisation.Pack(decided, factors, "validation"));
        FitResult fitted = WatchedFit.Run(rows.Model.Name, task, cancellation, warnings);
        warnings.AddRange(normalisation.Beyond(test.ToSamples(EvidenceUse.Evaluation), "test"));
        ProgramWeights weights = ModelNetwork.Weights(shape, normalisation, fitted.Parameters);
        if (shape.IntegerTwin)
            weights = weights with { Integer = Quantiser.Quantise(ModelProgram.For(shape), weights, Calibration(train), options.Precision == TrainingPrecision.Int8 ? 8 : 16) };
        return new TrainingResult(rows.Model, weights, fitted, [.. warnings], train, validation, test);
    }

    /// <summary>The rows that may be learned from, with what they count for.</summary>
    private static Samples Weighted(Dataset part, TrainingOptions options)
    {
        Samples samples = part.ToSamples();
        if (samples.Count == 0)
            throw new TrainingException($"None of {part.Count} rows may be learned from: the policy acted, or wished to, on all of them. Collect with act=0, or with a share held out.");
        if (!part.HasVerdict || options.YesWeight == 1f)
            return samples;
        Samples verdicts = part.ToSamples(verdicts: true);
        float[] weights = [.. Enumerable.Range(0, samples.Count).Select(row => samples.Weights[row] * (verdicts.Labels[row] == 1f ? options.YesWeight : 1f))];
        return new Samples(samples.Names, samples.Features.ToArray(), samples.Labels.ToArray(), samples.Classes, weights, samples.Times.ToArray(), samples.Groups.ToArray());
    }

    /// <summary>Rows spread evenly over the training rows; the quantiser measures the ranges of activations on them.</summary>
    private static uint[][] Calibration(Dataset train)
    {
        int count = Math.Min(CalibrationRows, train.Count);
        return [.. Enumerable.Range(0, count).Select(i => train.FeatureBits((int)((long)i * train.Count / count)).ToArray())];
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

        else if (Enumerable.Range(0, train.Count).Select(train.Label).Distinct().Count() == 1)
            throw new TrainingException(string.Create(CultureInfo.InvariantCulture, $"The label is {train.Label(0):R} in all {train.Count} training rows: there is nothing to learn. Collect under a more varied load, or look at the label method '{label.Method.Name}'."));

        if (train.HasVerdict && Enumerable.Range(0, train.Count).Select(train.Verdict).Distinct().Count() == 1)
            yield return new TrainingWarning(TrainingWarningKind.OneVerdict, $"the verdict is {(train.Verdict(0) ? "yes" : "no")} in all {train.Count} training rows: its accuracy says nothing");
    }
}
