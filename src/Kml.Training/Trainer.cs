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
        List<TrainingWarning> warnings = [];
        TrainingRows rows = TrainingRows.Of(Dataset.Read<TModel>(records), options, warnings);
        ModelSpec model = rows.Train.Model;
        ProgramShape shape = Shape(model, options);

        Samples learned = Weighted(rows.Train, options), decided = Weighted(rows.Validation, options);
        Reach.Check(learned, "training");
        warnings.AddRange(FeatureWarnings.OfEvidence(learned));
        (learned, decided) = (RelativeWeights.Of(learned), RelativeWeights.Of(decided));

        NetworkForm form = ModelNetwork.Form(shape);
        Loss loss = LossOf(model, form, learned.Classes, options);
        Normalisation normalisation = Normalisation.Learn(learned, form);
        warnings.AddRange(Ignored(rows.Train, learned, normalisation));

        double[] factors = options.BalanceClasses ? NetworkLosses.Balance(learned) : [];
        DescentTask task = new(form, loss, options, normalisation.Pack(learned, factors), normalisation.Pack(decided, factors, "validation"));
        DescentResult found = WatchedDescent.Run(model.Name, task, cancellation, warnings);
        warnings.AddRange(normalisation.Beyond(rows.Test.ToSamples(EvidenceUse.Evaluation), "test"));
        ProgramWeights weights = Quantised(ModelNetwork.Weights(shape, normalisation, found.Parameters), shape, rows.Train, options.Precision);
        return new TrainingResult(model, weights, found, [.. warnings], rows.Train, rows.Validation, rows.Test);
    }

    private static ProgramShape Shape(ModelSpec model, TrainingOptions options)
    {
        ProgramShape shape = ProgramShape.Of(model);
        return options.Precision is TrainingPrecision.Int16 or TrainingPrecision.Int8 && !shape.IntegerTwin
            ? throw new TrainingException($"Model '{model.Name}' has no integer twin to train for: train it in {nameof(TrainingPrecision.Float32)}, "
                + "or take features and label in integers.")
            : shape;
    }

    private static Loss LossOf(ModelSpec model, NetworkForm form, int classes, TrainingOptions options)
    {
        Loss loss = NetworkLosses.For(classes, options.Loss);
        int due = NetworkLosses.Outputs(classes, loss);
        return due == form.Output.Units
            ? loss
            : throw new TrainingException(
                $"Model '{model.Name}' ends with {form.Output.Units} units, and {loss.GetType().Name} takes {due}: choose another loss.");
    }

    /// <summary>The rows that may be learned from, with what they count for.</summary>
    private static Samples Weighted(Dataset part, TrainingOptions options)
    {
        Samples samples = part.ToSamples();
        if (samples.Count == 0)
        {
            throw new TrainingException($"None of {part.Count} rows may be learned from: the policy acted, or wished to, on all of them. "
                + "Collect with act=0, or with a share held out.");
        }

        if (!part.HasVerdict || options.YesWeight == 1f)
            return samples;
        Samples verdicts = part.ToSamples(verdicts: true);
        float[] weights = [.. Enumerable.Range(0, samples.Count).Select(row => samples.Weights[row] * (verdicts.Labels[row] == 1f ? options.YesWeight : 1f))];
        return new Samples(
            samples.Names,
            samples.Features.ToArray(),
            samples.Labels.ToArray(),
            samples.Classes,
            weights,
            samples.Times.ToArray(),
            samples.Groups.ToArray());
    }

    /// <summary>Features that a float cannot tell apart, and others that are constant.</summary>
    private static IEnumerable<TrainingWarning> Ignored(Dataset train, Samples learned, Normalisation normalisation)
    {
        Dictionary<int, TrainingWarning> rounded = RoundedFeatures.Of(train);
        return rounded.Values.Concat(normalisation.Constant.Where(i => !rounded.ContainsKey(i)).Select(i => new TrainingWarning(
            TrainingWarningKind.ConstantFeature,
            string.Create(CultureInfo.InvariantCulture, $"feature {i} is {learned.Column(i)[0]} in all {learned.Count} training rows and is ignored"))));
    }

    /// <summary>Adds the integer form, if the model has a twin.</summary>
    private static ProgramWeights Quantised(ProgramWeights weights, ProgramShape shape, Dataset train, TrainingPrecision precision)
    {
        if (!shape.IntegerTwin)
            return weights;
        uint[][] calibration = CalibrationRows.Of(train.Count, row => train.FeatureBits(row).ToArray());
        return weights with
        {
            Integer = Quantiser.Quantise(ModelProgram.For(shape), weights, calibration, precision == TrainingPrecision.Int8 ? 8 : 16),
        };
    }
}
