using System.Collections.Generic;
using System.Linq;
using Kml.Generators.Parsing.Bodies.Functions;
using Kml.Generators.Parsing.Bodies.Values;
using Kml.Generators.Parsing.Fixes;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies;

/// <content>Expressions.</content>
internal sealed partial class BodyTranslator
{
    /// <summary>Translates an expression of a scalar type.</summary>
    private Expression? Translate(IOperation operation)
    {
        Expression? result = null;
        int holes = _refuser.Holes;
        if (Enter(operation))
            result = Value(operation);
        _scope.Depth--;
        if (result is null)
            SayOnce(operation, holes);

        // What C# converts by itself is not to blame: the float that made it do so is beside it.
        bool isFloat = result is { Type: ScalarType.F32 } && operation is not IConversionOperation { IsImplicit: true };
        if (!isFloat || _scope.Kind != BodyKind.Update)
            return result;
        _refuser.RefuseFloat(operation.Syntax, Q16Fix.For(operation));
        return null;
    }

    private Expression? Value(IOperation operation)
    {
        if (operation is IParenthesizedOperation parenthesized)
            return Translate(parenthesized.Operand);
        if (operation.Kind == OperationKind.Invalid)
            return Refused(operation);

        ScalarType? type = Scalar(operation.Type);
        if (type is { } constantType && operation.ConstantValue is { HasValue: true, Value: { } value })
            return Constants.Of(constantType, value);

        switch (operation)
        {
            case IInvocationOperation call:
                return Call(call, type);
            case IBinaryOperation binary:
                return Binary(binary, type);
            case ITupleBinaryOperation tuples:
                return Compare(tuples);
            case IIsPatternOperation test:
                return Match(test);
            case IIsTypeOperation or IThrowOperation:
                return Refused(operation);
        }

        if (type is not { } known)
        {
            _refuser.RefuseType(operation);
            return null;
        }

        switch (operation)
        {
            case IConversionOperation conversion:
                return Convert(conversion, known);
            case IUnaryOperation unary:
                return Unary(unary, known);
            case IConditionalOperation { WhenFalse: { } otherwise } choice:
                return Choose(choice, otherwise);
            case ISwitchExpressionOperation choice:
                return Switch(choice, known);
            case ISimpleAssignmentOperation { IsRef: false } assignment:
                return Assign(assignment);
            case ICompoundAssignmentOperation compound:
                return Compound(compound);
            case IIncrementOrDecrementOperation step:
                return Step(step);
            case IParameterReferenceOperation reference when _scope.Parameter(reference.Parameter) is { Kind: ParameterKind.Scalar } parameter
                && parameter.Type != known:
                return Class(parameter, known);
            case IPropertyReferenceOperation property when !IsStored(property.Property)
                && (!property.Property.IsIndexer || property.Property.DeclaringSyntaxReferences.Length > 0):
                return Property(property, known);
            case IFieldReferenceOperation { Instance: null } field
                when _functions.Scalar(field.Field, _scope.Cancellation) is { } constant:
                return constant;
            case IDefaultValueOperation or IObjectCreationOperation { Arguments.Length: 0, Initializer: null }:
                return Constants.Zero(known);
            default:
                return Place(operation) is { Scalar: { } scalar } place ? new Read(scalar, place.Place) : null;
        }
    }

    /// <summary>What has no translation is refused where it was found, or here: nothing is left out without a word.</summary>
    private void SayOnce(IOperation operation, int holes)
    {
        if (_refuser.Holes == holes)
            _refuser.Refuse(operation);
    }

    private Expression? Refused(IOperation operation, Refusal? refusal = null)
    {
        _refuser.Refuse(operation, refusal);
        return null;
    }

    /// <summary>Translates what C# evaluates one after the other: where one does something, those before it are kept as they were.</summary>
    private Expression[]? All(params IOperation[] operations)
    {
        List<Expression?> values = [];
        foreach (IOperation operation in operations)
        {
            int before = _scope.Statements.Count;
            Expression? value = Translate(operation);
            KeepBefore(values, before);
            values.Add(value);
        }

        return values.Any(v => v is null) ? null : values.Select(v => v!).ToArray();
    }

    /// <summary>Evaluates arguments as they are written, and gives them in the order of the parameters.</summary>
    private Expression[]? InOrder(IReadOnlyList<IArgumentOperation> arguments) =>
        All([.. arguments.Select(a => a.Value)])?.Zip(arguments, (value, argument) => (value, argument.Parameter?.Ordinal))
            .OrderBy(p => p.Ordinal).Select(p => p.value).ToArray();

    private bool IsClass(IOperation operation) => operation is IParameterReferenceOperation reference
        && _scope.Parameter(reference.Parameter) is { Kind: ParameterKind.Scalar } parameter && parameter.Type != Scalar(operation.Type);

    /// <summary>A class travels as its index; the body sees it as the bool or enum that the user declared.</summary>
    private static Expression Class(Parameter parameter, ScalarType type)
    {
        Read index = Read.Variable(parameter.Type, parameter.Name);
        return type == ScalarType.Bool
            ? new Binary(ScalarType.Bool, BinaryOperator.NotEqual, index, Constants.Zero(parameter.Type))
            : new Conversion(type, index);
    }

    /// <summary>A property that is no field: of an event, of a span, of Q16, or code of the user's.</summary>
    private Expression? Property(IPropertyReferenceOperation property, ScalarType type)
    {
        if (property.Instance is IParameterReferenceOperation instance
            && _scope.Parameter(instance.Parameter) is { Kind: ParameterKind.Event } parameter
            && IsMember(property.Property, instance)
            && parameter.Event!.Value.Info().Field(property.Property.Name) is { } field)
            return Read.Field(field.Scalar, parameter.Name, field.Name);

        if (property is { Property: { Name: "Length", IsIndexer: false }, Instance: { } span }
            && (property.Property.ContainingType.SpanElement() is not null || span.Type is IArrayTypeSymbol))
            return Place(span) is { Data: ArrayData array } ? Constants.Of(ScalarType.I32, array.Length) : null;

        if (property.Instance is ILocalReferenceOperation { Local: var other } && EventCatalog.ByClrName(other.Type.ToDisplayString()) is not null
            && _scope.Place(other)?.Member(property.Property.Name) is { Scalar: { } scalar } part)
            return new Read(scalar, part.Place);

        // Of a type parameter, which is a number in each use.
        if (property.Property is { IsStatic: true, IsAbstract: true, Name: "Zero" or "One" })
            return property.Property.Name == "One" ? Constants.One(type) : Constants.Zero(type);
        if (property.Property.IsStatic && property.Property.ContainingType.IsNamed(KmlNames.Q16))
        {
            switch (property.Property.Name)
            {
                case "Zero":
                    return Constants.Zero(type);
                case "One":
                    return Constants.One(type);
                case "MinValue":
                    return Constants.Q16Raw(int.MinValue);
                case "MaxValue":
                    return Constants.Q16Raw(int.MaxValue);
            }
        }

        return Getter(property);
    }

    /// <summary>Whether a member is one of the parameter's own type: an extension may have the same name.</summary>
    private static bool IsMember(ISymbol member, IParameterReferenceOperation instance) =>
        SymbolEqualityComparer.Default.Equals(member.ContainingType, instance.Parameter.Type);

    private Expression? Unary(IUnaryOperation unary, ScalarType type)
    {
        if (!IsKnown(unary, unary.OperatorMethod) || Translate(unary.Operand) is not { } operand)
            return null;
        switch (unary.OperatorKind)
        {
            case UnaryOperatorKind.Plus:
                return operand;
            case UnaryOperatorKind.Minus:
                return unary.IsChecked ? CheckedNegation(operand) : Arithmetic.Negate(operand);
            case UnaryOperatorKind.Not:
                return new Unary(UnaryOperator.Not, operand);
            case UnaryOperatorKind.BitwiseNegation:
                return Arithmetic.ConvertTo(type, new Unary(UnaryOperator.Complement, Arithmetic.ConvertTo(operand.Type.Promoted(), operand)));
            default:
                return Refused(unary);
        }
    }

    private Expression? Binary(IBinaryOperation binary, ScalarType? type)
    {
        if (binary.OperatorMethod is { IsImplicitlyDeclared: true, ContainingType: { IsRecord: true } record } && Data(record) is { } parts)
            return Compare(binary, parts);
        if (binary.OperatorMethod is { DeclaringSyntaxReferences.Length: > 0 } own)
            return Refused(binary, FunctionRegistry.Problem(own));
        if (type is null || Scalar(binary.LeftOperand.Type) is null || Scalar(binary.RightOperand.Type) is null)
        {
            _refuser.RefuseType(binary);
            return null;
        }

        if (!IsKnown(binary, binary.OperatorMethod))
            return null;
        if (binary.OperatorKind is BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr)
            return Junction(binary);
        return All(binary.LeftOperand, binary.RightOperand) is { } operands
            ? Applied(binary.OperatorKind, type.Value, operands[0], operands[1], binary.IsChecked) ?? Refused(binary)
            : null;
    }

    private Expression? Applied(BinaryOperatorKind kind, ScalarType type, Expression left, Expression right, bool isChecked) =>
        isChecked ? Checked(kind, type, left, right) : Arithmetic.Binary(kind, type, left, right);

    private Expression? Junction(IBinaryOperation binary)
    {
        bool isAnd = binary.OperatorKind == BinaryOperatorKind.ConditionalAnd;
        Expression? left = Translate(binary.LeftOperand);
        (Expression? right, List<Statement> first) = _scope.Apart(() => Translate(binary.RightOperand));
        if (left is null || right is null)
            return null;
        if (first.Count == 0)
            return Arithmetic.Binary(binary.OperatorKind, ScalarType.Bool, left, right);
        Constant otherwise = new(ScalarType.Bool, isAnd ? 0UL : 1UL);
        return isAnd ? Choose(left, right, first, otherwise, []) : Choose(left, otherwise, [], right, first);
    }

    private Expression? Convert(IConversionOperation conversion, ScalarType type)
    {
        ITypeSymbol? source = conversion.Operand.Type;
        if (conversion.OperatorMethod is { DeclaringSyntaxReferences.Length: > 0 } own)
            return Refused(conversion, FunctionRegistry.Problem(own));
        if (Scalar(source) is null)
        {
            // A constant of a wider type, such as (Q16)1.5, is not translated either: the module would have to agree with it.
            _refuser.RefuseType(conversion.Operand);
            return null;
        }

        if (!IsKnown(conversion, conversion.OperatorMethod))
            return null;

        // A constant becomes a Q16 here, before it is looked at as a float: (Q16)0.5f is integer code.
        if (type == ScalarType.Q16 && conversion.Operand.ConstantValue is { HasValue: true, Value: { } value })
            return Constants.ToQ16(Constants.Of(Scalar(source)!.Value, value));
        return Translate(conversion.Operand) is { } operand ? Converted(conversion, type, operand) : null;
    }

    private Expression Converted(IConversionOperation conversion, ScalarType type, Expression operand)
    {
        bool isOfEnum = conversion.Type is { TypeKind: TypeKind.Enum } || conversion.Operand.Type is { TypeKind: TypeKind.Enum };
        return conversion.IsChecked || (isOfEnum && IsInChecked(conversion)) ? CheckedTo(type, operand) : Arithmetic.ConvertTo(type, operand);
    }

    /// <summary>Whether an operator or a conversion is C#'s own or Q16's; any other is a method of the user's, and reported.</summary>
    /// <param name="operation">Where it is used.</param>
    /// <param name="method">The method that C# has chosen; null for its own operators. An extension can give scalars those that they lack.</param>
    private bool IsKnown(IOperation operation, IMethodSymbol? method)
    {
        bool isNumber = method?.ContainingType is { TypeKind: TypeKind.Interface, ContainingNamespace: { Name: "Numerics" } space }
            && space.ContainingNamespace.Name == "System";
        if (method is null || isNumber || method.ContainingType.IsNamed(KmlNames.Q16))
            return true;
        _refuser.Refuse(operation.Syntax, new Refusal("An operator of your own", "write a method, and call it"));
        return false;
    }
}
