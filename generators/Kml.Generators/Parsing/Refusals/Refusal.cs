using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Kml.Generators.Parsing.Refusals;

/// <summary>Why a construct is not translated: its words, the remedy, and the token to point at.</summary>
/// <param name="What">The construct, as the beginning of a sentence.</param>
/// <param name="Remedy">What to write instead.</param>
internal readonly record struct Refusal(string What, string Remedy)
{
    /// <summary>Finds the words for a construct.</summary>
    public static Refusal For(SyntaxNode node) =>
        Known(node) ?? new Refusal($"'{Shorten(node)}'", "use arithmetic, comparisons, conversions, if, ?: and locals");

    /// <summary>Finds the words for a construct that is refused whatever its type; null for any other.</summary>
    public static Refusal? Known(SyntaxNode node) => node switch
    {
        ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax =>
            new Refusal("A loop", "write its steps out"),
        SwitchStatementSyntax or SwitchExpressionSyntax => new Refusal("'switch'", "use if and else, or ?:"),
        AnonymousFunctionExpressionSyntax => new Refusal("A lambda", "write its code in place"),
        LocalFunctionStatementSyntax => new Refusal("A local function", "write its code in place"),
        TryStatementSyntax or ThrowStatementSyntax or ThrowExpressionSyntax =>
            new Refusal("An exception", "test for the condition; a division by zero already abandons the record"),
        IsPatternExpressionSyntax => new Refusal("A pattern", "use comparisons, joined by && and ||"),
        CheckedExpressionSyntax or CheckedStatementSyntax =>
            new Refusal("'checked' arithmetic", "arithmetic wraps in the kernel; test the range before"),
        ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax or CollectionExpressionSyntax
            or StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax =>
            new Refusal("An array", "use locals, or fields of the state"),
        ElementAccessExpressionSyntax => new Refusal("An element access", "only x[constant] = value is translated, x being the features"),
        BaseObjectCreationExpressionSyntax => new Refusal("'new'", "use scalars"),
        InvocationExpressionSyntax call => new Refusal(
            $"A call of '{call.Expression}'",
            "call only Math.Abs, Min, Max, Sign and Clamp, their MathF and Q16 forms, or write its code in place"),
        AssignmentExpressionSyntax { Left: TupleExpressionSyntax or DeclarationExpressionSyntax } => new Refusal("A tuple", "assign one variable at a time"),
        AssignmentExpressionSyntax => new Refusal("An assignment inside an expression", "make it a statement of its own"),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression }
            or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } =>
            new Refusal("An increment inside an expression", "make it a statement of its own"),
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } or InterpolatedStringExpressionSyntax =>
            new Refusal("A string", "use numbers, or an enum"),
        ConditionalAccessExpressionSyntax => new Refusal("'?.'", "nothing in a model is null; use '.'"),
        ThisExpressionSyntax => new Refusal("'this'", "a model has no instances; keep values in the state"),
        BreakStatementSyntax or ContinueStatementSyntax or GotoStatementSyntax or LabeledStatementSyntax =>
            new Refusal("A jump", "use if and else, or return"),
        AwaitExpressionSyntax => new Refusal("'await'", "the kernel cannot wait here"),
        UsingStatementSyntax or LockStatementSyntax or FixedStatementSyntax or UnsafeStatementSyntax or YieldStatementSyntax =>
            new($"'{node.GetFirstToken().ValueText}'", "leave it out"),
        _ => null,
    };

    /// <summary>The token that stands for a construct.</summary>
    public static Location Place(SyntaxNode node)
    {
        SyntaxToken? token = node switch
        {
            BinaryExpressionSyntax e => e.OperatorToken,
            AssignmentExpressionSyntax e => e.OperatorToken,
            PrefixUnaryExpressionSyntax e => e.OperatorToken,
            PostfixUnaryExpressionSyntax e => e.OperatorToken,
            IsPatternExpressionSyntax e => e.IsKeyword,
            SwitchExpressionSyntax e => e.SwitchKeyword,
            AnonymousFunctionExpressionSyntax and LambdaExpressionSyntax e => e.ArrowToken,
            LocalFunctionStatementSyntax e => e.Identifier,
            ConditionalAccessExpressionSyntax e => e.OperatorToken,
            RangeExpressionSyntax e => e.OperatorToken,
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax e } => e.Name.Identifier,
            InvocationExpressionSyntax { Expression: SimpleNameSyntax e } => e.Identifier,
            MemberAccessExpressionSyntax e => e.Name.Identifier,
            ConditionalExpressionSyntax e => e.QuestionToken,
            StatementSyntax and not (ExpressionStatementSyntax or LocalDeclarationStatementSyntax or BlockSyntax) => node.GetFirstToken(),
            BaseObjectCreationExpressionSyntax or ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax
                or StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax
                or CheckedExpressionSyntax or ThrowExpressionSyntax or AwaitExpressionSyntax or AnonymousMethodExpressionSyntax => node.GetFirstToken(),
            _ => null,
        };
        TextSpan span = token?.Span ?? (node is CastExpressionSyntax cast ? cast.Type.Span : node.Span);
        return Location.Create(node.SyntaxTree, span);
    }

    private static string Shorten(SyntaxNode node)
    {
        string text = node.ToString();
        return text.Length <= 40 && text.IndexOf('\n') < 0 ? text : node.Kind().ToString();
    }
}
