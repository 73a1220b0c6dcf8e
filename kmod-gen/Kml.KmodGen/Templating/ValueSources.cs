using System.Collections.Generic;

namespace Kml.KmodGen.Templating;

/// <summary>
/// What of the user's the values say that templates name: the rows by which a line is explained. Values that say nothing else than a template's own words
/// have none.
/// </summary>
internal static class ValueSources
{
    private const string Label = "[Label]", Features = "[Features]", Weights = "the weights file";

    /// <summary>By the value's name.</summary>
    public static IReadOnlyDictionary<string, string> ByName { get; } = new Dictionary<string, string>
    {
        ["banner"] = "name, fingerprint and weights of the model",
        ["state_struct"] = "[State]",
        ["layout_assertions"] = "[State] and the record's layout",
        ["ring_records"] = "[Ring]",
        ["features"] = Features,
        ["feature_count"] = Features,
        ["from"] = Label,
        ["to"] = Label,
        ["FROM"] = Label,
        ["TO"] = Label,
        ["to_tracepoint"] = Label,
        ["label_type"] = Label,
        ["label_bits"] = Label,
        ["prediction_value"] = Label,
        ["network_text"] = "[Dense] and [Label]",
        ["weights_version"] = Weights,
        ["weights_data"] = Weights,
        ["golden_count"] = Weights,
        ["golden_data"] = Weights,
    };
}
