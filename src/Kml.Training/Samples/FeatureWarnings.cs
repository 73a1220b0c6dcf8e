using System;
using System.Collections.Generic;
using System.Globalization;

namespace Kml.Training;

/// <summary>What is worth saying about training rows whatever learns from them. Rows of weight 0 do not count.</summary>
public static class FeatureWarnings
{
    /// <summary>Looks at training rows.</summary>
    /// <param name="train">The rows.</param>
    /// <returns>A warning for each constant feature, for a constant label, and for each class without rows.</returns>
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
                warnings.Add(new TrainingWarning(TrainingWarningKind.ConstantFeature, string.Create(CultureInfo.InvariantCulture, $"feature '{train.Names[f]}' is {column[rows[0]]:R} in all {rows.Length} training rows: it tells nothing. Leave it out, or collect under a more varied load")));
        }

        ReadOnlySpan<float> labels = train.Labels;
        if (IsConstant(labels, rows))
            warnings.Add(new TrainingWarning(TrainingWarningKind.ConstantLabel, string.Create(CultureInfo.InvariantCulture, $"the label is {(train.Classes > 0 ? "class " : "")}{labels[rows[0]]:R} in all {rows.Length} training rows: there is nothing to tell apart. Collect under a more varied load, or look at the label method")));
        bool[] seen = new bool[train.Classes];
        foreach (int row in train.Classes > 0 ? rows : [])
            seen[(int)labels[row]] = true;
        for (int c = 0; c < seen.Length; c++)
        {
            if (!seen[c])
                warnings.Add(new TrainingWarning(TrainingWarningKind.EmptyClass, $"class {c} has no training row: it will hardly be chosen. Collect where it occurs, or leave it out"));
        }

        return warnings;
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
