using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Kml.Model;
using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Kml.Training.Optimisation;

namespace Kml.Training;

/// <summary>Fits a network: of dense layers, or of any form. It normalises features and a regression's label itself.</summary>
/// <remarks>
/// Without validation rows it decides on its training rows. A hinge loss gives margins, not probabilities: they are made into numbers that sum to 1 and are
/// ordered as the margins are, but not calibrated.
/// </remarks>
public sealed record NetworkLearner : ILearner
{
    private readonly EquatableArray<int> _hidden = EquatableArray.Of(16);

    /// <summary>Units of the layers below the head, when <see cref="Form"/> is null.</summary>
    public IReadOnlyList<int> Hidden
    {
        get => _hidden;
        init => _hidden = value.ToEquatableArray();
    }

    /// <summary>What those layers apply to their sums.</summary>
    public Nonlinearity Nonlinearity { get; init; } = Nonlinearity.Relu;

    /// <summary>
    /// The whole network, with a head of as many units as the loss takes: one a class, or one for a regression or a binary cross-entropy. Null for dense
    /// layers.
    /// </summary>
    public NetworkForm? Form { get; init; }

    /// <summary>How to fit. Quiet by custom.</summary>
    public FitOptions Options { get; init; } = new() { Console = null };

    /// <summary>A fitted network to go on from, with its form and normalisation; null to begin anew.</summary>
    public NetworkPredictor? From { get; init; }

    /// <summary>As many layers, from the first, keep the weights of <see cref="From"/>.</summary>
    public int FrozenLayers { get; init; }

    /// <inheritdoc/>
    public string Name =>
        $"network {((From?.Form ?? Form) is NetworkForm form ? Describe(form) : string.Join("-", Hidden))}"
        + $"{(Options.Precision == TrainingPrecision.Float32 ? "" : $" {Options.Precision}".ToLowerInvariant())}";

    /// <inheritdoc/>
    /// <exception cref="TrainingException">No epoch was better than the first weights because the loss grew beyond bounds.</exception>
    public IPredictor Fit(Samples train, Samples? validation = null)
    {
        NetworkFit fit = FitAndReport(train, validation);
        return fit.Outcome == TrainingOutcome.Diverged && fit.BestEpoch == 0
            ? throw new TrainingException($"{Name} learned nothing: {fit.Warnings.First(w => w.Kind == TrainingWarningKind.Diverged).Message}.{Causes(fit)}")
            : fit.Predictor;
    }

    /// <summary>Fits as <see cref="Fit"/> does, and tells how it went, instead of throwing where nothing was learned.</summary>
    /// <param name="train">Rows to learn from.</param>
    /// <param name="validation">Rows to decide on when to stop and which weights are best; null for those of <paramref name="train"/>.</param>
    /// <param name="cancellation">Stops training before its next step, with the best weights so far and a checkpoint if there is a path for one.</param>
    /// <returns>The network and the course of its training.</returns>
    /// <exception cref="TrainingException">The samples, the settings or the checkpoint do not allow it; the message names the place and the remedy.</exception>
    public NetworkFit FitAndReport(Samples train, Samples? validation = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        Options.Validate();
        List<TrainingWarning> warnings = [.. FeatureWarnings.Of(train)];
        Loss loss = NetworkLosses.For(train.Classes, Options.Loss);
        NetworkForm form = From?.Form ?? Form ?? Dense(train, loss);
        Check(form, train, loss);
        if (validation is not null)
            CheckValidation(form, train, validation);

        IndexFeatures.Check(form, train);
        Reach.Check(train, "training");
        train = RelativeWeights.Of(train);
        Normalisation normalisation = From?.Normalisation ?? Normalisation.Learn(train, form);
        double[] factors = Options.BalanceClasses ? NetworkLosses.Balance(train) : [];
        PackedRows<float> rows = normalisation.Pack(train, factors);
        PackedRows<float> decided = validation is null ? rows : normalisation.Pack(RelativeWeights.Of(validation), factors, "validation");
        DescentTask task = new(form, loss, Options, rows, decided) { Start = From?.Parameters.ToArray(), FrozenLayers = FrozenLayers };
        DescentResult found = WatchedDescent.Run(Name, task, cancellation, warnings);
        NetworkPredictor predictor = new(form, found.Form, train.Classes, found.Parameters, normalisation, Options.Precision);
        return new NetworkFit(predictor, found.Outcome, found.Epochs, found.BestEpoch, warnings);
    }

    private static string Causes(NetworkFit fit) => string.Concat(fit.Warnings
        .Where(w => w.Kind is TrainingWarningKind.ExtremeValue or TrainingWarningKind.UnequalWeights)
        .Select(w => $" Also, {w.Message}."));

    private static string Describe(NetworkForm form) => string.Join("-", form.Layers.Select(layer => layer switch
    {
        DenseLayer dense => $"{dense.Units}",
        _ => layer.GetType().Name.Replace("Layer", "", StringComparison.Ordinal).ToLowerInvariant(),
    }));

    private static void CheckValidation(NetworkForm form, Samples train, Samples validation)
    {
        if (validation.Width != train.Width || validation.Classes != train.Classes)
        {
            throw new TrainingException($"The validation rows have {validation.Width} features and {validation.Classes} classes, "
                + $"the training rows {train.Width} and {train.Classes}: they must be alike.");
        }

        if (validation.Weights.IndexOfAnyExcept(0f) < 0)
        {
            throw new TrainingException($"None of the {validation.Count} validation rows counts: there must be one with a weight above 0. "
                + "Collect more, or give none to decide on the training rows.");
        }

        IndexFeatures.Check(form, validation);
    }

    private NetworkForm Dense(Samples train, Loss loss) => NetworkForm.Of(
        train.Width,
        [.. Hidden.Select(units => new DenseLayer(units, Nonlinearity)), new DenseLayer(NetworkLosses.Outputs(train.Classes, loss))]);

    private void Check(NetworkForm form, Samples train, Loss loss)
    {
        if (train.Classes == 1)
            throw new TrainingException("The samples have 1 class: there is nothing to tell apart. Give them the number of classes that there can be.");
        int width = form.Input.Length;
        if (width != train.Width)
        {
            throw new TrainingException($"The network takes {width} numbers a row ({form.Input.Steps} steps of {form.Input.Units}) and the samples have "
                + $"{train.Width} features: give one or the other.");
        }

        if (form.Layers.Any(layer => layer is LstmLayer { CarriesState: true } or GruLayer { CarriesState: true }))
        {
            throw new TrainingException("A layer carries its state from batch to batch, and rows come in random order here: "
                + "set CarriesState to false, and give each row its steps.");
        }

        LayerShape output = form.Output;
        int due = NetworkLosses.Outputs(train.Classes, loss);
        bool oneMargin = loss is HingeLoss && train.Classes == 2 && output.Units == 1;
        if (output.Steps != 1 || (output.Units != due && !oneMargin))
        {
            throw new TrainingException($"The network ends with {output.Units} units in {output.Steps} steps, "
                + $"and {(train.Classes > 0 ? $"{train.Classes} classes" : "a regression")} "
                + $"under {loss.GetType().Name} need {due} in 1: change its last layer.");
        }

        if (From is not null && Form is not null && Form != From.Form)
            throw new TrainingException($"{nameof(From)} has a form of its own, and {nameof(Form)} is another: give one of them.");
        if (From is not null && From.Classes != train.Classes)
        {
            throw new TrainingException($"The network to go on from has {From.Classes} classes and the samples {train.Classes}: "
                + "fit a new one, or a head on its embedding.");
        }

        if (FrozenLayers < 0 || FrozenLayers >= form.Layers.Count || (FrozenLayers > 0 && From is null))
        {
            throw new TrainingException($"{FrozenLayers} layers are to be frozen of {form.Layers.Count}"
                + $"{(From is null ? " that begin at random: give a network to go on from" : ": it must be at least 0, and leave one to train")}.");
        }

        if (form.ParameterOffset(FrozenLayers) == form.ParameterOffset(form.Layers.Count))
            throw new TrainingException("No layer that is trained has a weight: add a dense layer, or freeze fewer.");
    }
}
