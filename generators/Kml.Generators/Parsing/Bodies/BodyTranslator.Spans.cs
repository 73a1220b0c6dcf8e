using Kml.Generators.Parsing.Bodies.Values;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies;

/// <content>What has methods of its own as a whole: spans, and arrays of <c>stackalloc</c>.</content>
internal sealed partial class BodyTranslator
{
    private void OnSpan(IInvocationOperation call, IOperation instance)
    {
        if (call.TargetMethod.Name is not ("Clear" or "Fill" or "CopyTo"))
        {
            _refuser.Refuse(call);
            return;
        }

        if (Place(instance) is not { Data: ArrayData array } span)
            return;
        switch (call.TargetMethod.Name)
        {
            case "Clear":
                Emit(new Clear(span.Place, array));
                break;
            case "Fill" when array.Element is ScalarData { Type: var scalar }:
                if (Translate(call.Arguments[0].Value) is { } value)
                {
                    Expression all = _scope.Keep(Arithmetic.ConvertTo(scalar, value), "all");
                    ForEach(call.Syntax, array.Length, index => Emit(new Assign(span.Element(index).Place, all)));
                }

                break;
            case "CopyTo":
                if (Place(call.Arguments[0].Value) is not { Data: ArrayData { Length: var length } } target)
                    return;
                if (length < array.Length)
                    _refuser.Refuse(call, new Refusal("A copy to fewer elements", "take a slice of as many"));
                else
                    Emit(new Copy(target.Slice(0, array.Length).Place, span.Place, array));
                break;
            default:
                _refuser.Refuse(call);
                break;
        }
    }

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
        if (local.Type.SpanElement() is not { } type
            || syntax is not (StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax))
            return null;
        ExpressionSyntax? size = syntax is StackAllocArrayCreationExpressionSyntax { Type: ArrayTypeSyntax { RankSpecifiers: { Count: 1 } ranks } }
            ? ranks[0].Sizes[0]
            : null;
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
            if (semantics.GetOperation(ConstantTable.Within(values[i]), _scope.Cancellation) is { } value)
                AssignTo(array.Element(Constants.Of(ScalarType.I32, i)), value);
            else
                _refuser.Refuse(values[i], Refusal.For(values[i]));
        }

        return array;
    }
}
