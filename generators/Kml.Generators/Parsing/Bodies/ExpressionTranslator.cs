using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies;

/// <summary>
/// Translates expressions. It reads Roslyn's operations, in which C#'s own rules are already explicit:
/// each promotion is a conversion, each operator is resolved, each constant is folded as the compiler folds it.
/// A result of null means that what is wrong has been reported.
/// </summary>
internal sealed class ExpressionTranslator(BodyScope scope, Findings findings)
{
    /// <summary>Translates an expression.</summary>
    public Expression? Translate(IOperation operation)
    {
        Expression? result = null;
        if (Enter(operation))
            result = Dispatch(operation);
        scope.Depth--;

        // What C# converts by itself is not to blame: the float that made it do so is beside it.
        bool isFloat = result is { Type: ScalarType.F32 } && operation is not IConversionOperation { IsImplicit: true };
        return isFloat && scope.Kind == BodyKind.Update ? RefuseFloat(operation.Syntax) : result;
    }

    /// <summary>Goes one level deeper, which the caller takes back; false, and reported, where that is too deep.</summary>
    /// <exception cref="OperationCanceledException">The work was cancelled: a body can be long, and an editor starts anew at each key.</exception>
    public bool Enter(IOperation operation)
    {
        scope.Cancellation.ThrowIfCancellationRequested();
        if (++scope.Depth <= BodyScope.MaxDepth)
            return true;
        if (!scope.IsTooDeep)
            Refuse(operation, new Refusal("So deep a nesting", "put parts of it into locals, or return early"));
        scope.IsTooDeep = true;
        return false;
    }

    /// <summary>Reports a construct that has no translation.</summary>
    public Expression? Refuse(IOperation operation, Refusal? refusal = null)
    {
        if (operation.Kind == OperationKind.Invalid)
            findings.LeaveToCompiler();
        else
            Refuse(operation.Syntax, refusal ?? Refusal.For(operation.Syntax));
        return null;
    }

    /// <summary>Reports a construct that has no translation, at its token or at a place that says more.</summary>
    public void Refuse(SyntaxNode node, Refusal refusal, Location? place = null) =>
        findings.Report(SourceRules.OutsideSubset, place ?? Refusal.Place(node), refusal.What, refusal.Remedy);

    /// <summary>Whether an operator or a conversion is C#'s own or Q16's; any other is a method of the user's, and reported.</summary>
    /// <param name="operation">Where it is used.</param>
    /// <param name="method">The method that C# has chosen; null for its own operators. An extension can give scalars those that they lack.</param>
    public bool IsKnown(IOperation operation, IMethodSymbol? method)
    {
        if (method is null || method.ContainingType.IsNamed(KmlNames.Q16))
            return true;
        Refuse(operation.Syntax, new Refusal("An operator of your own", "write its code in place"));
        return false;
    }

    /// <summary>Reports an expression or a variable whose type no scalar type stands for, at what brings the type in.</summary>
    public Expression? RefuseType(IOperation operation)
    {
        if (operation.DescendantsAndSelf().Any(o => o.Kind == OperationKind.Invalid || o.Type is { TypeKind: TypeKind.Error }))
        {
            findings.LeaveToCompiler();
            return null;
        }

        bool isDouble = operation.Type?.SpecialType == SpecialType.System_Double || HasDoubleOperand(operation);
        List<IOperation> literals = operation.DescendantsAndSelf()
            .Where(o => o is ILiteralOperation { Type.SpecialType: SpecialType.System_Double })
            .ToList();
        if (isDouble && literals.Count > 0)
        {
            foreach (IOperation literal in literals)
                RefuseDoubleLiteral(literal.Syntax);
            return null;
        }

        // A call that is not translated anyway brought the type in; it is the better place to point at.
        IOperation? call = operation.DescendantsAndSelf().FirstOrDefault(o => o is IInvocationOperation c && FunctionTable.Find(c.TargetMethod) is null);
        if (call is not null)
            return Refuse(call);
        return Refuse(operation, Refusal.Known(operation.Syntax) ?? (operation.Type is null ? Refusal.For(operation.Syntax) : TypeRefusal(operation.Type)));
    }

    /// <summary>The words for a type that no scalar type stands for.</summary>
    public static Refusal TypeRefusal(ITypeSymbol type) => type.SpecialType == SpecialType.System_Double
        ? new Refusal("'double' arithmetic", "use float or Q16")
        : new Refusal($"A value of type '{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}'", "use bool, an integer, an enum, float or Q16");

    /// <summary>Reports floating point in an update.</summary>
    public Expression? RefuseFloat(SyntaxNode node)
    {
        Location place = Refusal.Place(node);
        findings.Report(SourceRules.FloatInUpdate, place, node.SyntaxTree.GetText().ToString(place.SourceSpan));
        return null;
    }

    private static bool HasDoubleOperand(IOperation operation) =>
        operation.ChildOperations.Any(c => c.Type?.SpecialType == SpecialType.System_Double);

    private void RefuseDoubleLiteral(SyntaxNode literal)
    {
        if (scope.Kind == BodyKind.Update)
        {
            RefuseFloat(literal);
            return;
        }

        string text = literal.ToString();
        double value = literal is LiteralExpressionSyntax { Token.Value: double d } ? d : 0;
        string remedy = DoubleLiteral.FitsFloat(value) ? $"use float ({DoubleLiteral.AsFloat(text)})" : "use a number that a float holds";
        Refuse(literal, new Refusal($"The double '{text}'", remedy));
    }

    private Expression? Dispatch(IOperation operation)
    {
        if (operation is IParenthesizedOperation parenthesized)
            return Translate(parenthesized.Operand);
        if (operation.Kind == OperationKind.Invalid)
            return Refuse(operation);

        ScalarType? type = operation.Type.Scalar();
        if (type is { } constantType && operation.ConstantValue is { HasValue: true, Value: { } value })
            return Constants.Of(constantType, value);

        switch (operation)
        {
            case IInvocationOperation call:
                return Call(call, type);
            case IBinaryOperation binary:
                return Binary(binary, type);
        }

        if (type is null)
            return RefuseType(operation);
        switch (operation)
        {
            case IConversionOperation conversion:
                return Convert(conversion, type.Value);
            case IUnaryOperation unary:
                return Unary(unary, type.Value);
            case IConditionalOperation { WhenFalse: { } otherwise } choice:
                return Choice(choice, otherwise);
            case ILocalReferenceOperation { Local: { RefKind: RefKind.None } local }:
                return new Variable(type.Value, scope.Local(local));
            case IParameterReferenceOperation reference when scope.Parameter(reference.Parameter) is { Kind: ParameterKind.Scalar } parameter:
                return ScalarParameter(parameter, type.Value);
            case IFieldReferenceOperation { Instance: IParameterReferenceOperation instance } field
                when scope.Parameter(instance.Parameter) is { Kind: ParameterKind.State } state:
                return new FieldRead(type.Value, state.Name, field.Field.Name);
            case IPropertyReferenceOperation property:
                return Property(property, type.Value);
            case IFieldReferenceOperation { Field.IsStatic: true } field:
                return Refuse(field, new Refusal($"The static field '{field.Field.Name}'", "make it const, or keep it in the state"));
            case IDefaultValueOperation:
                return Constants.Zero(type.Value);
            default:
                return Refuse(operation);
        }
    }

    private static Expression ScalarParameter(Parameter parameter, ScalarType type)
    {
        // A class travels as its index; the body sees it as the bool or enum that the user declared.
        Variable variable = new(parameter.Type, parameter.Name);
        if (parameter.Type == type)
            return variable;
        return type == ScalarType.Bool
            ? new Binary(ScalarType.Bool, BinaryOperator.NotEqual, variable, Constants.Zero(parameter.Type))
            : new Conversion(type, variable);
    }

    private Expression? Property(IPropertyReferenceOperation property, ScalarType type)
    {
        if (property.Instance is IParameterReferenceOperation instance
            && scope.Parameter(instance.Parameter) is { Kind: ParameterKind.Event } parameter
            && IsMember(property.Property, instance)
            && parameter.Event!.Value.Info().Field(property.Property.Name) is { } field)
            return new FieldRead(field.Type, parameter.Name, field.Name);

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

        return Refuse(property);
    }

    /// <summary>Whether a member is one of the parameter's own type: an extension may have the same name.</summary>
    public static bool IsMember(ISymbol member, IParameterReferenceOperation instance) =>
        SymbolEqualityComparer.Default.Equals(member.ContainingType, instance.Parameter.Type);

    private Expression? Choice(IConditionalOperation choice, IOperation otherwise)
    {
        Expression? test = Translate(choice.Condition);
        Expression? whenTrue = Translate(choice.WhenTrue);
        Expression? whenFalse = Translate(otherwise);
        return test is null || whenTrue is null || whenFalse is null ? null : new Choice(test, whenTrue, whenFalse);
    }

    private Expression? Unary(IUnaryOperation unary, ScalarType type)
    {
        if (!IsKnown(unary, unary.OperatorMethod) || Translate(unary.Operand) is not { } operand)
            return null;
        switch (unary.OperatorKind)
        {
            case UnaryOperatorKind.Plus:
                return operand;
            case UnaryOperatorKind.Minus:
                return new Unary(UnaryOperator.Negate, operand);
            case UnaryOperatorKind.Not:
                return new Unary(UnaryOperator.Not, operand);
            case UnaryOperatorKind.BitwiseNegation:
                return Arithmetic.ConvertTo(type, new Unary(UnaryOperator.Complement, Arithmetic.ConvertTo(operand.Type.Promoted(), operand)));
            default:
                return Refuse(unary);
        }
    }

    private Expression? Binary(IBinaryOperation binary, ScalarType? type)
    {
        if (type is null || binary.LeftOperand.Type.Scalar() is null || binary.RightOperand.Type.Scalar() is null)
            return RefuseType(binary);
        if (!IsKnown(binary, binary.OperatorMethod))
            return null;
        Expression? left = Translate(binary.LeftOperand);
        Expression? right = Translate(binary.RightOperand);
        if (left is null || right is null)
            return null;
        return Arithmetic.Binary(binary.OperatorKind, type.Value, left, right) ?? Refuse(binary);
    }

    private Expression? Convert(IConversionOperation conversion, ScalarType type)
    {
        ITypeSymbol? source = conversion.Operand.Type;
        if (source.Scalar() is null)
        {
            // A constant of a wider type, such as (Q16)1.5, is not translated either: the module would have to agree with it.
            return RefuseType(conversion.Operand);
        }

        if (!IsKnown(conversion, conversion.OperatorMethod))
            return null;

        // A constant becomes a Q16 here, before it is looked at as a float: (Q16)0.5f is integer code.
        if (type == ScalarType.Q16 && conversion.Operand.ConstantValue is { HasValue: true, Value: { } value })
            return Constants.ToQ16(Constants.Of(source.Scalar()!.Value, value));
        return Translate(conversion.Operand) is { } operand ? Arithmetic.ConvertTo(type, operand) : null;
    }

    private Expression? Call(IInvocationOperation call, ScalarType? type)
    {
        if (call.TargetMethod is { Name: "FromRaw", IsStatic: true } fromRaw
            && fromRaw.ContainingType.IsNamed(KmlNames.Q16)
            && call.Arguments[0].Value.ConstantValue is { HasValue: true, Value: int raw })
            return Constants.Q16Raw(raw);
        if (FunctionTable.Find(call.TargetMethod) is not { } function)
            return Refuse(call);
        if (type is null || call.Arguments.Any(a => a.Value.Type.Scalar() is null))
            return RefuseType(call);

        // Arguments have no side effects, so that named ones may be put in the parameters' order.
        List<Expression?> arguments = call.Arguments.OrderBy(a => a.Parameter?.Ordinal).Select(a => Translate(a.Value)).ToList();
        if (arguments.Any(a => a is null))
            return null;

        ScalarType own = arguments[0]!.Type;

        // Widened, but for Abs: that of an sbyte faults on its own smallest value.
        ScalarType wide = function == Function.Abs ? own : own.Promoted();
        FunctionCall result = new(
            function == Function.Sign ? ScalarType.I32 : wide,
            function,
            arguments.Select(a => Arithmetic.ConvertTo(wide, a!)).ToEquatableArray());
        return Arithmetic.ConvertTo(type.Value, result);
    }
}
