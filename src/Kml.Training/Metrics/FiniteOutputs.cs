using System;
using System.Globalization;

namespace Kml.Training;

/// <summary>What every metric relies on: outputs that are numbers. One that is none is traced to the row and the column that it comes from.</summary>
internal static class FiniteOutputs
{
    /// <summary>A value this many mean distances from the rest of its column is out of the ordinary.</summary>
    private const double Far = 1e6;

    /// <summary>Checks the outputs for rows.</summary>
    /// <param name="outputs">[unit][row].</param>
    /// <param name="rows">The rows.</param>
    /// <exception cref="TrainingException">One is NaN or infinite; the message names its row and column.</exception>
    internal static void Require(ReadOnlySpan<float> outputs, Samples rows)
    {
        if (FiniteNumbers.All(outputs))
            return;
        int row = First(outputs) % rows.Count, column = FarthestColumn(rows, row);
        throw new TrainingException(string.Create(
            CultureInfo.InvariantCulture,
            $"What is predicted for row {row} is {outputs[First(outputs)]}: {Cause(rows, row, column)}."));
    }

    /// <summary>Checks numbers of rows of which nothing else is known.</summary>
    /// <param name="values">[row].</param>
    /// <param name="what">What they are, such as <c>score</c>.</param>
    /// <exception cref="TrainingException">One is NaN or infinite; the message names its row.</exception>
    internal static void Require(ReadOnlySpan<float> values, string what)
    {
        if (!FiniteNumbers.All(values))
        {
            throw new TrainingException(
                string.Create(CultureInfo.InvariantCulture, $"The {what} of row {First(values)} is {values[First(values)]}: ")
                + "nothing can be measured with it. Look at what the predictor was given there.");
        }
    }

    private static int First(ReadOnlySpan<float> values)
    {
        int at = 0;
        while (at < values.Length - 1 && float.IsFinite(values[at]))
            at++;
        return at;
    }

    private static string Cause(Samples rows, int row, int column) => column < 0
        ? "no column is out of the ordinary there, so the model itself gives it. Train it anew, with a smaller learning rate or labels in another unit"
        : string.Create(CultureInfo.InvariantCulture, $"column '{rows.Names[column]}' is {rows.Column(column)[row]:R} there, far from all other rows. ")
            + "Leave the row out, or bound what computes the column";

    /// <summary>The column in which a row lies farthest from the others; -1 if it is far in none.</summary>
    private static int FarthestColumn(Samples rows, int row)
    {
        (double distance, int column) = (Far, -1);
        for (int f = 0; f < rows.Width; f++)
        {
            ReadOnlySpan<float> values = rows.Column(f);
            double sum = 0, distances = 0;
            for (int other = 0; other < values.Length; other++)
                sum += other == row ? 0 : values[other] / (double)(values.Length - 1);
            for (int other = 0; other < values.Length; other++)
                distances += other == row ? 0 : Math.Abs(values[other] - sum) / (values.Length - 1);
            double own = Math.Abs(values[row] - sum) / Math.Max(distances, double.Epsilon);
            if (own > distance || double.IsPositiveInfinity(own))
                (distance, column) = (own, f);
        }

        return column;
    }
}
