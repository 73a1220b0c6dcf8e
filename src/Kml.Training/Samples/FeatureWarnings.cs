using System;
using System.Collections.Generic;
using System.Globalization;

namespace Kml.Training;

/// <summary>What is worth saying about training rows whatever learns from them. Rows of weight 0 do not count.</summary>
public static class FeatureWarnings
{
    /// <summary>Values whose spread is below this share of the column's differ by no more than the rounding of what is computed with them.</summary>
    private const double Alike = 1e-6;

    /// <summary>The least float with all digits.</summary>
    private const double Least = 1.17549435e-38;

    /// <summary>Fewer effective rows than this share of the rows, or than so many, are few.</summary>
    private const double LeastEffective = 0.01, FewEffective = 10;

    /// <summary>Looks at training rows.</summary>
    /// <param name="train">The rows.</param>
    /// <returns>
    /// A warning for each feature that is constant or has all its spread from one row, for a constant label, for weights of which few count, and for each class
    /// without rows.
    /// </returns>
    /// <exception cref="TrainingException">There is no row to learn from.</exception>
    public static IReadOnlyList<TrainingWarning> Of(Samples train)
    {
        ArgumentNullException.ThrowIfNull(train);
        int[] rows = Weighted(train.Weights);
        if (rows.Length == 0)
            throw new TrainingException(train.Count == 0
                ? "There are no rows to learn from. Collect more records."
                : $"All {train.Count} rows have weight 0, so there is none to learn from. Collect more records, or give rows a weight.");

        List<TrainingWarning> warnings = [];
        for (int f = 0; f < train.Width; f++)
        {
            ReadOnlySpan<float> column = train.Column(f);
            if (IsConstant(column, rows))
            {
                warnings.Add(new TrainingWarning(
                    TrainingWarningKind.ConstantFeature,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"feature '{train.Names[f]}' is {column[rows[0]]:R} in all {rows.Length} training rows: it tells nothing. ")
                    + "Leave it out, or collect under a more varied load"));
            }
        }

        warnings.AddRange(OfEvidence(train));
        ReadOnlySpan<float> labels = train.Labels;
        if (IsConstant(labels, rows))
        {
            warnings.Add(new TrainingWarning(
                TrainingWarningKind.ConstantLabel,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the label is {(train.Classes > 0 ? "class " : "")}{labels[rows[0]]:R} in all {rows.Length} training rows: ")
                + "there is nothing to tell apart. Collect under a more varied load, or look at the label method"));
        }

        bool[] seen = new bool[train.Classes];
        foreach (int row in train.Classes > 0 ? rows : [])
            seen[(int)labels[row]] = true;
        for (int c = 0; c < seen.Length; c++)
        {
            if (!seen[c])
            {
                warnings.Add(new TrainingWarning(
                    TrainingWarningKind.EmptyClass,
                    $"class {c} has no training row: it will hardly be chosen. Collect where it occurs, or leave it out"));
            }
        }

        return warnings;
    }

    /// <summary>The row beside whose distance the others' differences are nothing, where they have some; else -1.</summary>
    private static int Extreme(ReadOnlySpan<float> values, in Spread spread, int[] rows)
    {
        int farthest = rows[0];
        foreach (int row in rows)
        {
            if (Math.Abs(values[row] - spread.Mean) > Math.Abs(values[farthest] - spread.Mean))
                farthest = row;
        }

        // What the others differ by among themselves.
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        foreach (int row in rows)
        {
            if (row != farthest)
                (least, most) = (Math.Min(least, values[row]), Math.Max(most, values[row]));
        }

        return most > least && most - least < spread.Deviation * Alike ? farthest : -1;
    }

    /// <summary>Looks for single rows that have all the say.</summary>
    /// <param name="train">The rows, of which one has a weight.</param>
    /// <returns>A warning for each feature that has all its spread from one row, and if few of the rows have all of the weight.</returns>
    internal static IReadOnlyList<TrainingWarning> OfEvidence(Samples train)
    {
        int[] rows = Weighted(train.Weights);
        List<TrainingWarning> warnings = [];
        for (int f = 0; f < train.Width; f++)
        {
            Spread spread = Spread.Of(train.Column(f), train.Weights);
            if (spread.Deviation is > 0 and < Least)
            {
                warnings.Add(new TrainingWarning(
                    TrainingWarningKind.RoundedFeature,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"feature '{train.Names[f]}' varies by {spread.Deviation:G3}, and a float holds all digits of what is above {Least:G3} only: ")
                    + "a network hardly tells its values apart. Choose another unit, or multiply it"));
            }

            if (Extreme(train.Column(f), spread, rows) is int row and >= 0)
            {
                warnings.Add(new TrainingWarning(
                    TrainingWarningKind.ExtremeValue,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"feature '{train.Names[f]}' is {train.Column(f)[row]:R} in row {row} ")
                    + "and so far from it in all others that beside it they look alike. Leave the row out, or bound what computes the feature"));
            }
        }

        return [.. warnings, .. Unequal(train.Weights, rows)];
    }

    private static IEnumerable<TrainingWarning> Unequal(ReadOnlySpan<float> weights, int[] rows)
    {
        double sum = 0, squares = 0;
        int heaviest = rows[0];
        foreach (int row in rows)
        {
            sum += weights[row];
            squares += (double)weights[row] * weights[row];
            heaviest = weights[row] > weights[heaviest] ? row : heaviest;
        }

        // Kish 1965: as many rows of equal weight would say as much.
        double effective = sum * sum / squares, share = weights[heaviest] / sum;
        return effective < Math.Max(rows.Length * LeastEffective, Math.Min(rows.Length / 2.0, FewEffective))
            ? [new TrainingWarning(
                TrainingWarningKind.UnequalWeights,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"weights are so unequal that {rows.Length} training rows say no more than {effective:F1} of equal weight: "
                        + $"row {heaviest} alone has {share:P1} of all. Bound the weights, or leave the row out"))]
            : [];
    }

    private static int[] Weighted(ReadOnlySpan<float> weights)
    {
        List<int> rows = new(weights.Length);
        for (int row = 0; row < weights.Length; row++)
        {
            if (weights[row] > 0)
                rows.Add(row);
        }

        return [.. rows];
    }

    private static bool IsConstant(ReadOnlySpan<float> values, int[] rows)
    {
        float first = values[rows[0]];
        foreach (int row in rows)
        {
            if (values[row] != first)
                return false;
        }

        return true;
    }
}
