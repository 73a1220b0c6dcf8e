using System.Collections.Generic;
using System.Linq;
using Kml.Generators.Parsing.Bodies.Functions;
using Kml.Generators.Parsing.Bodies.Values;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Kml.Model.Lowering;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies;

/// <content>Calls: of levers, of the functions that there are, of the user's own methods.</content>
internal sealed partial class BodyTranslator
{
    /// <summary>Translates a call for its value.</summary>
    private Expression? Call(IInvocationOperation call, ScalarType? type)
    {
        if (call.TargetMethod is { Name: "FromRaw", IsStatic: true } fromRaw
            && fromRaw.ContainingType.IsNamed(KmlNames.Q16)
            && call.Arguments[0].Value.ConstantValue is { HasValue: true, Value: int raw })
            return Constants.Q16Raw(raw);
        if (IsHasFlag(call))
            return HasFlag(call);
        if (FunctionTable.Find(call.TargetMethod) is not { } row)
        {
            return type is null && call.TargetMethod.DeclaringSyntaxReferences.Length > 0
                ? RefusedType(call)
                : Invoke(call, call.TargetMethod, null, call.Arguments, call.Instance);
        }
        if (type is null || call.Arguments.Any(a => Scalar(a.Value.Type) is null))
            return RefusedType(call);
        if (InOrder(call.Arguments) is not { } arguments)
            return null;
        return row.Lower(arguments) is { } result
            ? Arithmetic.ConvertTo(type.Value, result)
            : Refused(call, Refusal.OfCall(call.TargetMethod, FunctionRemedies.For(call.TargetMethod)));
    }

    private Expression? RefusedType(IOperation operation)
    {
        _refuser.RefuseType(operation);
        return null;
    }

    /// <summary>Reads a property that is code of the user's.</summary>
    private Expression? Getter(IPropertyReferenceOperation property) =>
        property.Property switch
        {
            { DeclaringSyntaxReferences.Length: 0 } compiled => Refused(property, Refusal.OfProperty(compiled, ForeignRemedies.For(compiled.ContainingType))),
            { GetMethod: { } getter } => Invoke(property, getter, null, property.Arguments, property.Instance),
            _ => Refused(property),
        };

    /// <summary>Translates a call for what it does.</summary>
    private void Invoke(IInvocationOperation call)
    {
        if (Lever(call) is { } lever)
        {
            Pull(call, lever);
        }
        else if (call.TargetMethod.IsConditional)
        {
            // C# leaves it out, too, but where the symbol is defined; so it may do nothing that counts.
            if (call.Arguments.SelectMany(a => a.DescendantsAndSelf()).FirstOrDefault(o => o
                is IAssignmentOperation or IIncrementOrDecrementOperation
                or IInvocationOperation { TargetMethod.DeclaringSyntaxReferences.Length: > 0 }) is { } effect)
            {
                string what = $"An effect within a call of '{call.TargetMethod.Name}'";
                _refuser.Refuse(effect.Syntax, new Refusal(what, "do it before: the module leaves the call out"));
            }
        }
        else if (call.Instance is { } span && call.TargetMethod.ContainingType.SpanElement() is not null)
        {
            OnSpan(call, span);
        }
        else if (call.TargetMethod.ReturnsVoid || FunctionTable.Find(call.TargetMethod) is null)
        {
            if (call.TargetMethod.ReturnsVoid || Scalar(call.Type) is not null)
                Discard(Invoke(call, call.TargetMethod, null, call.Arguments, call.Instance));
            else
                Place(call);
        }
        else
        {
            Discard(Translate(call));
        }
    }

    private bool CallInto(Binding target, IInvocationOperation call) => CallInto(target, call, call.TargetMethod, call.Instance, call.Arguments);

    private bool CallInto(Binding target, IOperation at, IMethodSymbol method, IOperation? instance, IReadOnlyList<IArgumentOperation> arguments) =>
        Invoke(at, method, target, arguments, instance) is not null;

    private bool Invoke(IOperation at, IMethodSymbol constructor, Binding self, IReadOnlyList<IArgumentOperation> arguments) =>
        Invoke(at, constructor, null, arguments, null, self) is not null;

    /// <summary>Calls a method of the user's.</summary>
    /// <param name="at">Where.</param>
    /// <param name="method">The method.</param>
    /// <param name="result">Where the array or struct that it returns goes; null where it returns none.</param>
    /// <param name="arguments">Its arguments, in the order in which C# evaluates them.</param>
    /// <param name="instance">The struct that it is called on; null for none.</param>
    /// <param name="self">The place of that struct, where it is known already.</param>
    /// <returns>Its value; of a method without a scalar value, any.</returns>
    private Expression? Invoke(
        IOperation at,
        IMethodSymbol method,
        Binding? result,
        IReadOnlyList<IArgumentOperation> arguments,
        IOperation? instance,
        Binding? self = null)
    {
        method = _functions.WithSource(method);
        if (FunctionRegistry.Problem(method) is { } problem)
            return Refused(at, problem);
        method = Resolved(method);
        if (instance is not null and not IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } || self is not null)
            self ??= method.ContainingType.TypeKind == TypeKind.Struct && method.DeclaringSyntaxReferences.Length > 0 ? Receiver(instance!) : null;
        else if (!method.IsStatic && method.MethodKind != MethodKind.LocalFunction)
            self = _scope.This;
        if (self is null && !method.IsStatic && method.MethodKind != MethodKind.LocalFunction)
            return Refused(at);

        List<(IParameterSymbol Parameter, Given Given)> given = [];
        foreach (IArgumentOperation argument in arguments)
        {
            int before = _scope.Statements.Count;
            if (Argument(argument) is not { } next)
                return null;
            for (int i = 0; i < given.Count; i++)
                given[i] = (given[i].Parameter, Before(given[i].Given, given[i].Parameter, before));
            self = self is null ? null : SettledBefore(self, before);
            given.Add((argument.Parameter!, next));
        }

        given = [.. given.OrderBy(g => g.Parameter.Ordinal)];
        if (_functions.Find(method, self, [.. given.Select(g => g.Given.Place)], result?.Data, at, _refuser) is not { } function)
            return null;
        if (_scope.Kind == BodyKind.Update && FloatUse.In(function, _functions.Known))
        {
            _refuser.RefuseFloat(at.Syntax);
            return null;
        }

        List<Argument> all = [];
        if (result is not null)
            all.Add(new PlaceArgument(result.Place));
        if (self is not null && !AddSelf(all, function, self, at))
            return null;
        all.AddRange(given.Select(g => g.Given.As(_scope, IsWritingElsewhere(function, g.Parameter))));
        Call call = new(function.Result ?? ScalarType.Bool, function.Name, all.ToEquatableArray());
        if (function.Result is null)
        {
            Emit(new Evaluate(call));
            return Constants.Zero(ScalarType.Bool);
        }

        // What it writes, it writes here and now.
        return function.Parameters.Any(p => p.IsWritten) ? _scope.Keep(call, "returned") : call;
    }

    /// <summary>A method with the types that stand for this method's own type parameters.</summary>
    private IMethodSymbol Resolved(IMethodSymbol method) => method.TypeArguments.Any(a => a.TypeKind == TypeKind.TypeParameter)
        ? method.ConstructedFrom.Construct([.. method.TypeArguments.Select(a => _scope.Resolved(a)!)])
        : method;

    private Binding? Receiver(IOperation instance) => Place(instance) is { } place ? place with { CanWrite = place.CanWrite && !IsValue(instance) } : null;

    private bool AddSelf(List<Argument> arguments, Method function, Binding self, IOperation at)
    {
        Parameter parameter = function.Parameters[arguments.Count];
        if (parameter.IsWritten && !self.CanWrite)
        {
            if (Operands.Root(self.Place) is { } root && _scope.IsOf(ParameterKind.State, root))
                _refuser.RefuseStateWrite(at.Syntax, Refusal.Place(at.Syntax));
            else
                _refuser.Refuse(at.Syntax, new Refusal("A method that changes a copy", "call it on a variable, or make it readonly"));
            return false;
        }

        arguments.Add(new PlaceArgument(self.Place));
        return true;
    }

    // What is given by value stays as it is, though the function may reach it by another reference.
    private static bool IsWritingElsewhere(Method function, IParameterSymbol parameter) =>
        parameter.RefKind == RefKind.None && parameter.Type.SpanElement() is null && function.Parameters.Any(p => p.IsWritten);

    private Given? Argument(IArgumentOperation argument)
    {
        IParameterSymbol parameter = argument.Parameter!;
        bool isCollected = argument.IsImplicit && argument.Value.IsImplicit && parameter.Type.SpanElement() is not null;
        if (argument.ArgumentKind == ArgumentKind.ParamArray || isCollected)
        {
            _refuser.Refuse(argument.Value, new Refusal("'params'", "give the method parameters of its own for each"));
            return null;
        }

        if (EventParameter(argument.Value) is { } e)
            return new Given(null, e);
        bool isReference = parameter.RefKind is RefKind.Ref or RefKind.Out or RefKind.In or RefKind.RefReadOnlyParameter
            || parameter.Type.SpanElement() is not null;
        if (!isReference && Scalar(parameter.Type) is not null)
            return Translate(argument.Value) is { } value ? new Given(value, null) : null;

        IOperation operation = argument.Value;
        if (operation is IDeclarationExpressionOperation { Expression: ILocalReferenceOperation { Local: var local } })
        {
            if (Data(local.Type) is not { } data)
            {
                _refuser.Refuse(operation, Refuser.TypeRefusal(local.Type));
                return null;
            }

            return new Given(null, _scope.AtTop(_scope.Local(local, data)));
        }

        if (operation is IDiscardOperation && Data(operation.Type) is { } ignored)
        {
            return new Given(null, _scope.AtTop(new Binding(new VariablePlace(_scope.Fresh("ignored")), ignored, CanWrite: true)));
        }

        // By reference to a value that has no place: it gets one.
        if (parameter.RefKind is RefKind.In or RefKind.RefReadOnlyParameter && Scalar(operation.Type) is not null
            && (operation is IConversionOperation || !IsVariable(operation) || IsClass(operation)))
        {
            if (Translate(operation) is not { } value)
                return null;
            string name = _scope.Fresh("given");
            Emit(new Let(name, value));
            return new Given(null, new Binding(new VariablePlace(name), new ScalarData(value.Type), CanWrite: false));
        }

        bool isWritten = parameter.RefKind is RefKind.Ref or RefKind.Out;
        if ((isWritten ? Writable(operation) : Place(operation)) is not { } place)
            return null;
        return new Given(null, isReference && parameter.Type.SpanElement() is null && IsValue(operation) ? Kept(place) : place);
    }

    private Binding Kept(Binding value)
    {
        if (value.Scalar is not { } scalar)
            return CopyOf(value);
        string name = _scope.Fresh("given");
        Emit(new Let(name, new Read(scalar, value.Place)));
        return new Binding(new VariablePlace(name), value.Data, CanWrite: false);
    }

    private Given Before(Given given, IParameterSymbol parameter, int before)
    {
        if (given.Value is { } value)
        {
            List<Expression?> values = [value];
            KeepBefore(values, before);
            return given with { Value = values[0] };
        }

        bool isValue = parameter.RefKind == RefKind.None && parameter.Type.SpanElement() is null;
        return given with { Place = isValue ? CopiedBefore(given.Place!, before) : SettledBefore(given.Place!, before) };
    }
}

/// <summary>An argument that was evaluated: a scalar, or a place.</summary>
internal sealed record Given(Expression? Value, Binding? Place)
{
    /// <summary>The argument as the call has it.</summary>
    /// <param name="scope">The body.</param>
    /// <param name="asCopy">Whether the function may change what lies there by another way.</param>
    public Argument As(BodyScope scope, bool asCopy)
    {
        if (Value is not null)
            return new ValueArgument(Value);
        if (!asCopy || Place!.Data is not (StructData or ArrayData))
            return new PlaceArgument(Place!.Place);
        DataType data = Place.Data;
        string copy = scope.Fresh("copy");
        scope.Statements.Add(new Declare(copy, data));
        scope.Statements.Add(new Copy(new VariablePlace(copy), Place.Place, data));
        return new PlaceArgument(new VariablePlace(copy));
    }
}
