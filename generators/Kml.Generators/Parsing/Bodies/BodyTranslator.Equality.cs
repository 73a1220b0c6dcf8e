using System.Linq;
using Kml.Generators.Parsing.Bodies.Values;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies;

/// <content>Equality of tuples and of record structs, and of the bits of enums.</content>
internal sealed partial class BodyTranslator
{
    /// <summary>Equality of tuples: of their elements, each evaluated once, those of the left first.</summary>
    private Expression? Compare(ITupleBinaryOperation tuples)
    {
        return Data(tuples.LeftOperand.Type) is { } left && Data(tuples.RightOperand.Type) is { } right
            ? Compare(tuples.LeftOperand, tuples.RightOperand, left, right, tuples.OperatorKind, tuples)
            : RefusedType(tuples);
    }

    private Expression? Compare(IOperation first, IOperation second, DataType left, DataType right, BinaryOperatorKind kind, IOperation at)
    {
        Binding? a = IsVariable(first) ? Place(first) : Aggregate(first, left, "left");
        if (!HasPlainEquality(first.Type) || !HasPlainEquality(second.Type))
            return Refused(at, new Refusal("This comparison", "compare the parts, joined by &&"));
        int before = _scope.Statements.Count;
        Binding? b = IsVariable(second) ? Place(second) : Aggregate(second, right, "right");
        if (a is null || b is null)
            return null;
        a = IsVariable(first) ? CopiedBefore(a, before) : a;
        Expression? result = Equal(a, b, isRecord: at is IBinaryOperation);
        if (result is null)
            return Refused(at, new Refusal("This comparison", "compare the parts, joined by &&"));
        return kind == BinaryOperatorKind.Equals ? result : new Unary(UnaryOperator.Not, result);
    }

    /// <summary>Whether values are equal where all of their fields are: what has code for it, or compares bytes, is not.</summary>
    private bool HasPlainEquality(ITypeSymbol? type) => Scalar(type) is not null || type switch
    {
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.All(e => HasPlainEquality(e.Type)),
        { IsRecord: true } => type.GetMembers("Equals").All(m => m.IsImplicitlyDeclared)
            && DataTypeMap.Fields((INamedTypeSymbol)type).All(f => HasPlainEquality(f.Type)),
        _ => false,
    };

    private static Expression? Equal(Binding a, Binding b, bool isRecord)
    {
        if (a.Scalar is { } scalar && b.Scalar is { } other)
        {
            Read x = new(scalar, a.Place), y = new(other, b.Place);
            Expression? equal = scalar == other ? Arithmetic.Binary(BinaryOperatorKind.Equals, ScalarType.Bool, x, y) : null;

            // Records are equal by Equals, to which NaN is NaN.
            return equal is null || scalar != ScalarType.F32 || !isRecord
                ? equal
                : new Binary(ScalarType.Bool, BinaryOperator.OrElse, equal, new Binary(
                    ScalarType.Bool,
                    BinaryOperator.AndAlso,
                    new Binary(ScalarType.Bool, BinaryOperator.NotEqual, x, x),
                    new Binary(ScalarType.Bool, BinaryOperator.NotEqual, y, y)));
        }

        if (a.Data is not StructData left || b.Data is not StructData right || left.Fields.Count != right.Fields.Count)
            return null;
        Expression? all = null;
        for (int i = 0; i < left.Fields.Count; i++)
        {
            if (Equal(a.Member(left.Fields[i].Name)!, b.Member(right.Fields[i].Name)!, isRecord) is not { } one)
                return null;
            all = all is null ? one : new Binary(ScalarType.Bool, BinaryOperator.AndAlso, all, one);
        }

        return all;
    }

    private static bool IsHasFlag(IInvocationOperation call) =>
        call.TargetMethod is { Name: "HasFlag", ContainingType.SpecialType: SpecialType.System_Enum };

    /// <summary>(a &amp; b) == b, in which b would stand twice, as (~a &amp; b) == 0. The call throws where the two enums are not the same.</summary>
    private Expression? HasFlag(IInvocationOperation call)
    {
        IOperation flags = Unboxed(call.Instance!), flag = Unboxed(call.Arguments[0].Value);
        if (Scalar(flags.Type) is null || !SymbolEqualityComparer.Default.Equals(flags.Type, flag.Type))
            return Refused(call, new Refusal("'HasFlag' of another enum", "give it a flag of the same enum"));
        if (All(flags, flag) is not { } operands)
            return null;
        Expression missing = new Unary(UnaryOperator.Complement, Arithmetic.ConvertTo(operands[0].Type.Promoted(), operands[0]));
        Expression wanted = Arithmetic.Binary(BinaryOperatorKind.And, missing.Type, missing, operands[1])!;
        return Arithmetic.Binary(BinaryOperatorKind.Equals, ScalarType.Bool, wanted, Constants.Zero(wanted.Type));
    }

    private static IOperation Unboxed(IOperation operation) =>
        operation is IConversionOperation { IsImplicit: true, Type: { IsReferenceType: true }, Operand: { } operand } ? operand : operation;
}
