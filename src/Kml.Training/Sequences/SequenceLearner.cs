using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Kml.Training.Optimisation;

namespace Kml.Training.Sequences;

/// <summary>
/// Fits a network with recurrent layers to entities of any length, by truncated backpropagation through time. Each row has its own label, and is predicted from
/// all rows of its entity up to it. It normalises features and a regression's label itself.
/// </summary>
/// <param name="Form">The network: its steps are the rows through which gradients go back; recurrent layers carry their state and give every step.</param>
public sealed record SequenceLearner(NetworkForm Form)
{
    /// <summary>Entities that are walked side by side: rows of a batch.</summary>
    public int Lanes { get; init; } = 64;

    /// <summary>Fixes first weights, the order of entities and what dropout drops: one seed, one result, to the bit, for any number of threads.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The most passes over the training rows.</summary>
    public int MaxEpochs { get; init; } = 100;

    /// <summary>Training stops after this many epochs without a better validation loss, and keeps the weights with the best.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>The learning rate.</summary>
    public double LearningRate { get; init; } = 0.003;

    /// <summary>How weights follow the gradient.</summary>
    public Optimiser Optimiser { get; init; } = new Adam();

    /// <summary>
    /// What is minimised; null for cross-entropy of a classification and Huber's loss of a regression, whose labels have mean 0 and deviation 1 here.
    /// </summary>
    public Loss? Loss { get; init; }

    /// <summary>Bounds on gradients, which over many steps may grow; null for none.</summary>
    public GradientClip? Clip { get; init; } = new(Norm: 1);

    /// <summary>Threads to work; 0 for the processors. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Fits.</summary>
    /// <param name="train">Rows to learn from; a group is an entity, and its rows follow each other in the order of times.</param>
    /// <param name="validation">Rows of other entities to decide on when to stop; null for those of <paramref name="train"/>.</param>
    /// <returns>The network.</returns>
    /// <exception cref="TrainingException">Samples, network and settings do not go together, or no epoch was better than the first weights.</exception>
    public SequencePredictor Fit(Samples train, Samples? validation = null)
    {
        ArgumentNullException.ThrowIfNull(train);
        Samples decisive = validation ?? train;
        Loss loss = NetworkLosses.For(train.Classes, Loss);
        Check(train, decisive, loss);
        Reach.Check(train, "training");
        IReadOnlyList<TrainingWarning> evidence = FeatureWarnings.OfEvidence(train);
        train = RelativeWeights.Of(train);
        Normalisation normalisation = Normalisation.Learn(train, Form);
        int steps = Form.Input.Steps;
        LaneWindows<float> windows = new(SequencePredictor.Normalise(train, normalisation, "training"), steps);
        LaneWindows<float> deciding = validation is null
            ? windows
            : new(SequencePredictor.Normalise(RelativeWeights.Of(validation), normalisation, "validation"), steps);
        using TruncatedPass<float> pass = new(Form, loss, steps, Lanes, Threads > 0 ? Threads : Environment.ProcessorCount);
        float[] parameters = new float[pass.ParameterLength];
        pass.Initialise(parameters, new Randomness(Seed));
        return new SequencePredictor(Form, loss, train.Classes, Best(pass, windows, deciding, parameters, evidence), normalisation, Lanes);
    }

    /// <summary>The parameters with the least loss on the deciding windows.</summary>
    private float[] Best(
        TruncatedPass<float> pass,
        LaneWindows<float> windows,
        LaneWindows<float> deciding,
        float[] parameters,
        IReadOnlyList<TrainingWarning> evidence)
    {
        LaneSchedule schedule = LaneSchedule.Of(windows, Lanes), decision = LaneSchedule.Of(deciding, Lanes);
        OptimiserState<float> state = Optimiser.Start<float>(parameters.Length);
        CounterRandomness random = new(Seed);
        float[] best = [.. parameters];
        double least = Mean(Decide());
        int bestEpoch = 0;
        for (int epoch = 1; epoch <= MaxEpochs && epoch - bestEpoch <= Patience; epoch++)
        {
            schedule.Begin(new Randomness(random.Draw((2 * (ulong)epoch) + 1)));
            double trained = Mean(pass.Train(windows, schedule, parameters, state, LearningRate, random.Draw(2 * (ulong)epoch), Clip)), loss = Mean(Decide());
            if (!double.IsFinite(trained) || !double.IsFinite(loss))
                break;
            if (loss < least)
            {
                (least, bestEpoch) = (loss, epoch);
                parameters.CopyTo(best, 0);
            }
        }

        return bestEpoch > 0
            ? best
            : throw new TrainingException(
                "No epoch was better than the first weights: "
                + FormattableString.Invariant($"use a smaller learning rate than {LearningRate:G3}, or features that say more.{Said(evidence)}"));

        BatchLoss Decide()
        {
            decision.Begin();
            return pass.Loss(deciding, decision, parameters);
        }
    }

    private static string Said(IReadOnlyList<TrainingWarning> evidence) => string.Concat(evidence.Select(warning => $" Also, {warning.Message}."));

    private static double Mean(BatchLoss loss) => loss.Sum / loss.Weight;

    private void Check(Samples train, Samples validation, Loss loss)
    {
        if (Lanes < 1 || MaxEpochs < 1 || Patience < 1 || Threads < 0 || !(LearningRate > 0 && double.IsFinite(LearningRate)))
        {
            throw new TrainingException(
                FormattableString.Invariant($"Lanes ({Lanes}), epochs ({MaxEpochs}), patience ({Patience}) and learning rate ({LearningRate:R}) ")
                + FormattableString.Invariant($"must be above 0, and threads ({Threads}) at least 0."));
        }

        Clip?.Check();
        if (train.Classes == 1)
            throw new TrainingException("The samples have 1 class: there is nothing to tell apart. Give them the number of classes that there can be.");
        if (Form.Input.Units != train.Width)
        {
            throw new TrainingException($"The network takes {Form.Input.Units} numbers a step and the samples have {train.Width} features: "
                + "give one or the other.");
        }

        if (validation.Width != train.Width || validation.Classes != train.Classes)
        {
            throw new TrainingException($"The validation rows have {validation.Width} features and {validation.Classes} classes, "
                + $"the training rows {train.Width} and {train.Classes}: they must be alike.");
        }

        if (train.Weights.IndexOfAnyExcept(0f) < 0 || validation.Weights.IndexOfAnyExcept(0f) < 0)
            throw new TrainingException("No row counts: training and validation rows need one each with a weight above 0.");
        int due = NetworkLosses.Outputs(train.Classes, loss);
        if (Form.Output.Units != due)
        {
            throw new TrainingException($"The network ends with {Form.Output.Units} units, "
                + $"and {(train.Classes > 0 ? $"{train.Classes} classes" : "a regression")} under {loss.GetType().Name} need {due}: change its last layer.");
        }

        if (!Form.Layers.Any(layer => layer is LstmLayer { CarriesState: true } or GruLayer { CarriesState: true }))
        {
            throw new TrainingException("No layer carries its state, so that a window would know nothing of the one before: "
                + "set CarriesState, or fit rows with their recent ones.");
        }

        IndexFeatures.Check(Form, train);
        IndexFeatures.Check(Form, validation);
    }
}
