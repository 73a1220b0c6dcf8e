using System.Linq;
using Kml.Generators.Parsing.Bodies.Functions;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies;

/// <content>Values that are structs, tuples or arrays: each gets a place.</content>
internal sealed partial class BodyTranslator
{
    /// <summary>Puts a value into a new local.</summary>
    private Binding? Aggregate(IOperation operation, DataType data, string stem)
    {
        Binding local = new(new VariablePlace(_scope.Fresh(stem)), data, CanWrite: true);
        int before = _scope.Statements.Count, holes = _refuser.Holes;
        if (!AssignInto(local, operation, isNew: true))
        {
            SayOnce(operation, holes);
            return null;
        }

        _scope.Statements.Insert(before, new Declare(Name(local), data));
        return local;
    }

    /// <summary>Assigns a struct, a tuple or an array.</summary>
    private bool AssignAggregate(Binding target, IOperation operation)
    {
        int holes = _refuser.Holes;
        if (target.Scalar is null && (IsVariable(operation) || !(Reads(operation, target) || (IsSeenOutside(target) && MayFault(operation)))))
        {
            if (AssignInto(target, operation, isNew: false))
                return true;
            SayOnce(operation, holes);
            return false;
        }

        if (target.Scalar is not null)
        {
            SayOnce(operation, holes);
            return false;
        }

        // What is made of the target's own parts is made beside it first; and what a fault may leave half made, where others see it.
        if (Aggregate(operation, target.Data, "made") is not { } made)
            return false;
        Emit(new Copy(target.Place, made.Place, target.Data));
        return true;
    }

    private void AssignTo(Binding target, IOperation value)
    {
        if (target.Scalar is not { } scalar)
            AssignAggregate(target, value);
        else if (Translate(value) is { } translated)
            Emit(new Assign(target.Place, Arithmetic.ConvertTo(scalar, translated)));
    }

    private static bool IsVariable(IOperation operation) => operation switch
    {
        IParenthesizedOperation parenthesized => IsVariable(parenthesized.Operand),
        ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation or IInlineArrayAccessOperation
            or IImplicitIndexerReferenceOperation or IArrayElementReferenceOperation => true,
        IFieldReferenceOperation => true,
        IPropertyReferenceOperation property => IsElement(property.Property) || IsStored(property.Property),
        IConversionOperation { Type: var type } conversion when type.SpanElement() is not null => IsVariable(conversion.Operand),
        IConversionOperation { Conversion.IsIdentity: true } conversion => IsVariable(conversion.Operand),
        _ => false,
    };

    /// <summary>Whether a value may be made of what lies where it goes; a function is not looked into.</summary>
    private bool Reads(IOperation operation, Binding target) => operation.DescendantsAndSelf().Any(o => o switch
    {
        ILocalReferenceOperation local => IsPartOf(_scope.Place(local.Local), target),
        IParameterReferenceOperation parameter => _scope.Parameter(parameter.Parameter)?.Kind is not ParameterKind.Event
            && IsPartOf(_scope.Place(parameter.Parameter), target),
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => IsPartOf(_scope.This, target),
        _ => false,
    });

    private bool IsSeenOutside(Binding target) =>
        Operands.Root(target.Place) is { } root
        && (_scope.Referred.Contains(root) || _scope.IsOf(ParameterKind.State, root) || _scope.IsOf(ParameterKind.Reference, root));

    private static bool MayFault(IOperation operation) => operation.Descendants().Any(o => o is
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder } or IBinaryOperation { IsChecked: true }
        or IUnaryOperation { IsChecked: true } or IConversionOperation { IsChecked: true }
        or ICompoundAssignmentOperation or IIncrementOrDecrementOperation { IsChecked: true }
        or IInvocationOperation or ISwitchExpressionOperation or IInlineArrayAccessOperation or IImplicitIndexerReferenceOperation
        or IPropertyReferenceOperation { Property.IsIndexer: true } or IObjectCreationOperation { Constructor.IsImplicitlyDeclared: false });

    private bool IsPartOf(Binding? read, Binding target)
    {
        if (read is null || Operands.Root(read.Place) is not { } root || Operands.Root(target.Place) is not { } written)
            return false;

        return root == written || (_scope.Referred.Contains(root) && _scope.Referred.Contains(written));
    }

    private bool AssignInto(Binding target, IOperation operation, bool isNew)
    {
        switch (operation)
        {
            case IParenthesizedOperation parenthesized:
                return AssignInto(target, parenthesized.Operand, isNew);
            case IConversionOperation { OperatorMethod: { } own }:
                return Refused(operation, FunctionRegistry.Problem(own)) is not null;
            case IConversionOperation conversion when conversion.Type.SpanElement() is null:
                return IsKept(conversion) ? AssignInto(target, conversion.Operand, isNew) : Refused(
                    conversion.Operand, new Refusal("A conversion of a tuple", "deconstruct it, and convert the parts")) is not null;
            case IBinaryOperation { OperatorMethod: { } op }:
                return Refused(operation, FunctionRegistry.Problem(op)) is not null;
            case IUnaryOperation { OperatorMethod: { } op }:
                return Refused(operation, FunctionRegistry.Problem(op)) is not null;
            case IDefaultValueOperation:
                if (!isNew)
                    Emit(new Clear(target.Place, target.Data));
                return true;
            case ITupleOperation tuple when target.Data is StructData type && type.Fields.Count == tuple.Elements.Length:
                for (int i = 0; i < tuple.Elements.Length; i++)
                    AssignTo(target.Member(type.Fields[i].Name)!, tuple.Elements[i]);
                return true;
            case IObjectCreationOperation creation:
                return Construct(target, creation, isNew);
            case IWithOperation with:
                if (!AssignInto(target, with.Operand, isNew))
                    return false;
                Initialize(target, with.Initializer);
                return true;
            case IConditionalOperation { WhenFalse: { } otherwise } choice:
                Expression? test = Translate(choice.Condition);
                Block whenTrue = Apart(() => AssignInto(target, choice.WhenTrue, isNew)), whenFalse = Apart(() => AssignInto(target, otherwise, isNew));
                if (test is not null)
                    Emit(new If(test, whenTrue, whenFalse));
                return test is not null;
            case ISwitchExpressionOperation choice:
                return Switch(choice, value => AssignInto(target, value, isNew));
            case IInvocationOperation { TargetMethod.Name: "DivRem", Arguments.Length: 2 } division
                when FunctionHomes.Of(division.TargetMethod.ContainingType) != 0:
                return DivideInto(target, division);
            case IInvocationOperation call when FunctionTable.Find(call.TargetMethod) is null:
                return CallInto(target, call);
            case IPropertyReferenceOperation { Property: { GetMethod: { } get } property } getter when !IsElement(property) && !IsStored(property):
                return CallInto(target, getter, get, getter.Instance, getter.Arguments);
            default:
                if (!IsVariable(operation))
                {
                    Made(operation, target);
                    return false;
                }

                if (Place(operation) is not { } source || source.Data != target.Data)
                    return false;
                if (source.Place != target.Place)
                    Emit(new Copy(target.Place, source.Place, target.Data));
                return true;
        }
    }

    // A tuple that is written out is converted part by part.
    private bool IsKept(IConversionOperation conversion) =>
        conversion.Operand is ITupleOperation or IDefaultValueOperation or IConditionalOperation or ISwitchExpressionOperation
        || Data(conversion.Operand.Type) is not { } own || own == Data(conversion.Type);

    private void Made(IOperation operation, Binding target)
    {
        if (operation.Kind == OperationKind.Invalid || operation.Type is { TypeKind: TypeKind.Error })
            _refuser.LeaveToCompiler();
        else if (target.Data is ArrayData && operation.Syntax is CollectionExpressionSyntax)
            _refuser.Refuse(operation, new Refusal("A collection", "assign the elements one by one"));
        else
            _refuser.Refuse(operation);
    }

    /// <summary>Quotient and remainder of Math.DivRem, and of its forms on the types.</summary>
    private bool DivideInto(Binding target, IInvocationOperation division)
    {
        if (target.Data is not StructData { Fields: { Count: 2 } parts } || parts[0].Data is not ScalarData { Type: var type }
            || InOrder(division.Arguments) is not { } operands)
            return false;
        Expression left = _scope.Keep(operands[0], "dividend"), right = _scope.Keep(operands[1], "divisor");
        Emit(new Assign(target.Member(parts[0].Name)!.Place, Arithmetic.Binary(BinaryOperatorKind.Divide, type, left, right)!));
        Emit(new Assign(target.Member(parts[1].Name)!.Place, Arithmetic.Binary(BinaryOperatorKind.Remainder, type, left, right)!));
        return true;
    }

    private bool Construct(Binding target, IObjectCreationOperation creation, bool isNew)
    {
        if (creation.Constructor is not { } constructor)
        {
            _refuser.LeaveToCompiler();
            return false;
        }

        if (HasFirstValues(constructor.ContainingType))
        {
            _refuser.Refuse(
                creation, new Refusal($"A first value in '{constructor.ContainingType.Name}'", "give it in the constructor, or where the struct is made"));
            return false;
        }

        bool isPlain = constructor.IsImplicitlyDeclared && constructor.Parameters.Length == 0;
        if (isPlain)
        {
            if (!isNew)
                Emit(new Clear(target.Place, target.Data));
        }
        else if (IsPositional(constructor))
        {
            foreach (IArgumentOperation argument in creation.Arguments)
            {
                if (target.Member(argument.Parameter!.Name) is { } member)
                    AssignTo(member, argument.Value);
            }
        }
        else
        {
            if (!isNew)
                Emit(new Clear(target.Place, target.Data));
            if (!Invoke(creation, constructor, target, creation.Arguments))
                return false;
        }

        if (creation.Initializer is not null)
            Initialize(target, creation.Initializer);
        return true;
    }

    private static bool HasFirstValues(INamedTypeSymbol type) => type.GetMembers().Where(m => !m.IsStatic).SelectMany(m => m.DeclaringSyntaxReferences)
        .Any(r => r.GetSyntax() is VariableDeclaratorSyntax { Initializer: not null } or PropertyDeclarationSyntax { Initializer: not null });

    // A positional record struct's constructor, of which C# writes the body.
    private static bool IsPositional(IMethodSymbol constructor) =>
        constructor.ContainingType.IsRecord && constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is TypeDeclarationSyntax;

    private void Initialize(Binding target, IObjectOrCollectionInitializerOperation initializer)
    {
        _receivers.Push(target);
        foreach (IOperation member in initializer.Initializers)
        {
            if (member is ISimpleAssignmentOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation } assignment
                && Place(assignment.Target) is { } place)
                AssignTo(place, assignment.Value);
            else
                _refuser.Refuse(member);
        }

        _receivers.Pop();
    }
}
