using System.Collections.Generic;
using System.Linq;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies;

/// <summary>Translates the statements of a method.</summary>
internal sealed class BodyTranslator
{
    private readonly BodyScope _scope;
    private readonly Findings _findings;
    private readonly ExpressionTranslator _expressions;
    private readonly AssignmentTranslator _assignments;

    private BodyTranslator(BodyScope scope, Findings findings)
    {
        _scope = scope;
        _findings = findings;
        _expressions = new ExpressionTranslator(scope, findings);
        _assignments = new AssignmentTranslator(scope, findings, _expressions);
    }

    /// <summary>Translates a body; what cannot be translated is reported, each construct once, and left out.</summary>
    /// <param name="scope">What its names stand for.</param>
    /// <param name="syntax">The method.</param>
    /// <param name="semantics">The semantic model of the method's tree.</param>
    /// <param name="findings">Receives what is wrong.</param>
    /// <returns>The body.</returns>
    public static Block Translate(BodyScope scope, MethodDeclarationSyntax syntax, SemanticModel semantics, Findings findings)
    {
        if (semantics.GetOperation(syntax, scope.Cancellation) is not IMethodBodyOperation body || (body.BlockBody ?? body.ExpressionBody) is not { } block)
        {
            findings.LeaveToCompiler();
            return new Block(default);
        }

        BodyTranslator translator = new(scope, findings);
        translator.RefuseChecked(syntax);
        return translator.Block(block);
    }

    // Roslyn's operations carry the overflow check as a flag only; the keyword to point at is in the syntax.
    private void RefuseChecked(MethodDeclarationSyntax syntax)
    {
        foreach (SyntaxNode node in syntax.DescendantNodes())
        {
            _scope.Cancellation.ThrowIfCancellationRequested();
            if (node.Kind() is SyntaxKind.CheckedExpression or SyntaxKind.CheckedStatement)
                _expressions.Refuse(node, Refusal.For(node));
        }
    }

    private Block Block(IBlockOperation block) => new(block.Operations.SelectMany(Statement).ToEquatableArray());

    private Block AsBlock(IOperation? operation) => operation switch
    {
        null => new Block(default),
        IBlockOperation block => Block(block),
        _ => new Block(Statement(operation).ToEquatableArray()),
    };

    private IEnumerable<Statement> Statement(IOperation operation)
    {
        IEnumerable<Statement> result = _expressions.Enter(operation) ? Dispatch(operation) : [];
        _scope.Depth--;
        return result;
    }

    private IEnumerable<Statement> Dispatch(IOperation operation)
    {
        switch (operation)
        {
            case IBlockOperation block:
                return [Block(block)];
            case IVariableDeclarationGroupOperation group:
                return group.Declarations.SelectMany(d => d.Declarators).SelectMany(d => Declare(d)).ToList();
            case IExpressionStatementOperation expression:
                return One(ExpressionStatement(expression.Operation));
            case IConditionalOperation choice:
                Expression? test = _expressions.Translate(choice.Condition);
                Block whenTrue = AsBlock(choice.WhenTrue);
                Block whenFalse = AsBlock(choice.WhenFalse);
                return One(test is null ? null : new If(test, whenTrue, whenFalse));
            case IReturnOperation { Kind: OperationKind.Return } result:
                return One(Return(result));
            case IEmptyOperation:
                return [];
            default:
                _expressions.Refuse(operation);
                return [];
        }
    }

    private static IEnumerable<Statement> One(Statement? statement) => statement is null ? [] : [statement];

    private IEnumerable<Statement> Declare(IVariableDeclaratorOperation declarator)
    {
        // Every use of a const local is a constant already.
        if (declarator.Symbol.IsConst)
            return [];
        IOperation? initializer = declarator.GetVariableInitializer()?.Value;
        if (declarator.Symbol.Type.TypeKind == TypeKind.Error)
        {
            _findings.LeaveToCompiler();
            return [];
        }

        if (declarator.Symbol.RefKind != RefKind.None)
        {
            _expressions.Refuse(TypeSyntax(declarator), new Refusal("A 'ref' local", "use a plain local"));
            return [];
        }

        if (declarator.Symbol.Type.Scalar() is not { } type)
        {
            // Where the initializer brought the type in (var x = 1.5), it is the place to point at; where it was converted, the type is.
            if (initializer is not null and not IConversionOperation { IsImplicit: true })
                _expressions.RefuseType(initializer);
            else
                _expressions.Refuse(TypeSyntax(declarator), ExpressionTranslator.TypeRefusal(declarator.Symbol.Type));
            return [];
        }

        if (type == ScalarType.F32 && _scope.Kind == BodyKind.Update && TypeSyntax(declarator) is TypeSyntax { IsVar: false } named)
        {
            _expressions.RefuseFloat(named);
            return [];
        }

        // C# lets no path read a variable before it is written, so that any first value will do.
        Expression? value = initializer is null ? Constants.Zero(type) : _expressions.Translate(initializer);
        return One(value is null ? null : new Let(_scope.Local(declarator.Symbol), value));
    }

    private static SyntaxNode TypeSyntax(IVariableDeclaratorOperation declarator) =>
        declarator.Syntax.Parent is VariableDeclarationSyntax declaration ? declaration.Type : declarator.Syntax;

    private Statement? ExpressionStatement(IOperation operation)
    {
        switch (operation)
        {
            case ISimpleAssignmentOperation { IsRef: false } assignment:
                return _assignments.Assign(assignment);
            case ICompoundAssignmentOperation compound:
                return _assignments.Compound(compound);
            case IIncrementOrDecrementOperation step:
                return _assignments.Step(step);
            case IInvocationOperation call when Lever(call) is { } lever:
                return Pull(call, lever);
            default:
                _expressions.Refuse(operation);
                return null;
        }
    }

    private LeverInfo? Lever(IInvocationOperation call) =>
        call.Instance is IParameterReferenceOperation instance
        && _scope.Parameter(instance.Parameter) is { Kind: ParameterKind.Event, Event: { } kind }
        && ExpressionTranslator.IsMember(call.TargetMethod, instance)
            ? kind.Info().Levers.FirstOrDefault(l => l.MethodName == call.TargetMethod.Name)
            : null;

    private PullLever? Pull(IInvocationOperation call, LeverInfo lever)
    {
        if (_scope.Kind != BodyKind.Policy)
        {
            _expressions.Refuse(call, new Refusal($"'{lever.MethodName}' outside a policy", "call it in the [Policy] method"));
            return null;
        }

        List<Expression?> arguments = call.Arguments.OrderBy(a => a.Parameter?.Ordinal).Select(a => _expressions.Translate(a.Value)).ToList();
        return arguments.Any(a => a is null) ? null : new PullLever(lever.Lever, arguments.Select(a => a!).ToEquatableArray());
    }

    private Return? Return(IReturnOperation result)
    {
        if (result.ReturnedValue is null)
            return new Return(null);
        if (_expressions.Translate(result.ReturnedValue) is not { } value)
            return null;
        ScalarType type = _scope.Result ?? value.Type;

        // A label that chooses between no and yes is a class like any other: its index is 0 or 1.
        return new Return(value.Type == ScalarType.Bool && type != ScalarType.Bool
            ? new Choice(value, Constants.One(type), Constants.Zero(type))
            : Arithmetic.ConvertTo(type, value));
    }
}
