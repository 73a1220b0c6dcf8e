using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies;

/// <content>Places: what C# calls a variable, and what has one made for it.</content>
internal sealed partial class BodyTranslator
{
    // What the initialisers of an object under construction assign to.
    private readonly Stack<Binding> _receivers = new();

    /// <summary>Translates an expression to the place that it stands for, or to one that is made for its value.</summary>
    private Binding? Place(IOperation operation)
    {
        int holes = _refuser.Holes;
        Binding? place = Found(operation);
        if (place is null)
            SayOnce(operation, holes);
        return place;
    }

    private Binding? Found(IOperation operation)
    {
        switch (operation)
        {
            case IParenthesizedOperation parenthesized:
                return Place(parenthesized.Operand);
            case ILocalReferenceOperation local:
                return Named(local, local.Local);
            case IParameterReferenceOperation parameter:
                return Named(parameter, parameter.Parameter);
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } when _receivers.Count > 0:
                return _receivers.Peek();
            case IInstanceReferenceOperation when _scope.This is { } self:
                return self;
            case IFieldReferenceOperation { Instance: { } instance } field:
                return Field(field, instance);
            case IFieldReferenceOperation { Instance: null } field:
                return Static(field, field.Field);
            case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } span } element when element.Arguments.Length == 1:
                return Place(span) is { Data: ArrayData } array ? Element(array, element.Arguments[0].Value) : null;
            case IPropertyReferenceOperation { Instance: { } instance } property when IsStored(property.Property):
                return Place(instance)?.Member(property.Property.Name);
            case IPropertyReferenceOperation { Instance: null } property when property.Type.SpanElement() is not null || IsStored(property.Property):
                return Static(property, property.Property);
            case IInlineArrayAccessOperation access:
                return Place(access.Instance) is { Data: ArrayData } inline ? Part(inline, access.Argument) : null;
            case IImplicitIndexerReferenceOperation access:
                return Place(access.Instance) is { Data: ArrayData } indexed ? Part(indexed, access.Argument) : null;
            case IArrayElementReferenceOperation { Indices: { Length: 1 } indices } element:
                return Place(element.ArrayReference) is { Data: ArrayData } table ? Element(table, indices[0]) : null;
            case IConversionOperation conversion when conversion.Type.SpanElement() is not null:
                return Place(conversion.Operand);
            case IInvocationOperation { TargetMethod: { Name: "Slice", ContainingType: var type }, Instance: { } span } slice when type.SpanElement() is not null:
                return Slice(slice, span);
            case IInvocationOperation { TargetMethod: { RefKind: not RefKind.None } method } when FunctionRegistry.Problem(method) is { } problem:
                _refuser.Refuse(operation, problem);
                return null;
            default:
                return Made(operation);
        }
    }

    private Binding? Named(IOperation operation, ISymbol symbol)
    {
        if (_scope.Place(symbol) is { } known)
            return known;
        if (EventParameter(operation) is { } e)
            return e with { CanWrite = false };
        if (operation.Type is null or { TypeKind: TypeKind.Error })
            _refuser.LeaveToCompiler();
        else if (_scope.Parameter(symbol) is { Kind: ParameterKind.State })
            _refuser.LeaveToCompiler();
        else if (_scope.Parameter(symbol) is not null)
            _refuser.Refuse(operation, Refuser.TypeRefusal(operation.Type));
        else if (symbol is ILocalSymbol { RefKind: not RefKind.None } || operation.Type.SpanElement() is not null)
            _refuser.LeaveToCompiler();
        else if (Data(operation.Type) is null)
            _refuser.RefuseType(operation);
        else if (IsOfMethodAround(operation, symbol))
            _refuser.Refuse(operation, new Refusal($"'{symbol.Name}' of the method around", "hand it over as a parameter, or by ref"));
        else
            _refuser.LeaveToCompiler();
        return null;
    }

    // What a body declares itself and does not know was refused where it is declared.
    private bool IsOfMethodAround(IOperation operation, ISymbol symbol) => !SymbolEqualityComparer.Default.Equals(
        symbol.ContainingSymbol, operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart, _scope.Cancellation));

    private Binding? Field(IFieldReferenceOperation field, IOperation instance)
    {
        if (field.Field.IsFixedSizeBuffer)
        {
            _refuser.Refuse(field, new Refusal("A fixed-size buffer", "use a struct with [InlineArray], whose indices C# checks"));
            return null;
        }

        return Place(instance)?.Member(DataTypeMap.Name(field.Field));
    }

    /// <summary>Whether a property keeps its value in a field that C# makes for it.</summary>
    private static bool IsStored(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property.OriginalDefinition)
            || SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property));

    /// <summary>A static field or property: a constant, or a table of such.</summary>
    private Binding? Static(IOperation operation, ISymbol symbol)
    {
        if (_functions.Table(symbol, _scope.Cancellation) is { } table)
            return new Binding(table, new ArrayData(new ScalarData(table.Element), table.Values.Count), CanWrite: false);
        bool isReadOnly = symbol is IFieldSymbol { IsReadOnly: true } or IPropertySymbol { IsReadOnly: true };
        _refuser.Refuse(operation, StaticRefusal(symbol is IFieldSymbol ? "field" : "property", symbol.Name, isReadOnly));
        return null;
    }

    private static Refusal StaticRefusal(string what, string name, bool isReadOnly) => new(
        $"The static {what} '{name}'",
        isReadOnly
            ? what == "field" ? "give it a constant, or a list of constants, where it is declared" : "make it a constant, or a property with =>"
            : "make it const or static readonly, or keep it in the state");

    private Binding? Part(Binding array, IOperation argument)
    {
        int length = ((ArrayData)array.Data).Length;
        if (Unconverted(argument) is not IRangeOperation range)
            return Element(array, argument);
        int? first = range.LeftOperand is null ? 0 : Fixed(range.LeftOperand, length), end = range.RightOperand is null ? length : Fixed(range.RightOperand, length);
        if (first is { } start && end is { } behind && start >= 0 && start < behind && behind <= length)
            return array.Slice(start, behind - start);
        _refuser.Refuse(argument, new Refusal($"The range '{argument.Syntax}'", $"write a range of constants within the {Text(length)} elements"));
        return null;
    }

    private Binding? Slice(IInvocationOperation slice, IOperation span)
    {
        if (Place(span) is not { Data: ArrayData array } whole)
            return null;
        int? start = Fixed(slice.Arguments[0].Value, array.Length);
        int? length = slice.Arguments.Length > 1 ? Fixed(slice.Arguments[1].Value, array.Length) : array.Length - start;
        if (start >= 0 && length > 0 && start + length <= array.Length)
            return whole.Slice(start.Value, length.Value);
        _refuser.Refuse(slice, new Refusal($"The slice '{slice.Syntax}'", $"write a slice of constants within the {Text(array.Length)} elements"));
        return null;
    }

    private Binding? Element(Binding array, IOperation argument)
    {
        int length = ((ArrayData)array.Data).Length;
        if (Fixed(argument, length) is { } index)
        {
            if (index >= 0 && index < length)
                return array.Element(Constants.Of(ScalarType.I32, index));
            if (array.Place is VariablePlace { Name: var name } && _scope.IsOf(ParameterKind.Features, name) && _scope.FeatureCount > 0)
                _refuser.RefuseFeature(argument.Syntax, Text(_scope.FeatureCount), $"it writes {name}[{Text(index)}]");
            else
                _refuser.Refuse(argument.Syntax, new Refusal($"The index {Text(index)}", $"there are {Text(length)} elements, from 0"), argument.Syntax.GetLocation());
            return null;
        }

        if (Scalar(argument.Type) is ScalarType.I64 or ScalarType.U64)
        {
            _refuser.Refuse(argument.Syntax, new Refusal("An index of 64 bits", "convert it to int"), argument.Syntax.GetLocation());
            return null;
        }

        return Translate(argument) is { } at ? array.Element(Arithmetic.ConvertTo(ScalarType.I32, at)) : null;
    }

    /// <summary>An index that is known: a constant, or one from the end.</summary>
    private static int? Fixed(IOperation argument, int length) => Unconverted(argument) switch
    {
        { ConstantValue: { HasValue: true, Value: int value } } => value,
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat, Operand.ConstantValue: { HasValue: true, Value: int back } } => length - back,
        _ => null,
    };

    private static IOperation Unconverted(IOperation operation) =>
        operation is IConversionOperation { Operand: var inner, Type.Name: "Index" or "Range" } ? Unconverted(inner) : operation;

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A place for what is no variable: what a call returns, a tuple, a new struct.</summary>
    private Binding? Made(IOperation operation)
    {
        if (operation.Kind == OperationKind.Invalid || operation.Type is { TypeKind: TypeKind.Error })
        {
            _refuser.LeaveToCompiler();
            return null;
        }

        if (Data(operation.Type) is not { } data)
        {
            _refuser.RefuseType(operation);
            return null;
        }

        if (data is not ScalarData)
            return Aggregate(operation, data, "made");
        _refuser.Refuse(operation);
        return null;
    }

    /// <summary>A place whose indices are found, and checked, once and for all: a reference to it.</summary>
    private Binding Settled(Binding binding)
    {
        Place settled = Kept(binding.Place, _scope.Statements.Count, isChecked: true);
        return binding with { Place = settled };
    }

    /// <summary>A place that was found before some statements, as it was then.</summary>
    private Binding SettledBefore(Binding binding, int before)
    {
        if (_scope.Statements.Count == before || !Operands.Of(binding.Place).Any(i => i is not Constant))
            return binding;
        return binding with { Place = Kept(binding.Place, before, isChecked: true) };
    }

    /// <summary>Whether a reference may lead to one place or another.</summary>
    private static bool IsMoved(ILocalSymbol local, IOperation initializer)
    {
        IOperation root = initializer;
        while (root.Parent is { } parent)
            root = parent;
        return initializer is IConditionalOperation || root.Descendants().Any(o => o is ISimpleAssignmentOperation { IsRef: true, Target: ILocalReferenceOperation target }
            && SymbolEqualityComparer.Default.Equals(target.Local, local));
    }

    private void Refer(ILocalSymbol local, IOperation initializer)
    {
        if (local.Type.SpanElement() is not null || Data(local.Type) is not { } data)
        {
            _refuser.Refuse(initializer, Refuser.TypeRefusal(local.Type));
            return;
        }

        Binding reference = _scope.Local(local, data) with { CanWrite = local.RefKind == RefKind.Ref };
        _scope.Bind(local, reference);
        Refer(reference, initializer);
    }

    /// <summary>Lets a reference lead to a place.</summary>
    private void Refer(Binding reference, IOperation to)
    {
        if (to is IConditionalOperation { WhenFalse: { } otherwise } choice)
        {
            Expression? test = Translate(choice.Condition);
            Block whenTrue = Apart(() => Refer(reference, choice.WhenTrue)), whenFalse = Apart(() => Refer(reference, otherwise));
            if (test is not null)
                Emit(new If(test, whenTrue, whenFalse));
        }
        else if (Place(to) is { } place && place.Data == reference.Data)
        {
            Binding settled = Settled(place);
            _scope.Referred.UnionWith([Name(reference), Operands.Root(settled.Place) ?? Name(reference)]);
            Emit(new Refer(Name(reference), settled.Place, reference.Data));
        }
    }

    /// <summary>A place whose indices can be read twice.</summary>
    private Binding Repeatable(Binding binding) => binding with { Place = Kept(binding.Place, _scope.Statements.Count, isChecked: false) };

    private Place Kept(Place place, int at, bool isChecked)
    {
        switch (place)
        {
            case MemberPlace p:
                return p with { Of = Kept(p.Of, at, isChecked) };
            case SlicePlace p:
                return p with { Of = Kept(p.Of, at, isChecked) };
            case ElementPlace { Index: not Constant } p:
                int count = _scope.Statements.Count;
                Place of = Kept(p.Of, at, isChecked);
                at += _scope.Statements.Count - count;
                bool isPlain = p.Index is Read { Place: VariablePlace };
                Expression index = isPlain && !isChecked ? p.Index : _scope.Keep(p.Index, "index", at);
                ElementPlace element = new(of, index, p.Length);
                if (isChecked)
                    _scope.Statements.Insert(at + 1, Check(index, p.Length));
                return element;
            case ElementPlace p:
                return p with { Of = Kept(p.Of, at, isChecked) };
            default:
                return place;
        }
    }

    private static If Check(Expression index, int length) => new(
        new Binary(
            ScalarType.Bool,
            BinaryOperator.GreaterOrEqual,
            new Conversion(ScalarType.U32, index),
            new Constant(ScalarType.U32, (ulong)length)),
        new Block(EquatableArray.Of<Statement>(new Fail(Fault.Index))),
        new Block(default));

    /// <summary>An array of the body's own: <c>stackalloc</c> of a constant size; null for anything else.</summary>
    private Binding? StackAllocated(ILocalSymbol local, IOperation initializer)
    {
        SyntaxNode syntax = initializer is IConversionOperation { Operand: var inner } ? inner.Syntax : initializer.Syntax;
        ExpressionSyntax[] values = syntax switch
        {
            StackAllocArrayCreationExpressionSyntax { Initializer: { } list } => [.. list.Expressions],
            ImplicitStackAllocArrayCreationExpressionSyntax { Initializer: { } list } => [.. list.Expressions],
            _ => [],
        };
        if (local.Type.SpanElement() is not { } type || syntax is not (StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax))
            return null;
        ExpressionSyntax? size = syntax is StackAllocArrayCreationExpressionSyntax { Type: ArrayTypeSyntax { RankSpecifiers: { Count: 1 } ranks } } ? ranks[0].Sizes[0] : null;
        SemanticModel semantics = initializer.SemanticModel!;
        int? length = size is null or OmittedArraySizeExpressionSyntax ? values.Length : semantics.GetConstantValue(size, _scope.Cancellation).Value as int?;
        if (length is not > 0 || Data(type) is not { } element)
        {
            _refuser.Refuse(syntax, length is > 0 ? Refuser.TypeRefusal(type) : new Refusal("'stackalloc' of this size", "give it a constant above 0"));
            _refuser.Miss(local);
            return new Binding(new VariablePlace(local.Name), new ArrayData(new ScalarData(ScalarType.I32), 1), CanWrite: true);
        }

        Binding array = _scope.Local(local, new ArrayData(element, length.Value));
        Emit(new Declare(Name(array), array.Data));
        for (int i = 0; i < values.Length; i++)
        {
            // Of what stands in brackets, the operation is that of what is within.
            ExpressionSyntax written = values[i];
            while (written is ParenthesizedExpressionSyntax { Expression: var within })
                written = within;
            if (semantics.GetOperation(written, _scope.Cancellation) is { } value)
                AssignTo(array.Element(Constants.Of(ScalarType.I32, i)), value);
            else
                _refuser.Refuse(values[i], Refusal.For(values[i]));
        }

        return array;
    }
}
