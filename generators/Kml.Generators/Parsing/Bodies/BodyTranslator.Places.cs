using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.Generators.Parsing.Bodies.Functions;
using Kml.Generators.Parsing.Bodies.Values;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Kml.Model.Lowering.Ranges;
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
            case IPropertyReferenceOperation { Instance: { } span } element when IsElement(element.Property):
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
            case IInvocationOperation { TargetMethod: { Name: "Slice", ContainingType: var type }, Instance: { } span } slice
                when type.SpanElement() is not null:
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

        if (Place(instance)?.Member(DataTypeMap.Name(field.Field)) is not { } member)
            return null;
        bool canWrite = !field.Field.IsReadOnly || field.SemanticModel?.GetEnclosingSymbol(field.Syntax.SpanStart, _scope.Cancellation) is
            IMethodSymbol { MethodKind: MethodKind.Constructor };
        return canWrite ? member : member with { CanWrite = false };
    }

    /// <summary>Whether an indexer is a span's, which gives the element itself.</summary>
    private static bool IsElement(IPropertySymbol property) => property.IsIndexer && property.ContainingType.SpanElement() is not null;

    /// <summary>Whether a property keeps its value in a field that C# makes for it.</summary>
    private static bool IsStored(IPropertySymbol property) =>
        !HasCode(property) && property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(f =>
            SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property.OriginalDefinition)
            || SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property));

    // With 'field' in it, a property has such a field and code as well.
    private static bool HasCode(IPropertySymbol property) => property.OriginalDefinition.DeclaringSyntaxReferences.Any(r =>
        r.GetSyntax() is PropertyDeclarationSyntax declaration && (declaration.ExpressionBody is not null
            || declaration.AccessorList?.Accessors.Any(a => a.Body is not null || a.ExpressionBody is not null) == true));

    /// <summary>A static field or property: a constant, or a table of such.</summary>
    private Binding? Static(IOperation operation, ISymbol symbol)
    {
        if (FunctionRegistry.TableTooLong(symbol, _scope.Cancellation) is { } elements)
        {
            _refuser.Refuse(operation, new Refusal($"The table '{symbol.Name}' of {Text(elements)} elements", $"keep it to {Text(LoopBounds.Most)}"));
            return null;
        }

        TablePlace? table = _functions.Table(symbol, _scope.Cancellation);
        if (table is not null && _functions.Change(symbol, operation.Syntax, _scope.Cancellation) is { } change)
        {
            FileLinePositionSpan line = change.GetMappedLineSpan();
            string where = $"{System.IO.Path.GetFileName(line.Path)}, line {Text(line.StartLinePosition.Line + 1)}";
            _refuser.Refuse(operation, new Refusal(
                $"The table '{symbol.Name}', whose elements may change ({where}),", $"make it a property: static ReadOnlySpan<T> {symbol.Name} => [..]"));
            return null;
        }

        if (table is not null)
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
        int? first = range.LeftOperand is null ? 0 : Fixed(range.LeftOperand, length);
        int? end = range.RightOperand is null ? length : Fixed(range.RightOperand, length);
        if (first is { } start && end is { } behind && start >= 0 && start < behind && behind <= length)
            return array.Slice(start, behind - start);
        _refuser.Refuse(argument, new Refusal($"The range '{argument.Syntax}'", $"write a range of constants within the {Text(length)} elements"));
        return null;
    }

    private Binding? Slice(IInvocationOperation slice, IOperation span)
    {
        if (Place(span) is not { Data: ArrayData array } whole)
            return null;
        IOperation[] arguments = [.. slice.Arguments.OrderBy(a => a.Parameter?.Ordinal).Select(a => a.Value)];
        int? start = Fixed(arguments[0], array.Length);
        int? length = arguments.Length > 1 ? Fixed(arguments[1], array.Length) : array.Length - start;
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
            {
                _refuser.RefuseFeature(argument.Syntax, _scope.FeatureCount, index + 1, $"it writes {name}[{Text(index)}]");
                return null;
            }

            Refusal outside = new($"The index {Text(index)}", $"there are {Text(length)} elements, from 0");
            _refuser.Refuse(argument.Syntax, outside, argument.Syntax.GetLocation());
            return null;
        }

        if (Scalar(argument.Type) is ScalarType.I64 or ScalarType.U64)
        {
            _refuser.Refuse(argument.Syntax, new Refusal("An index of 64 bits", "convert it to int"), argument.Syntax.GetLocation());
            return null;
        }

        int before = _scope.Statements.Count;
        return Translate(argument) is { } at ? SettledBefore(array, before).Element(Arithmetic.ConvertTo(ScalarType.I32, at)) : null;
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

        if (operation is IInstanceReferenceOperation)
        {
            _refuser.Refuse(operation, new Refusal("'this' of the method around", "hand it over as a parameter, by in or ref"));
            return null;
        }

        if (Data(operation.Type) is not { } data)
        {
            _refuser.RefuseType(operation);
            return null;
        }

        // A variable of a kind that has no place, such as an element with two indices: what is made of it would be made of itself.
        if (data is not ScalarData && (operation is IConversionOperation || !IsVariable(operation)))
            return Aggregate(operation, data, "made");
        _refuser.Refuse(operation);
        return null;
    }
}
