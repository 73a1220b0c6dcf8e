using System;
using Kml.KmodGen.Bodies.Names;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;

namespace Kml.KmodGen.Bodies;

/// <summary>A place in C.</summary>
/// <param name="Value">The place, or a pointer to it.</param>
/// <param name="Data">What lies there.</param>
/// <param name="IsPointer">Whether <paramref name="Value"/> is a pointer to it.</param>
/// <param name="Start">Of a slice: its first element's index in the array that <paramref name="Value"/> is.</param>
internal sealed record CPlace(CExpression Value, DataType Data, bool IsPointer = false, int Start = 0)
{
    /// <summary>The place as what can be read and assigned.</summary>
    public CExpression Whole => IsPointer ? new CPrefix("*", Value, Scalar) : Value;

    /// <summary>Its address, as a function takes it.</summary>
    public CExpression Address => this switch
    {
        { IsPointer: true } or { Data: ArrayData, Start: 0 } => Value,
        { Data: ArrayData array } => new CPrefix("&", new CElement(Value, new CInteger(Start, "", ScalarType.I32), TypeOf(array.Element)), ScalarType.U64),
        _ => new CPrefix("&", Value, ScalarType.U64),
    };

    private ScalarType Scalar => TypeOf(Data);

    /// <summary>The C type of a scalar; that of any other is of no use.</summary>
    public static ScalarType TypeOf(DataType data) => data is ScalarData scalar ? CTypes.Computed(scalar.Type) : ScalarType.U64;
}

/// <summary>Translates places to C.</summary>
/// <param name="model">The model.</param>
/// <param name="names">The names of the body.</param>
/// <param name="index">Translates an index so that it is within an array of a length.</param>
internal sealed class PlaceTranslator(BodyModel model, BodyNames names, Func<Expression, int, CExpression> index)
{
    /// <summary>Translates a place.</summary>
    /// <param name="place">The place.</param>
    /// <returns>The place in C.</returns>
    public CPlace Translate(Place place)
    {
        switch (place)
        {
            case VariablePlace p:
                CVariable variable = names[p.Name];
                return new(variable.Name, variable.Data, variable.IsPointer);
            case MemberPlace p:
                CPlace whole = Translate(p.Of);
                (string member, DataType data) = Field((StructData)whole.Data, p);
                return new(new CMember(whole.Value, whole.IsPointer, member, CPlace.TypeOf(data)), data);
            case ElementPlace p:
                CPlace array = Translate(p.Of);
                DataType element = ((ArrayData)array.Data).Element;
                return new(new CElement(array.Value, Shifted(index(p.Index, p.Length), array.Start), CPlace.TypeOf(element)), element);
            case SlicePlace p:
                CPlace sliced = Translate(p.Of);
                return sliced with { Data = (ArrayData)sliced.Data with { Length = p.Length }, Start = sliced.Start + p.Start };
            case TablePlace p:
                return new(new CName(model.Symbol(p), ScalarType.U64), new ArrayData(new ScalarData(p.Element), p.Values.Count));
            default:
                throw new InvalidOperationException($"No C for {place.GetType().Name}.");
        }
    }

    private (string Member, DataType Data) Field(StructData of, MemberPlace place)
    {
        foreach (FieldSpec field in of.Fields)
        {
            if (field.Name == place.Field)
                return (BodyModel.IsEvent(of) ? CNames.Snake(field.Name) : model.Structs.Member(of, field.Name), field.Data);
        }

        throw new FormatException($"'{of.Name}' has no field '{place.Field}'.");
    }

    private static CExpression Shifted(CExpression index, int by) => (index, by) switch
    {
        (_, 0) => index,
        (CInteger number, _) => number with { Value = number.Value + by },
        _ => new CInfix(index, COperator.Add, new CInteger(by, "", ScalarType.I32), ScalarType.I32),
    };
}
