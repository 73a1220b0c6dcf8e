using System;

namespace Kml.Training;

/// <summary>How well scores put one class above another, whatever the threshold.</summary>
public static class Ranking
{
    /// <summary>The area under the ROC curve: the probability that a yes has a higher score than a no, a tie counting half (Mann, Whitney 1947).</summary>
    /// <param name="scores">Any number that rises with yes, an infinite one too; [row].</param>
    /// <param name="labels">[row].</param>
    /// <param name="yes">The label that is yes; all others are no.</param>
    /// <param name="weights">What rows count for; a pair counts for the product. [row].</param>
    /// <returns>0 to 1; NaN unless both yes and no occur.</returns>
    /// <exception cref="TrainingException">A score is NaN, which is neither above nor below another; the message names its row.</exception>
    public static double Auc(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, float yes, ReadOnlySpan<float> weights)
    {
        float[] sorted = scores.ToArray();
        int[] rows = new int[sorted.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = float.IsNaN(sorted[row])
                ? throw new TrainingException(
                    FormattableString.Invariant($"The score of row {row} is NaN: it is neither above nor below another. ")
                    + "Look at what the predictor was given there.")
                : row;
        }

        Array.Sort(sorted, rows);

        double below = 0, above = 0, won = 0;
        for (int begin = 0, end; begin < rows.Length; begin = end)
        {
            double tiedYes = 0, tiedNo = 0;
            for (end = begin; end < rows.Length && sorted[end].Equals(sorted[begin]); end++)
            {
                if (labels[rows[end]] == yes)
                    tiedYes += weights[rows[end]];
                else
                    tiedNo += weights[rows[end]];
            }

            won += tiedYes * (below + (tiedNo / 2));
            below += tiedNo;
            above += tiedYes;
        }

        return won / (above * below);
    }
}
