using System.Collections.Generic;
using System.Linq;
using Kml.Model;

namespace Kml.KmodGen;

/// <summary>The values that templates name. All that is true of a model and may be asked for stands here, once.</summary>
internal sealed class TemplateValues
{
    private TemplateValues(IReadOnlyDictionary<string, object> byName) => ByName = byName;

    /// <summary>The values: texts, numbers and truth values.</summary>
    public IReadOnlyDictionary<string, object> ByName { get; }

    /// <summary>Collects the values of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="names">Its names.</param>
    /// <param name="weights">Its weights, or null.</param>
    /// <param name="toolVersion">The version of this tool.</param>
    /// <returns>The values.</returns>
    public static TemplateValues Of(ModelSpec model, ModuleNames names, WeightsFile? weights, string toolVersion)
    {
        RecordLayout record = RecordLayout.Of(model);
        ModelTraits traits = ModelTraits.Of(model);
        string fingerprint = ModelText.Fingerprint(model);
        Dictionary<string, object> values = new()
        {
            ["model"] = names.Model,
            ["MODEL"] = names.Upper,
            ["module"] = names.Module,
            ["fingerprint"] = fingerprint,
            ["tool_version"] = toolVersion,
            ["banner"] = Banner.Of(model, weights, toolVersion),
            ["features"] = model.Features.Count,
            ["features_type"] = CTypes.Name(model.Features.Type),
            ["features_float"] = traits.FeaturesFloat,
            ["label_type"] = CTypes.Name(model.Label.Type),
            ["label_float"] = traits.LabelFloat,
            ["classes"] = model.Label.Classes,
            ["is_classification"] = model.Label.IsClassification,
            ["has_state"] = model.State is not null,
            ["has_verdict"] = model.Verdict is not null,
            ["verdict_float"] = traits.VerdictFloat,
            ["has_policy"] = model.Policy is not null,
            ["policy_float"] = traits.PolicyFloat,
            ["has_integer"] = traits.HasIntegerTwin,
            ["has_weights"] = weights is not null,
            ["weights_version"] = weights?.Version ?? 0,
            ["ring_records"] = model.Ring.Records,
            ["record_size"] = record.Size,
            ["features_offset"] = record.FeaturesOffset,
            ["from_offset"] = record.FromOffset,
            ["to_offset"] = record.ToOffset,
            ["state_offset"] = record.StateOffset,
            ["state_size"] = record.StateSize,
            ["from"] = model.From.Info().Word,
            ["FROM"] = model.From.Info().Word.ToUpperInvariant(),
            ["to"] = model.To.Info().Word,
            ["TO"] = model.To.Info().Word.ToUpperInvariant(),
        };
        foreach (EventInfo info in EventCatalog.All)
        {
            values["observes_" + info.Word] = model.Observes.Contains(info.Kind);
            values["updates_" + info.Word] = model.Updates.Any(u => u.Parameters[0].Event == info.Kind);
        }

        return new TemplateValues(values);
    }
}
