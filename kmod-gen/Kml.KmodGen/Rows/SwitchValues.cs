using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.Model;

namespace Kml.KmodGen.Rows;

/// <summary>What templates ask of the module's switches and parameters: all of it from the rows.</summary>
internal static class SwitchValues
{
    /// <summary>Adds the values.</summary>
    /// <param name="values">Where to.</param>
    /// <param name="entity">What the model's state belongs to: the switch by which another is chosen is not there.</param>
    public static void Add(Dictionary<string, object> values, EntityInfo entity)
    {
        IEnumerable<SwitchInfo?> others = EntityCatalog.All.Where(e => e != entity).Select(e => e.Choice);
        SwitchInfo[] switches = [.. SwitchCatalog.All.Except(others).OfType<SwitchInfo>()];
        values["switch_name_size"] = CText.Size(switches.Select(s => s.Word));
        values["switches"] = switches.Select(s => new
        {
            s.Word,
            s.Symbol,
            s.Show,
            s.Store,
            s.Remark,
            s.Meaning,
            Values = s.IsWritable ? s.Values : "read only",
            Mode = s.IsWritable ? "0600" : "0444",
            Initial = s.Field?.Initial ?? "",
            Field = s.Field is null ? "" : CText.Remarked($"\t{s.Field.Type} {s.Word};", s.Field.Remark),
            ChoiceSize = CText.Size(s.Choices.Select(c => c.Word)),
            Choices = s.Choices.Select(c => new { c.Word, Symbol = Symbol(s, c), Line = CText.Remarked($"\t{Symbol(s, c)},", c.Remark) }).ToArray(),
        }).ToArray();
        values["holdout_most"] = SwitchCatalog.Holdout.Most.ToString(CultureInfo.InvariantCulture);
        values["parameters"] = SwitchCatalog.Parameters.ToDictionary(p => p.Word, p => new
        {
            p.Word,
            p.Type,
            p.Mode,
            p.Initial,
            p.Meaning,
            new CDeclaration(p.Variable, p.Word).Declaration,
        });
    }

    private static string Symbol(SwitchInfo info, SwitchChoice choice) => $"KML_{info.Symbol}_{choice.Word.ToUpperInvariant()}";
}
