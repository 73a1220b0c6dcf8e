using System;
using System.Collections.Generic;
using Kml.Generators.Parsing.Bodies.Values;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies;

/// <content>
/// Equality of tuples, as Roslyn lowers it: all elements are evaluated, those of the left first; then they are compared one after the other until two differ,
/// and C#'s own conversions of an element are made where it is compared: one that overflows in <c>checked</c> does so only if control comes there.
/// </content>
internal sealed partial class BodyTranslator
{
    private Expression? Compare(ITupleBinaryOperation tuples)
    {
        IOperation first = Literal(tuples.LeftOperand), second = Literal(tuples.RightOperand);
        if (Data(tuples.LeftOperand.Type) is not { } left || Data(tuples.RightOperand.Type) is not { } right)
            return RefusedType(tuples);
        if (!HasPlainEquality(tuples.LeftOperand.Type) || !HasPlainEquality(tuples.RightOperand.Type))
            return RefusedComparison(tuples);

        List<Compared> a = [], b = [];
        Binding? whole = null;
        bool isWhole = first is not ITupleOperation, isRead = isWhole ? (whole = Whole(first, left, "left")) is not null : Evaluate(first, left, "left", a);
        int before = _scope.Statements.Count;
        if (!Evaluate(second, right, "right", b) || !isRead)
            return null;
        if (isWhole)
            Flatten(IsVariable(first) ? CopiedBefore(whole!, before) : whole!, first.Type!, a);
        return a.Count == b.Count && AllEqual(a, b, 0) is { } equal ? IsOrIsNot(equal, tuples.OperatorKind) : RefusedComparison(tuples);
    }

    // A tuple that is written out is converted element by element.
    private static IOperation Literal(IOperation operation) => operation switch
    {
        IParenthesizedOperation parenthesized => Literal(parenthesized.Operand),
        IConversionOperation { OperatorMethod: null, Type.IsTupleType: true } conversion when Literal(conversion.Operand) is ITupleOperation tuple => tuple,
        _ => operation,
    };

    /// <summary>Evaluates what is compared, and keeps it as it is then.</summary>
    /// <param name="operation">An element, or a tuple of elements.</param>
    /// <param name="data">The type as which it is compared.</param>
    /// <param name="stem">What variables that hold them should be called.</param>
    /// <param name="elements">Receives the elements.</param>
    /// <returns>False if one cannot be evaluated, which was reported.</returns>
    private bool Evaluate(IOperation operation, DataType data, string stem, List<Compared> elements)
    {
        operation = Literal(operation);
        if (operation is ITupleOperation tuple && data is StructData parts)
        {
            bool isWell = true;
            for (int i = 0; i < tuple.Elements.Length; i++)
                isWell &= Evaluate(tuple.Elements[i], parts.Fields[i].Data, stem, elements);
            return isWell;
        }

        if (data is not ScalarData { Type: var type })
        {
            if (Aggregate(operation, data, stem) is not { } whole)
                return false;
            Flatten(whole, operation.Type!, elements);
            return true;
        }

        Stack<IConversionOperation> conversions = new();
        while (operation is IConversionOperation { OperatorMethod: null, ConstantValue.HasValue: false } conversion
            && Scalar(conversion.Operand.Type) is not null)
        {
            conversions.Push(conversion);
            operation = conversion.Operand;
        }

        if (Translate(operation) is not { } value)
            return false;
        Expression kept = _scope.Keep(value, stem);
        elements.Add(new(null, () => Arithmetic.ConvertTo(type, Converted(kept, conversions))));
        return true;
    }

    private Expression Converted(Expression value, IEnumerable<IConversionOperation> conversions)
    {
        foreach (IConversionOperation conversion in conversions)
            value = Converted(conversion, Scalar(conversion.Type)!.Value, value);
        return value;
    }

    /// <summary>The elements of a tuple that lies in a place; a record is one.</summary>
    private static void Flatten(Binding binding, ITypeSymbol type, List<Compared> elements)
    {
        if (binding.Scalar is { } scalar)
        {
            elements.Add(new(null, () => new Read(scalar, binding.Place)));
        }
        else if (type is INamedTypeSymbol { IsTupleType: true } tuple && binding.Data is StructData data)
        {
            for (int i = 0; i < data.Fields.Count; i++)
                Flatten(binding.Member(data.Fields[i].Name)!, tuple.TupleElements[i].Type, elements);
        }
        else
        {
            elements.Add(new(binding, null));
        }
    }

    private Expression? AllEqual(List<Compared> left, List<Compared> right, int from)
    {
        if (Equal(left[from], right[from]) is not { } one)
            return null;
        if (from == left.Count - 1)
            return one;
        (Expression? others, List<Statement> first) = _scope.Apart(() => AllEqual(left, right, from + 1));
        return others is null ? null
            : first.Count == 0 ? new Binary(ScalarType.Bool, BinaryOperator.AndAlso, one, others)
            : Choose(one, others, first, Constants.Zero(ScalarType.Bool), []);
    }

    private static Expression? Equal(Compared left, Compared right)
    {
        if (left.Whole is { } a && right.Whole is { } b)
            return Equal(a, b);
        if (left.Value is not { } first || right.Value is not { } second)
            return null;
        Expression x = first(), y = second();
        return x.Type == y.Type ? Arithmetic.Binary(BinaryOperatorKind.Equals, ScalarType.Bool, x, y) : null;
    }

    /// <summary>What is compared with another: a record, or a scalar, that is converted where it is compared.</summary>
    private sealed record Compared(Binding? Whole, Func<Expression>? Value);
}
