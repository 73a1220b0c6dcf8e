using System;
using System.Linq;
using Kml.Training.Losses;
using Kml.Training.Networks;

namespace Kml.Training.Sequences;

/// <summary>
/// A network that was fitted to sequences, with its normalisation. It predicts whole tables: a row's prediction depends on those of its entity before it.
/// </summary>
public sealed class SequencePredictor
{
    private readonly Loss _loss;
    private readonly float[] _parameters;
    private readonly Normalisation _normalisation;
    private readonly int _lanes;

    /// <summary>Takes a network.</summary>
    /// <param name="form">The network.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="classes">0 for a regression.</param>
    /// <param name="parameters">Its parameters, padded.</param>
    /// <param name="normalisation">Its normalisation.</param>
    /// <param name="lanes">Entities that are walked side by side.</param>
    internal SequencePredictor(NetworkForm form, Loss loss, int classes, float[] parameters, Normalisation normalisation, int lanes) =>
        (Form, _loss, Classes, _parameters, _normalisation, _lanes) = (form, loss, classes, parameters, normalisation, lanes);

    /// <summary>The network.</summary>
    public NetworkForm Form { get; }

    /// <summary>0 for a regression.</summary>
    public int Classes { get; }

    /// <summary>All parameters, layer after layer, each layer's at a multiple of 16.</summary>
    public ReadOnlySpan<float> Parameters => _parameters;

    /// <summary>Predicts rows, each from all rows of its group up to it; the first row of a group begins without a past.</summary>
    /// <param name="rows">The rows; their labels and weights do not matter.</param>
    /// <returns>For a classifier, probabilities [class][row]; for a regression, predictions [row] in the label's unit.</returns>
    /// <exception cref="TrainingException">The rows have other features than the network takes.</exception>
    public float[] Predict(Samples rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Width != Form.Input.Units)
            throw new TrainingException($"The network takes {Form.Input.Units} numbers a step and the rows have {rows.Width} features.");
        if (rows.Count == 0)
            return [];
        int steps = Form.Input.Steps;
        LaneWindows<float> windows = new(Normalise(rows, _normalisation, "given", labelled: false), steps);
        LaneSchedule schedule = LaneSchedule.Of(windows, _lanes);
        schedule.Begin();
        using TruncatedPass<float> pass = new(Form, _loss, steps, _lanes, 1);
        float[] scores = new float[ArraySize.Of("The scores of all steps", rows.Count, Form.Output.Units)];
        pass.Predict(windows, schedule, _parameters, scores);
        return Classes == 0 ? [.. scores.Select(score => (score * _normalisation.LabelScale) + _normalisation.LabelMean)]
            : Form.Output.Units == 1 ? [.. scores.Select(score => 1f - KmlMath.Sigmoid(score)), .. scores.Select(KmlMath.Sigmoid)]
            : Probabilities(scores, rows.Count);
    }

    /// <summary>Rows with mean 0 and deviation 1, and so a regression's label.</summary>
    /// <exception cref="TrainingException">A number is out of the network's reach; the message names row and column.</exception>
    internal static Samples Normalise(Samples rows, Normalisation by, string which, bool labelled = true)
    {
        float[] features = [.. rows.Features];
        for (int f = 0; f < rows.Width; f++)
        {
            Span<float> column = features.AsSpan(f * rows.Count, rows.Count);
            for (int row = 0; row < column.Length; row++)
                column[row] = by.Feature(rows, column[row], row, f, which);
        }

        float[] labels = new float[rows.Count];
        for (int row = 0; row < labels.Length && labelled; row++)
            labels[row] = by.Label(rows, row, which);
        return new Samples(rows.Names, features, labels, rows.Classes, [.. rows.Weights], [.. rows.Times], [.. rows.Groups]);
    }

    private static float[] Probabilities(float[] scores, int rows)
    {
        int classes = scores.Length / rows;
        for (int row = 0; row < rows; row++)
        {
            float greatest = float.NegativeInfinity, sum = 0;
            for (int c = 0; c < classes; c++)
                greatest = Math.Max(greatest, scores[(c * rows) + row]);
            for (int c = 0; c < classes; c++)
                sum += scores[(c * rows) + row] = KmlMath.Exp(scores[(c * rows) + row] - greatest);
            for (int c = 0; c < classes; c++)
                scores[(c * rows) + row] /= sum;
        }

        return scores;
    }
}
