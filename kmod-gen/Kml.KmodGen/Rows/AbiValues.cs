using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.KmodGen.Bodies;
using Kml.Model;

namespace Kml.KmodGen.Rows;

/// <summary>What <c>kml_abi.h</c> and its parts, a family each, ask: all of it from the rows.</summary>
internal static class AbiValues
{
    /// <summary>Adds the values.</summary>
    /// <param name="values">Where to.</param>
    public static void Add(Dictionary<string, object> values)
    {
        values["abi"] = new
        {
            AbiCatalog.Version,
            Magic = Hex(AbiCatalog.Magic),
            RequestType = Hex(AbiCatalog.RequestType),
            Structs = AbiCatalog.Structs.ToDictionary(s => s.Word, Struct),
            Flags = AbiCatalog.RecordFlags.Select(f => CText.Define("KML_" + Upper(f.Name), f.Value, f.Meaning)).ToArray(),
            Formats = AbiCatalog.Formats.Select(f => CText.Define("KML_FORMAT_" + Upper(f.Name), f.Value)).ToArray(),
            Requests = AbiCatalog.Requests.ToDictionary(r => r.Name.ToLowerInvariant(), r => Hex(r.Code)),
        };
        values["families"] = EventCatalog.Families.Select(Family).ToArray();
        values["family_of"] = EventCatalog.Families.ToDictionary(f => f.Word, Family);
        values["events"] = EventCatalog.All.Select(Event).ToArray();
    }

    private static object Struct(AbiStruct s) => new
    {
        s.Size,
        SizeInHex = "0x" + s.Size.ToString("x", CultureInfo.InvariantCulture),
        Offsets = s.Offsets.ToDictionary(o => CNames.Snake(o.Key), o => o.Value),
        Fields = s.Fields.Select(f => new
        {
            Declaration = $"{(f.IsText ? "char" : CTypes.Name(f.Type))} {CNames.Snake(f.Name)}{Length(f)}",
            f.Meaning,
        }).ToArray(),
    };

    private static string Length(AbiField field) => field.Count == 0 ? "" : $"[{field.Count.ToString(CultureInfo.InvariantCulture)}]";

    private static object Family(EventFamily family) => new
    {
        family.Word,
        Upper = family.Word.ToUpperInvariant(),
        Part = family.Word + "_abi.sbn",
        Flags = family.Flags
            .Select(f => (f.Source, Symbol: family.FlagPrefix + Upper(f.Name), f.Value))
            .Select(f => new { f.Symbol, f.Source, Line = CText.Define(f.Symbol, f.Value) })
            .ToArray(),
        // Lines of a macro: all but the last go on.
        Common = family.Common.Select(f => "\t" + Declaration(f))
            .Select((line, i) => i == family.Common.Count - 1 ? line : CText.Aligned(line, "\\")).ToArray(),
        CommonSize = StructLayout.Of(family.Common.Select(f => f.Spec)).Size,
        Events = EventCatalog.All.Where(e => e.Family == family).Select(Event).ToArray(),
    };

    private static object Event(EventInfo info) => new
    {
        info.Word,
        Upper = info.Word.ToUpperInvariant(),
        info.Number,
        info.Layout.Size,
        Comment = string.Join(" ", info.Own.Where(f => f.Value.Length > 0).Select(f => $"{CNames.Snake(f.Name)}: {f.Meaning}.")),
        Own = info.Own.Select(Declaration).ToArray(),
    };

    private static string Declaration(EventField field) => $"{CTypes.Name(field.Type)} {CNames.Snake(field.Name)};";

    private static string Hex(uint value) => "0x" + value.ToString("x", CultureInfo.InvariantCulture) + "u";

    private static string Upper(string name) => CNames.Snake(name).ToUpperInvariant();
}
