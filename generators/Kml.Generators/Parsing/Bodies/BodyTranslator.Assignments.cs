using System.Collections.Generic;
using Kml.Generators.Parsing.Bodies.Values;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies;

/// <content>Assignments, as statements and as expressions.</content>
internal sealed partial class BodyTranslator
{
    /// <summary>Translates an expression for what it does, not for its value.</summary>
    private void Effect(IOperation operation)
    {
        switch (operation)
        {
            case ISimpleAssignmentOperation { IsRef: false, Target: IDiscardOperation } discard:
                if (Data(discard.Value.Type) is ScalarData or null)
                    Discard(Translate(discard.Value));
                else if (Place(discard.Value) is { } unread)
                    Settled(unread);
                break;
            case ISimpleAssignmentOperation { IsRef: true, Target: ILocalReferenceOperation moved } move when _scope.Place(moved.Local) is { } reference:
                Refer(reference, move.Value);
                break;
            case ISimpleAssignmentOperation { IsRef: false } span when span.Target.Type.SpanElement() is not null:
                _refuser.Refuse(span, new Refusal("A span that is moved", "declare another one"));
                break;
            case ISimpleAssignmentOperation { IsRef: false } assignment when Scalar(assignment.Target.Type) is not null:
                Assign(assignment, isValueUsed: false);
                break;
            case ISimpleAssignmentOperation { IsRef: false } assignment:
                if (Writable(assignment.Target) is { } target)
                    AssignAggregate(IsVariable(assignment.Value) ? target : Settled(target), assignment.Value);
                break;
            case ICompoundAssignmentOperation compound:
                Compound(compound, isValueUsed: false);
                break;
            case IIncrementOrDecrementOperation step:
                Step(step, isValueUsed: false);
                break;
            case IDeconstructionAssignmentOperation deconstruction:
                Deconstruct(deconstruction);
                break;
            case IInvocationOperation call:
                Invoke(call);
                break;
            default:
                _refuser.Refuse(operation);
                break;
        }
    }

    private void Discard(Expression? value)
    {
        if (value is not (null or Constant or Read { Place: VariablePlace }))
            Emit(new Evaluate(value));
    }

    private Expression? Assign(ISimpleAssignmentOperation assignment, bool isValueUsed = true)
    {
        Binding? target = Writable(assignment.Target);
        int before = _scope.Statements.Count;
        Expression? value = Translate(assignment.Value);
        if (target is null || value is null)
            return null;
        return Store(SettledBefore(target, before), value, isValueUsed);
    }

    private Expression? Compound(ICompoundAssignmentOperation compound, bool isValueUsed = true)
    {
        if (Writable(compound.Target) is not { } found || !IsKnown(compound, compound.OperatorMethod))
            return null;
        if (Scalar(compound.Value.Type) is null || found.Scalar is not { } own)
        {
            _refuser.RefuseType(compound);
            return null;
        }

        Binding place = Repeatable(found);
        List<Expression?> target = [new Read(own, place.Place)];
        int before = _scope.Statements.Count;
        Expression? value = Translate(compound.Value);
        if (value is null)
            return null;
        int count = _scope.Statements.Count;
        Binding settled = SettledBefore(place, before);
        if (settled != place)
            target[0] = new Read(own, settled.Place);

        // What the place needs comes before what is read there.
        KeepBefore(target, before + _scope.Statements.Count - count);

        // C# computes in the operator's own type, then converts back: b += 1 is b = (byte)(b + 1).
        // Both operands have that type, but for a shift, whose count is an int, and an enum with a number.
        bool shift = compound.OperatorKind is BinaryOperatorKind.LeftShift or BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift;
        // That of a type parameter computes in the type itself.
        bool isOwn = shift && compound.OperatorMethod is not null;
        ScalarType type = isOwn ? own : shift || compound.Target.Type!.TypeKind == TypeKind.Enum ? own.Promoted() : value.Type.Promoted();
        bool isChecked = IsInChecked(compound);
        Expression? result = Applied(compound.OperatorKind, type, Arithmetic.ConvertTo(type, target[0]!), value, isChecked);
        if (result is null)
            return Refused(compound);
        return Store(settled, isChecked ? CheckedTo(own, result) : Arithmetic.ConvertTo(own, result), isValueUsed);
    }

    private Expression? Step(IIncrementOrDecrementOperation step, bool isValueUsed = true)
    {
        if (Writable(step.Target) is not { } found || !IsKnown(step, step.OperatorMethod))
            return null;
        if (found.Scalar is not { } own)
        {
            _refuser.RefuseType(step);
            return null;
        }

        Binding place = Repeatable(found);
        Read target = new(own, place.Place);
        Expression before = isValueUsed && step.IsPostfix ? _scope.Keep(target, "before") : target;
        ScalarType type = own.Promoted();
        bool isChecked = IsInChecked(step);
        BinaryOperatorKind op = step.Kind == OperationKind.Increment ? BinaryOperatorKind.Add : BinaryOperatorKind.Subtract;
        Expression changed = Applied(op, type, Arithmetic.ConvertTo(type, target), Constants.One(type), isChecked)!;
        Expression next = isChecked ? CheckedTo(own, changed) : Arithmetic.ConvertTo(own, changed);
        Expression value = Store(place, next, isValueUsed && !step.IsPostfix);
        return step.IsPostfix ? before : value;
    }

    /// <summary>Assigns a scalar.</summary>
    /// <returns>The value; where it is not used, whatever reads the place.</returns>
    private Expression Store(Binding target, Expression value, bool isValueUsed)
    {
        value = Arithmetic.ConvertTo(target.Scalar!.Value, value);
        bool isLocal = target.Place is VariablePlace;
        if (isValueUsed && !isLocal)
            value = _scope.Keep(value, "assigned");
        Emit(new Assign(target.Place, value));
        return isLocal ? new Read(value.Type, target.Place) : value;
    }

    /// <summary>The place that is assigned to; null, and reported, where it may not be.</summary>
    private Binding? Writable(IOperation target)
    {
        // By syntax: where the parameter is 'in', Roslyn has no operation for the target, only an error of its own.
        if (_scope.Kind != BodyKind.Update && IsStateField(target))
        {
            _refuser.RefuseStateWrite(target.Syntax);
            return null;
        }

        if (target.Kind == OperationKind.Invalid)
        {
            _refuser.LeaveToCompiler();
            return null;
        }

        bool isPrediction = target is IParameterReferenceOperation { Parameter: var parameter }
            && _scope.Parameter(parameter) is { Kind: ParameterKind.Scalar } && _scope.Kind != BodyKind.Function;
        bool isNoPlace = target is IPropertyReferenceOperation { Property: var property }
            && property.ContainingType.SpanElement() is null && !IsStored(property);
        if (isPrediction || isNoPlace)
        {
            _refuser.Refuse(target.Syntax, new Refusal($"An assignment to '{target.Syntax}'", Remedy()));
            return null;
        }

        if (target.Type is { TypeKind: TypeKind.Error })
        {
            _refuser.LeaveToCompiler();
            return null;
        }

        if (Place(target) is not { } place)
            return null;
        if (place.CanWrite)
            return place;
        if (Operands.Root(place.Place) is null)
            _refuser.Refuse(target, new Refusal("A write to a table", "keep what changes in the state"));
        else
            _refuser.LeaveToCompiler();
        return null;
    }

    private string Remedy() => _scope.Kind switch
    {
        BodyKind.Update => "assign to locals and to fields of the state",
        BodyKind.Features => "assign to locals, and to features",
        _ => "assign to locals",
    };

    private bool IsStateField(IOperation target)
    {
        SyntaxNode node = target.Syntax;
        while (node is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax)
            node = node is MemberAccessExpressionSyntax member ? member.Expression : ((ElementAccessExpressionSyntax)node).Expression;
        if (node == target.Syntax || node is not IdentifierNameSyntax root)
            return false;
        ISymbol? symbol = target.SemanticModel?.GetSymbolInfo(root, _scope.Cancellation).Symbol;
        return _scope.Parameter(symbol)?.Kind == ParameterKind.State && symbol is IParameterSymbol { RefKind: RefKind.In };
    }
}
