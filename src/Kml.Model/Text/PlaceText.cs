using System;
using System.Globalization;
using System.Linq;
using static Kml.Model.Text.SExpression;

namespace Kml.Model.Text;

/// <summary>Places, and the types of what has one, to and from canonical text.</summary>
internal static class PlaceText
{
    public static SExpression Write(DataType data) => data switch
    {
        ScalarData d => Atom(d.Type.Word()),
        ArrayData d => List("array", Write(d.Element), Number(d.Length)),
        StructData d => List("struct", [Atom(d.Name), .. d.Fields.Select(Write)]),
        _ => throw new InvalidOperationException($"No text for {data.GetType().Name}."),
    };

    public static DataType ReadData(SExpression node)
    {
        if (node.IsAtom)
            return new ScalarData(ScalarTypes.FromWord(node.Word));
        return node.Head switch
        {
            "array" => new ArrayData(ReadData(node.At(1)), node.At(2).Positive()),
            "struct" => new StructData(node.At(1).Word, node.Items.Skip(2).Select(ReadField).ToEquatableArray()),
            _ => throw new FormatException($"'{node.Head}' is no type."),
        };
    }

    public static SExpression Write(FieldSpec field) => List("field", Atom(field.Name), Write(field.Data));

    public static FieldSpec ReadField(SExpression node) =>
        node.Head == "field"
            ? new FieldSpec(node.At(1).Word, ReadData(node.At(2)))
            : throw new FormatException($"A field was expected, not {node.Head}.");

    /// <summary>Writes a place: a variable is its name.</summary>
    public static SExpression Write(Place place) => place switch
    {
        VariablePlace p => Atom(p.Name),
        MemberPlace p => List("member", Write(p.Of), Atom(p.Field)),
        ElementPlace p => List("element", Write(p.Of), BodyText.Write(p.Index), Number(p.Length)),
        SlicePlace p => List("slice", Write(p.Of), Number(p.Start), Number(p.Length)),
        TablePlace p => List(
            "table",
            [Atom(p.Name), Atom(p.Element.Word()), .. p.Values.Select(v => Atom(v.ToString(CultureInfo.InvariantCulture)))]),
        _ => throw new InvalidOperationException($"No text for {place.GetType().Name}."),
    };

    public static Place ReadPlace(SExpression node)
    {
        if (node.IsAtom)
            return new VariablePlace(node.Word);
        return node.Head switch
        {
            "member" => new MemberPlace(ReadPlace(node.At(1)), node.At(2).Word),
            "element" => new ElementPlace(ReadPlace(node.At(1)), BodyText.ReadExpression(node.At(2)), node.At(3).Positive()),
            "slice" => new SlicePlace(ReadPlace(node.At(1)), node.At(2).Int32(), node.At(3).Positive()),
            "table" => new TablePlace(
                node.At(1).Word,
                ScalarTypes.FromWord(node.At(2).Word),
                node.Items.Skip(3).Select(v => v.UInt64()).ToEquatableArray()),
            _ => throw new FormatException($"'{node.Head}' is no place."),
        };
    }
}
