using System.Collections.Generic;
using System.Linq;
using Kml.Generators.Parsing.Bodies.Values;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies;

/// <content>Patterns.</content>
internal sealed partial class BodyTranslator
{
    private Expression? Match(IIsPatternOperation test)
    {
        Expression? match = Subject(test.Value) is { } subject ? Matches(test.Pattern, subject) : null;
        if (match is null)
            Miss(test.Pattern);
        return match;
    }

    /// <summary>Takes note of the names that a pattern that was refused would have had.</summary>
    private void Miss(IPatternOperation pattern)
    {
        foreach (IOperation part in pattern.DescendantsAndSelf())
        {
            if (part is IDeclarationPatternOperation { DeclaredSymbol: { } named })
                _refuser.Miss(named);
            else if (part is IRecursivePatternOperation { DeclaredSymbol: { } whole })
                _refuser.Miss(whole);
        }
    }

    /// <summary>What is matched, so that it can be looked at more than once.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isGuarded">Whether a <c>when</c> may change what the value is of, between two looks.</param>
    private Binding? Subject(IOperation value, bool isGuarded = false)
    {
        if (Scalar(value.Type) is not { } scalar)
        {
            bool isMade = isGuarded || value is ITupleOperation or IConversionOperation { Operand: ITupleOperation };
            if (isMade && Data(value.Type) is { } data)
                return Aggregate(value, data, "subject");
            return Place(value) is { } place ? Settled(place) : null;
        }

        if (Translate(value) is not { } translated)
            return null;
        if (!isGuarded && translated is Read { Place: VariablePlace or MemberPlace { Of: VariablePlace } } read)
            return new Binding(read.Place, new ScalarData(scalar), CanWrite: false);
        string name = _scope.Fresh("subject");
        Emit(new Let(name, translated));
        return new Binding(new VariablePlace(name), new ScalarData(scalar), CanWrite: false);
    }

    private Expression? Matches(IPatternOperation pattern, Binding subject)
    {
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return Always;
            case IConstantPatternOperation constant when subject.Scalar is { } scalar:
                return Equals(constant.Value, scalar, subject);
            case IRelationalPatternOperation relation when subject.Scalar is { } scalar
                && relation.Value.ConstantValue is { HasValue: true, Value: { } bound }:
                return Arithmetic.Binary(relation.OperatorKind, ScalarType.Bool, new Read(scalar, subject.Place), Constants.Of(scalar, bound));
            case INegatedPatternOperation negated:
                return Matches(negated.Pattern, subject) is { } inner ? new Unary(UnaryOperator.Not, inner) : null;
            case IBinaryPatternOperation both:
                Expression? left = Matches(both.LeftPattern, subject), right = Matches(both.RightPattern, subject);
                if (left is null || right is null)
                    return null;
                return both.OperatorKind == BinaryOperatorKind.And ? And(left, right) : new Binary(ScalarType.Bool, BinaryOperator.OrElse, left, right);
            case IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol local } declared when IsOfType(declared.MatchedType, subject):
                return Named(local, subject);
            case IDeclarationPatternOperation { DeclaredSymbol: null } discarded when IsOfType(discarded.MatchedType, subject):
                return Always;
            case ITypePatternOperation type when IsOfType(type.MatchedType, subject):
                return Always;
            case IRecursivePatternOperation recursive when subject.Data is StructData parts:
                return Recursive(recursive, subject, parts);
            default:
                _refuser.Refuse(pattern, new Refusal($"The pattern '{pattern.Syntax}'", "compare with constants, by ==, <, and, or, not"));
                return null;
        }
    }

    private bool IsOfType(ITypeSymbol? type, Binding subject) => type is null || Data(type) == subject.Data;

    private static Expression And(Expression left, Expression right) =>
        left == Always ? right : right == Always ? left : new Binary(ScalarType.Bool, BinaryOperator.AndAlso, left, right);

    private static Expression? Equals(IOperation value, ScalarType scalar, Binding subject)
    {
        if (value.ConstantValue is not { HasValue: true, Value: { } constant })
            return null;
        Read read = new(scalar, subject.Place);

        // As a pattern, NaN is NaN.
        if (constant is float.NaN)
            return new Binary(ScalarType.Bool, BinaryOperator.NotEqual, read, read);
        return scalar == ScalarType.Bool
            ? constant is true ? read : new Unary(UnaryOperator.Not, read)
            : Arithmetic.Binary(BinaryOperatorKind.Equals, ScalarType.Bool, read, Constants.Of(scalar, constant));
    }

    /// <summary>A name for what is matched: of its own, for what it names may change before it is read.</summary>
    private Constant Named(ILocalSymbol local, Binding subject)
    {
        Binding own = _scope.AtTop(_scope.Local(local, subject.Data));
        Emit(subject.Scalar is { } scalar ? new Assign(own.Place, new Read(scalar, subject.Place)) : new Copy(own.Place, subject.Place, subject.Data));
        return Always;
    }

    private Expression? Recursive(IRecursivePatternOperation pattern, Binding subject, StructData parts)
    {
        Expression all = Always;
        if (pattern.DeconstructSymbol is IMethodSymbol { IsImplicitlyDeclared: false })
        {
            _refuser.Refuse(pattern.Syntax, new Refusal("A pattern through a 'Deconstruct' of your own", "match the properties: { X: 1 }"));
            return null;
        }

        for (int i = 0; i < pattern.DeconstructionSubpatterns.Length; i++)
        {
            if (i >= parts.Fields.Count || Matches(pattern.DeconstructionSubpatterns[i], subject.Member(parts.Fields[i].Name)!) is not { } one)
                return null;
            all = And(all, one);
        }

        foreach (IPropertySubpatternOperation property in pattern.PropertySubpatterns)
        {
            string? name = property.Member switch
            {
                IFieldReferenceOperation field => DataTypeMap.Name(field.Field),
                IPropertyReferenceOperation stored
                    when IsStored(stored.Property) || EventCatalog.ByClrName(stored.Property.ContainingType.ToDisplayString()) is not null =>
                    stored.Property.Name,
                _ => null,
            };
            if (name is null || subject.Member(name) is not { } member)
            {
                _refuser.Refuse(property.Syntax, new Refusal("A pattern on this member", "compare it by itself"));
                return null;
            }

            if (Matches(property.Pattern, member) is not { } one)
                return null;
            all = And(all, one);
        }

        return pattern.DeclaredSymbol is ILocalSymbol local ? And(all, Named(local, subject)) : all;
    }

    /// <summary>The constants that a pattern stands for, where it stands for nothing else.</summary>
    private static IEnumerable<ulong>? Labels(IPatternOperation pattern, ScalarType scalar) => pattern switch
    {
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: { } value } } when scalar != ScalarType.F32 =>
            [Constants.Of(scalar, value).Bits],
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either
            when Labels(either.LeftPattern, scalar) is { } left && Labels(either.RightPattern, scalar) is { } right => left.Concat(right),
        _ => null,
    };
}
