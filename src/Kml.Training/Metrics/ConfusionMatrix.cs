using System;
using System.Linq;

namespace Kml.Training;

/// <summary>How much weight each pair of actual and predicted class has.</summary>
public sealed class ConfusionMatrix
{
    private readonly double[] _cells;

    private ConfusionMatrix(int classes, double[] cells)
    {
        Classes = classes;
        _cells = cells;
        Total = cells.Sum();
    }

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>All weight.</summary>
    public double Total { get; }

    /// <summary>The weight that is right.</summary>
    public double Right => Enumerable.Range(0, Classes).Sum(c => this[c, c]);

    /// <summary>The share of weight that is right.</summary>
    public double Accuracy => Right / Total;

    /// <summary>The mean of <see cref="F1"/> over the classes that occur, as labels or as predictions.</summary>
    public double MacroF1 => Enumerable.Range(0, Classes).Where(c => Row(c) + Column(c) > 0).Average(F1);

    /// <summary>The weight of rows of one class for which another (or the same) was predicted.</summary>
    /// <param name="actual">The label.</param>
    /// <param name="predicted">The prediction.</param>
    /// <returns>The sum of weights.</returns>
    public double this[int actual, int predicted] => _cells[(actual * Classes) + predicted];

    /// <summary>Counts.</summary>
    /// <param name="labels">The actual classes; [row].</param>
    /// <param name="predictions">The predicted classes; [row].</param>
    /// <param name="weights">What rows count for; [row].</param>
    /// <param name="classes">The number of classes.</param>
    /// <returns>The matrix.</returns>
    public static ConfusionMatrix Of(ReadOnlySpan<float> labels, ReadOnlySpan<int> predictions, ReadOnlySpan<float> weights, int classes)
    {
        double[] cells = new double[ArraySize.Of("The cells of a confusion matrix", classes, classes)];
        for (int row = 0; row < labels.Length; row++)
            cells[((int)labels[row] * classes) + predictions[row]] += weights[row];
        return new ConfusionMatrix(classes, cells);
    }

    /// <summary>Counts the most probable classes.</summary>
    /// <param name="probabilities">[class][row].</param>
    /// <param name="rows">The actual classes, and the weights.</param>
    /// <returns>The matrix.</returns>
    internal static ConfusionMatrix Of(ReadOnlySpan<float> probabilities, Samples rows) =>
        Of(rows.Labels, Choices(probabilities, rows), rows.Weights, rows.Classes);

    /// <summary>The most probable class of each row; of classes that are equally probable the first.</summary>
    /// <param name="probabilities">[class][row].</param>
    /// <param name="rows">The rows.</param>
    /// <returns>[row].</returns>
    internal static int[] Choices(ReadOnlySpan<float> probabilities, Samples rows)
    {
        int[] chosen = new int[rows.Count];
        for (int row = 0; row < chosen.Length; row++)
        {
            for (int c = 1; c < rows.Classes; c++)
            {
                if (probabilities[(c * chosen.Length) + row] > probabilities[(chosen[row] * chosen.Length) + row])
                    chosen[row] = c;
            }
        }

        return chosen;
    }

    /// <summary>Of what was predicted to be of a class, the share that is; 0 if nothing was.</summary>
    /// <param name="c">The class.</param>
    /// <returns>0 to 1.</returns>
    public double Precision(int c) => Column(c) > 0 ? this[c, c] / Column(c) : 0;

    /// <summary>Of what is of a class, the share that was found; 0 if nothing is.</summary>
    /// <param name="c">The class.</param>
    /// <returns>0 to 1.</returns>
    public double Recall(int c) => Row(c) > 0 ? this[c, c] / Row(c) : 0;

    /// <summary>The harmonic mean of precision and recall; 0 if a class neither occurs nor is predicted.</summary>
    /// <param name="c">The class.</param>
    /// <returns>0 to 1.</returns>
    public double F1(int c) => Row(c) + Column(c) > 0 ? 2 * this[c, c] / (Row(c) + Column(c)) : 0;

    private double Row(int c) => Enumerable.Range(0, Classes).Sum(p => this[c, p]);

    private double Column(int c) => Enumerable.Range(0, Classes).Sum(a => this[a, c]);
}
