using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.Model;

namespace Kml.Training;

/// <summary>The rows of a model, cut in the order of time: the first to learn from, the next to decide when to stop, the last to measure the result.</summary>
/// <param name="Train">To learn from.</param>
/// <param name="Validation">To decide on.</param>
/// <param name="Test">To measure on.</param>
internal sealed record TrainingRows(Dataset Train, Dataset Validation, Dataset Test)
{
    /// <summary>The fewest usable rows: the share held out for the test must yield the golden vectors.</summary>
    private const int MinimumRows = 128;

    /// <summary>Cuts rows, if there are enough of each kind and the training rows have something to learn.</summary>
    /// <param name="rows">All usable rows.</param>
    /// <param name="options">The shares.</param>
    /// <param name="warnings">Takes what is worth saying about them.</param>
    /// <returns>The rows.</returns>
    /// <exception cref="TrainingException">There are too few, or all are alike.</exception>
    internal static TrainingRows Of(Dataset rows, TrainingOptions options, List<TrainingWarning> warnings)
    {
        warnings.AddRange(LeftOut(rows));
        if (rows.Count < MinimumRows)
        {
            throw new TrainingException(string.Create(
                CultureInfo.InvariantCulture,
                $"{rows.Count} usable rows of {rows.Counts.Records} records{Reasons(rows.Counts)}: training '{rows.Model.Name}' needs at least {MinimumRows}. ")
                + "Collect more records.");
        }

        (Dataset train, Dataset validation, Dataset test) = rows.Split(options.ValidationShare, options.TestShare);
        if (test.Count < GoldenVectors.Minimum)
        {
            throw new TrainingException($"The test share of {options.TestShare} leaves {test.Count} rows, and golden vectors need {GoldenVectors.Minimum}. "
                + $"Collect more records, or raise {nameof(options.TestShare)}.");
        }

        if (test.ForEvaluation().Count == 0)
        {
            throw new TrainingException($"None of the {test.Count} test rows was held out while the policy acted, so nothing can be measured on them. "
                + "Collect more records, with a larger holdout, or with act=0.");
        }

        RequireVariety(train);
        warnings.AddRange(Rare(train));
        return new TrainingRows(train, validation, test);
    }

    private static IEnumerable<TrainingWarning> LeftOut(Dataset rows)
    {
        RowCounts counts = rows.Counts;
        if (counts.Faulted > 0)
        {
            yield return new TrainingWarning(
                TrainingWarningKind.FaultedRows,
                $"{counts.Faulted} of {counts.Records} records are left out: features, label or verdict fault on them, as they do in the kernel");
        }

        if (counts.NonFinite > 0)
        {
            yield return new TrainingWarning(
                TrainingWarningKind.NonFiniteRows, $"{counts.NonFinite} of {counts.Records} records are left out: a feature or the label is NaN or infinite");
        }
    }

    private static string Reasons(RowCounts counts) =>
        counts.Rows == counts.Records
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" ({counts.Faulted} faulted, {counts.NonFinite} not finite, {counts.Acted} acted on)");

    private static void RequireVariety(Dataset train)
    {
        LabelSpec label = train.Model.Label;
        bool alike = label.IsClassification
            ? Enumerable.Range(0, train.Count).All(row => train.LabelBits(row) == train.LabelBits(0))
            : Enumerable.Range(0, train.Count).All(row => train.Label(row).Equals(train.Label(0)));
        if (!alike)
            return;
        string what = label.IsClassification
            ? $"All {train.Count} training rows are of class {train.LabelBits(0)}"
            : string.Create(CultureInfo.InvariantCulture, $"The label is {train.Label(0):R} in all {train.Count} training rows");
        throw new TrainingException(
            $"{what}: there is nothing to learn. Collect under a more varied load, or look at the label method '{label.Method.Name}'.");
    }

    private static IEnumerable<TrainingWarning> Rare(Dataset train)
    {
        HashSet<uint> seen = [.. train.Model.Label.IsClassification ? Enumerable.Range(0, train.Count).Select(train.LabelBits) : []];
        for (uint c = 0; c < train.Model.Label.Classes; c++)
        {
            if (!seen.Contains(c))
                yield return new TrainingWarning(TrainingWarningKind.EmptyClass, $"class {c} has no training row: the network will hardly choose it");
        }

        if (train.HasVerdict && Enumerable.Range(0, train.Count).All(row => train.Verdict(row) == train.Verdict(0)))
        {
            yield return new TrainingWarning(
                TrainingWarningKind.OneVerdict,
                $"the verdict is {(train.Verdict(0) ? "yes" : "no")} in all {train.Count} training rows: its accuracy says nothing");
        }
    }
}
