using System;

namespace Kml.Training.Adapting;

/// <summary>Scores a row by the probabilities that a classifier gives it.</summary>
internal abstract class ProbabilityScorer : IQueryScorer
{
    private readonly IPredictor _model;
    private float[] _probabilities = [];

    protected ProbabilityScorer(IPredictor model, string strategy)
    {
        if (model.Classes == 0)
        {
            throw new TrainingException($"The strategy '{strategy}' reads probabilities, and the model predicts a number. "
                + "Use a committee or the core-set, or learn the verdict instead of the label.");
        }

        _model = model;
    }

    public void Score(ReadOnlySpan<float> features, int rows, Span<float> scores)
    {
        int length = ArraySize.Of("The probabilities of the rows", rows, _model.Classes);
        if (_probabilities.Length < length)
            _probabilities = new float[length];
        _model.Predict(features, rows, _probabilities.AsSpan(0, length));
        for (int row = 0; row < rows; row++)
            scores[row] = Of(_probabilities, rows, row, _model.Classes);
    }

    /// <summary>The score of a row; its probabilities are every <paramref name="stride"/>-th from <paramref name="row"/> on.</summary>
    protected abstract float Of(ReadOnlySpan<float> probabilities, int stride, int row, int classes);
}
