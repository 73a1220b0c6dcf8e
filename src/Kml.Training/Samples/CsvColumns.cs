using System.Collections.Generic;

namespace Kml.Training;

/// <summary>What the columns of a CSV file mean. Its first line names them.</summary>
public sealed record CsvColumns
{
    internal const string WeightByCustom = "weight", TimeByCustom = "time", GroupByCustom = "group";

    /// <summary>The column of labels.</summary>
    public string Label { get; init; } = "label";

    /// <summary>The column of weights; if there is none of the customary name, every row weighs 1.</summary>
    public string Weight { get; init; } = WeightByCustom;

    /// <summary>The column of times, whole numbers; if there is none of the customary name, the order of rows.</summary>
    public string Time { get; init; } = TimeByCustom;

    /// <summary>The column of groups, whole numbers; if there is none of the customary name, there is one group.</summary>
    public string Group { get; init; } = GroupByCustom;

    /// <summary>The columns of features, in order; null for all that mean nothing else.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>Columns to pass over.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>The names of the classes in the column of labels, class 0 first; null if labels are numbers.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>Without names: the number of classes, or 0 for a regression.</summary>
    public int Classes { get; init; }

    /// <summary>The number of classes, named or not.</summary>
    internal int ClassCount => ClassNames?.Count ?? Classes;
}
