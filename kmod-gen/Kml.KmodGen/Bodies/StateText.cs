using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.Model;

namespace Kml.KmodGen.Bodies;

/// <summary>The state's struct in C.</summary>
internal static class StateText
{
    /// <summary>Writes the struct.</summary>
    /// <param name="names">The module's names.</param>
    /// <param name="fields">The fields; none gives a struct of no bytes.</param>
    /// <returns>The declaration, without a line feed at the end.</returns>
    public static string Struct(CNames names, IReadOnlyList<FieldSpec> fields)
    {
        UserNames members = Names(fields);
        return string.Join('\n', [$"{names.State} {{", .. fields.Select(f => $"\t{CTypes.Name(f.Type)} {members[f.Name]};"), "};"]);
    }

    /// <summary>The names of the struct's members.</summary>
    /// <param name="fields">The fields, in the order of their declaration.</param>
    /// <returns>The names.</returns>
    public static UserNames Names(IEnumerable<FieldSpec> fields)
    {
        UserNames names = new();
        foreach (FieldSpec field in fields)
            names.Add(field.Name);
        return names;
    }

    /// <summary>Asserts that C lays the struct out as C# does.</summary>
    /// <param name="names">The module's names.</param>
    /// <param name="fields">The fields.</param>
    /// <returns>A line an assertion.</returns>
    public static IEnumerable<string> Assertions(CNames names, IReadOnlyList<FieldSpec> fields)
    {
        UserNames members = Names(fields);
        StructLayout layout = StructLayout.Of(fields);
        if (layout.Fields.Count == 0)
            yield break;
        yield return $"KML_ASSERT_LAYOUT(sizeof({names.State}) == {Number(layout.Size)});";
        foreach (PlacedField field in layout.Fields)
            yield return $"KML_ASSERT_LAYOUT(__builtin_offsetof({names.State}, {members[field.Field.Name]}) == {Number(field.Offset)});";
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
