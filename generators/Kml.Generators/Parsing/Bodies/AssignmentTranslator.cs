using System.Globalization;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies;

/// <summary>Translates assignments: to locals, to the state's fields, and to features.</summary>
internal sealed class AssignmentTranslator(BodyScope scope, Findings findings, ExpressionTranslator expressions)
{
    /// <summary>Translates <c>target = value</c>.</summary>
    public Statement? Assign(ISimpleAssignmentOperation assignment)
    {
        if (FeatureIndex(assignment.Target, out int? index))
        {
            Expression? feature = expressions.Translate(assignment.Value);
            return index is { } i && feature is not null ? new AssignFeature(i, feature) : null;
        }

        if (!IsWritable(assignment.Target))
            return null;
        return expressions.Translate(assignment.Value) is { } value ? Store(assignment.Target, value) : null;
    }

    /// <summary>Translates <c>target op= value</c>.</summary>
    public Statement? Compound(ICompoundAssignmentOperation compound)
    {
        if (!IsWritable(compound.Target) || !expressions.IsKnown(compound, compound.OperatorMethod))
            return null;
        if (compound.Value.Type.Scalar() is null)
        {
            expressions.RefuseType(compound);
            return null;
        }

        Expression? target = expressions.Translate(compound.Target);
        Expression? value = expressions.Translate(compound.Value);
        if (target is null || value is null)
            return null;

        // C# computes in the operator's own type, then converts back: b += 1 is b = (byte)(b + 1).
        // Both operands have that type, but for a shift, whose count is an int, and an enum with a number.
        bool shift = compound.OperatorKind is BinaryOperatorKind.LeftShift or BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift;
        ScalarType type = shift || compound.Target.Type!.TypeKind == TypeKind.Enum ? target.Type.Promoted() : value.Type.Promoted();
        Expression? result = Arithmetic.Binary(compound.OperatorKind, type, Arithmetic.ConvertTo(type, target), value);
        if (result is null)
        {
            expressions.Refuse(compound);
            return null;
        }

        return Store(compound.Target, Arithmetic.ConvertTo(target.Type, result));
    }

    /// <summary>Translates <c>target++</c> and <c>target--</c>.</summary>
    public Statement? Step(IIncrementOrDecrementOperation step)
    {
        if (!IsWritable(step.Target) || !expressions.IsKnown(step, step.OperatorMethod) || expressions.Translate(step.Target) is not { } target)
            return null;
        ScalarType type = target.Type.Promoted();
        BinaryOperator op = step.Kind == OperationKind.Increment ? BinaryOperator.Add : BinaryOperator.Subtract;
        return Store(step.Target, Arithmetic.ConvertTo(
            target.Type,
            new Binary(type, op, Arithmetic.ConvertTo(type, target), Constants.One(type))));
    }

    private Statement Store(IOperation target, Expression value) => target is ILocalReferenceOperation local
        ? new AssignVariable(scope.Local(local.Local), value)
        : new AssignState(StateParameter(target)!.Name, ((IFieldReferenceOperation)target).Field.Name, value);

    private Parameter? StateParameter(IOperation target) =>
        target is IFieldReferenceOperation { Instance: IParameterReferenceOperation instance }
        && scope.Parameter(instance.Parameter) is { Kind: ParameterKind.State } parameter
            ? parameter
            : null;

    private bool IsWritable(IOperation target)
    {
        // By syntax: where the parameter is 'in', Roslyn has no operation for the target, only an error of its own.
        if (scope.Kind != BodyKind.Update && IsStateField(target))
        {
            findings.Report(SourceRules.StateWritten, target.Syntax.GetLocation(), target.Syntax.ToString());
            return false;
        }

        if (target is ILocalReferenceOperation { Local.RefKind: RefKind.None })
        {
            if (target.Type.Scalar() is not null)
                return true;
            findings.LeaveToCompiler();
            return false;
        }

        if (StateParameter(target) is not null && target.Type.Scalar() is not null)
            return true;
        if (target.Kind == OperationKind.Invalid)
            findings.LeaveToCompiler();
        else
            expressions.Refuse(target.Syntax, new Refusal($"An assignment to '{target.Syntax}'", Remedy()));
        return false;
    }

    private string Remedy() => scope.Kind switch
    {
        BodyKind.Update => "assign to locals and to fields of the state",
        BodyKind.Features => "assign to locals, and to features as x[constant] = value",
        _ => "assign to locals",
    };

    private bool IsStateField(IOperation target)
    {
        if (target.Syntax is not MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax root })
            return false;
        ISymbol? symbol = target.SemanticModel?.GetSymbolInfo(root).Symbol;
        return scope.Parameter(symbol)?.Kind == ParameterKind.State;
    }

    /// <summary>Whether the target is an element of the features; the index is null if it was reported.</summary>
    private bool FeatureIndex(IOperation target, out int? index)
    {
        index = null;
        if (target is not IPropertyReferenceOperation { Property.IsIndexer: true, Instance: IParameterReferenceOperation instance } element
            || scope.Parameter(instance.Parameter)?.Kind != ParameterKind.Features)
            return false;

        IOperation argument = element.Arguments[0].Value;
        if (argument.ConstantValue is not { HasValue: true, Value: int value })
        {
            Refusal refusal = new($"The index '{argument.Syntax}'", "write each feature under a constant index");
            expressions.Refuse(argument.Syntax, refusal, argument.Syntax.GetLocation());
        }
        else if (scope.FeatureCount > 0 && (value < 0 || value >= scope.FeatureCount))
        {
            findings.Report(
                SourceRules.FeatureCount,
                argument.Syntax.GetLocation(),
                scope.FeatureCount.ToString(CultureInfo.InvariantCulture),
                $"it writes x[{value.ToString(CultureInfo.InvariantCulture)}]");
        }
        else
        {
            index = value;
        }

        return true;
    }
}
