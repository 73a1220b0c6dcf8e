using System;

namespace Kml.Training.Linear;

/// <summary>What makes scores predictions: nothing for a regression, a sigmoid for two classes, softmax for more.</summary>
internal static class LinearHead
{
    /// <summary>Scores that a model of so many classes computes.</summary>
    /// <param name="classes">Classes; 0 for a regression.</param>
    /// <returns>1, or the classes if they are more than two.</returns>
    internal static int Scores(int classes) => classes > 2 ? classes : 1;

    /// <summary>Makes predictions of scores, in place.</summary>
    /// <param name="classes">Classes; 0 for a regression.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="outputs">Scores, [score][row]; receives probabilities, [class][row].</param>
    internal static void Finish(int classes, int rows, Span<float> outputs)
    {
        if (classes == 1)
            outputs[..rows].Fill(1);
        else if (classes == 2)
            Binary(rows, outputs);
        else if (classes > 2)
            Softmax(classes, rows, outputs);
    }

    private static void Binary(int rows, Span<float> outputs)
    {
        for (int r = 0; r < rows; r++)
        {
            float score = outputs[r];
            outputs[rows + r] = KmlMath.Sigmoid(score);
            outputs[r] = KmlMath.Sigmoid(-score);
        }
    }

    private static void Softmax(int classes, int rows, Span<float> outputs)
    {
        for (int r = 0; r < rows; r++)
        {
            float most = float.NegativeInfinity, sum = 0;
            for (int c = 0; c < classes; c++)
                most = MathF.Max(most, outputs[(c * rows) + r]);
            for (int c = 0; c < classes; c++)
                sum += outputs[(c * rows) + r] = KmlMath.Exp(outputs[(c * rows) + r] - most);
            for (int c = 0; c < classes; c++)
                outputs[(c * rows) + r] /= sum;
        }
    }
}
