using System.Linq;
using Kml.Generators.Parsing.Bodies.Functions;
using Kml.Generators.Parsing.Bodies.Values;
using Kml.Generators.Parsing.Fixes;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies;

/// <summary>
/// Translates a body. It reads Roslyn's operations, in which C#'s own rules are already explicit: each promotion is a conversion, each operator is
/// resolved, each constant is folded as the compiler folds it. What an expression does beside its value becomes statements before the one that it stands
/// in, in C#'s order. A result of null means that what is wrong has been reported.
/// </summary>
internal sealed partial class BodyTranslator
{
    private readonly BodyScope _scope;
    private readonly FunctionRegistry _functions;
    private readonly Refuser _refuser;

    private BodyTranslator(BodyScope scope, FunctionRegistry functions, Findings findings)
    {
        _scope = scope;
        _functions = functions;
        _refuser = new Refuser(scope.Kind, findings);
    }

    /// <summary>Translates a body; what cannot be translated is reported, each construct once, and left out.</summary>
    /// <param name="scope">What its names stand for.</param>
    /// <param name="body">The body.</param>
    /// <param name="functions">The functions that it can call.</param>
    /// <param name="findings">Receives what is wrong.</param>
    /// <returns>The body.</returns>
    public static Block Translate(BodyScope scope, IBlockOperation body, FunctionRegistry functions, Findings findings) =>
        new BodyTranslator(scope, functions, findings).Whole(body);

    private Block Whole(IBlockOperation body)
    {
        FindMovable(body);
        Block block = Block(body);
        return new Block(_scope.Top.Concat(block.Statements).ToEquatableArray());
    }

    private Block Block(IBlockOperation block) => Apart(() =>
    {
        foreach (IOperation operation in block.Operations)
            Statement(operation);
    });

    private Block Apart(System.Action translate) => new(_scope.Apart(() =>
    {
        translate();
        return 0;
    }).Statements.ToEquatableArray());

    private Block AsBlock(IOperation? operation) => operation switch
    {
        null => new Block(default),
        IBlockOperation block => Block(block),
        _ => Apart(() => Statement(operation)),
    };

    private void Emit(Statement statement) => _scope.Statements.Add(statement);

    private void Statement(IOperation operation)
    {
        if (Enter(operation))
            Dispatch(operation);
        _scope.Depth--;
    }

    private void Dispatch(IOperation operation)
    {
        switch (operation)
        {
            case IBlockOperation block:
                Emit(Block(block));
                break;
            case IVariableDeclarationGroupOperation group:
                foreach (IVariableDeclaratorOperation declarator in group.Declarations.SelectMany(d => d.Declarators))
                {
                    Declare(declarator);
                    if (_scope.Place(declarator.Symbol) is null && !declarator.Symbol.IsConst)
                        _refuser.Miss(declarator.Symbol);
                }

                break;
            case IExpressionStatementOperation expression:
                Effect(expression.Operation);
                break;
            case IConditionalOperation choice:
                If(choice);
                break;
            case IReturnOperation { Kind: OperationKind.Return } result:
                Return(result);
                break;
            case ISwitchOperation choice:
                Switch(choice);
                break;
            case ILoopOperation loop:
                NestedLoop(loop);
                break;
            case IBranchOperation branch:
                Branch(branch);
                break;

            // A local function is translated where it is called.
            case ILocalFunctionOperation:
            case IEmptyOperation:
                break;

            // Of a label, the jump to it says what is wrong.
            case ILabeledOperation { Operation: { } labeled } label:
                if (IsJumpedTo(label))
                    _refuser.LeaveToCompiler();
                Statement(labeled);
                break;
            default:
                _refuser.Refuse(operation);
                break;
        }
    }

    // More cannot turn twice each within any budget; and what a loop does is looked at anew for each that it lies in.
    private void NestedLoop(ILoopOperation loop)
    {
        if (_scope.LoopDepth == BodyScope.MaxLoopDepth)
        {
            string what = $"A loop within {Text(BodyScope.MaxLoopDepth)} others";
            _refuser.Refuse(loop, new Refusal(what, "put the inner ones into a method, or let one count for several"));
            return;
        }

        _scope.LoopDepth++;
        Loop(loop);
        _scope.LoopDepth--;
    }

    private static bool IsJumpedTo(ILabeledOperation label)
    {
        IOperation root = label;
        while (root.Parent is { } parent)
            root = parent;
        return root.Descendants().OfType<IBranchOperation>().Any(b => SymbolEqualityComparer.Default.Equals(b.Target, label.Label));
    }

    private void If(IConditionalOperation choice)
    {
        Expression? test = Translate(choice.Condition);
        Block whenTrue = AsBlock(choice.WhenTrue);
        Block whenFalse = AsBlock(choice.WhenFalse);
        if (test is not null)
            Emit(new If(test, whenTrue, whenFalse));
    }

    private void Declare(IVariableDeclaratorOperation declarator)
    {
        // Every use of a const local is a constant already.
        if (declarator.Symbol.IsConst)
            return;
        IOperation? initializer = declarator.GetVariableInitializer()?.Value;
        if (declarator.Symbol.Type.TypeKind == TypeKind.Error)
        {
            _refuser.LeaveToCompiler();
            return;
        }

        if (declarator.Symbol.RefKind != RefKind.None || declarator.Symbol.Type.SpanElement() is not null)
        {
            BindReference(declarator, initializer);
            return;
        }

        if (Data(declarator.Symbol.Type) is not { } data)
        {
            // Where the initializer brought the type in (var x = 1.5), it is the place to point at; where it was converted, the type is.
            if (initializer is not null and not IConversionOperation { IsImplicit: true })
                _refuser.RefuseType(initializer);
            else
                RefuseType(declarator);
            return;
        }

        if (data is not ScalarData { Type: var type })
        {
            if (initializer is null)
                Emit(new Declare(Name(_scope.Local(declarator.Symbol, data)), data));
            else if (Aggregate(initializer, data, declarator.Symbol.Name) is { } made)
                _scope.Bind(declarator.Symbol, made);
            return;
        }

        if (type == ScalarType.F32 && _scope.Kind == BodyKind.Update && TypeSyntax(declarator) is TypeSyntax { IsVar: false } named)
        {
            _refuser.RefuseFloat(named);
            return;
        }

        // C# lets no path read a variable before it is written, so that any first value will do.
        Expression? value = initializer is null ? Constants.Zero(type) : Translate(initializer);
        Binding local = _scope.Local(declarator.Symbol, data);
        if (value is not null)
            Emit(new Let(Name(local), value));
    }

    private void RefuseType(IVariableDeclaratorOperation declarator) => _refuser.Refuse(
        TypeSyntax(declarator),
        Refuser.TypeRefusal(declarator.Symbol.Type) with { Fix = ArrayFix.For(declarator) ?? DoubleFix.ForType(declarator, _scope.Kind) });

    /// <summary>A ref local, or a span, is another name for a place.</summary>
    private void BindReference(IVariableDeclaratorOperation declarator, IOperation? initializer)
    {
        if (initializer is null)
            _refuser.Refuse(TypeSyntax(declarator), new Refusal("A reference to nothing", "give it its place where it is declared"));
        else if (StackAllocated(declarator.Symbol, initializer) is { } array)
            _scope.Bind(declarator.Symbol, array);
        else if (IsMoved(declarator.Symbol, initializer))
            Refer(declarator.Symbol, initializer);
        else if (Place(initializer) is { } place)
            _scope.Bind(declarator.Symbol, Pinned(place) with { CanWrite = place.CanWrite && declarator.Symbol.RefKind != RefKind.RefReadOnly });
    }

    private static string Name(Binding local) => ((VariablePlace)local.Place).Name;

    private static SyntaxNode TypeSyntax(IVariableDeclaratorOperation declarator) =>
        declarator.Syntax.Parent is VariableDeclarationSyntax declaration ? declaration.Type : declarator.Syntax;

    private void Return(IReturnOperation result)
    {
        if (result.ReturnedValue is null)
        {
            Emit(new Return(null));
            return;
        }

        if (_scope.ResultPlace is { } place)
        {
            if (AssignAggregate(place, result.ReturnedValue))
                Emit(new Return(null));
            return;
        }

        // The body of a void method with an arrow is a statement, which Roslyn gives as one.
        if (Translate(result.ReturnedValue) is not { } value)
            return;
        ScalarType type = _scope.Result ?? value.Type;

        // A label that chooses between no and yes is a class like any other: its index is 0 or 1.
        Emit(new Return(value.Type == ScalarType.Bool && type != ScalarType.Bool
            ? new Choice(value, Constants.One(type), Constants.Zero(type))
            : Arithmetic.ConvertTo(type, value)));
    }

    /// <summary>Goes one level deeper, which the caller takes back; false, and reported, where that is too deep.</summary>
    /// <exception cref="System.OperationCanceledException">The work was cancelled: a body can be long, and an editor starts anew at each key.</exception>
    private bool Enter(IOperation operation)
    {
        _scope.Cancellation.ThrowIfCancellationRequested();
        if (++_scope.Depth <= BodyScope.MaxDepth)
            return true;
        if (_scope.IsTooDeep)
            _refuser.LeaveToCompiler();
        else
            _refuser.Refuse(operation, new Refusal("So deep a nesting", "put parts of it into locals, or return early"));
        _scope.IsTooDeep = true;
        return false;
    }

    private DataType? Data(ITypeSymbol? type) => _scope.Resolved(type).Data(_functions.Types);

    private ScalarType? Scalar(ITypeSymbol? type) => _scope.Resolved(type).Scalar();
}
