using System.Linq;
using Kml.Generators.Parsing.Bodies.Values;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies;

/// <content>Equality of record structs, and of the bits of enums.</content>
internal sealed partial class BodyTranslator
{
    /// <summary>Equality of record structs: of their fields.</summary>
    private Expression? Compare(IBinaryOperation records, DataType data)
    {
        IOperation first = records.LeftOperand, second = records.RightOperand;
        Binding? a = Whole(first, data, "left");
        if (!HasPlainEquality(first.Type))
            return RefusedComparison(records);
        int before = _scope.Statements.Count;
        Binding? b = Whole(second, data, "right");
        if (a is null || b is null)
            return null;
        a = IsVariable(first) ? CopiedBefore(a, before) : a;
        return Equal(a, b) is { } equal ? IsOrIsNot(equal, records.OperatorKind) : RefusedComparison(records);
    }

    private Binding? Whole(IOperation operation, DataType data, string stem) => IsVariable(operation) ? Place(operation) : Aggregate(operation, data, stem);

    private Expression? RefusedComparison(IOperation at) => Refused(at, new Refusal("This comparison", "compare the parts, joined by &&"));

    private static Expression IsOrIsNot(Expression equal, BinaryOperatorKind kind) =>
        kind == BinaryOperatorKind.Equals ? equal : new Unary(UnaryOperator.Not, equal);

    /// <summary>Whether values are equal where all of their fields are: what has code for it, or compares bytes, is not.</summary>
    private bool HasPlainEquality(ITypeSymbol? type) => Scalar(type) is not null || type switch
    {
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.All(e => HasPlainEquality(e.Type)),
        { IsRecord: true } => type.GetMembers("Equals").All(m => m.IsImplicitlyDeclared)
            && DataTypeMap.Fields((INamedTypeSymbol)type).All(f => HasPlainEquality(f.Type)),
        _ => false,
    };

    /// <summary>Equality by Equals, to which NaN is NaN.</summary>
    private static Expression? Equal(Binding a, Binding b)
    {
        if (a.Scalar is { } scalar && b.Scalar is { } other)
        {
            Read x = new(scalar, a.Place), y = new(other, b.Place);
            Expression? equal = scalar == other ? Arithmetic.Binary(BinaryOperatorKind.Equals, ScalarType.Bool, x, y) : null;
            return equal is null || scalar != ScalarType.F32
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
            if (Equal(a.Member(left.Fields[i].Name)!, b.Member(right.Fields[i].Name)!) is not { } one)
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
