using Kml.Generators.Parsing.Fixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Kml.Generators.Parsing.Refusals;

/// <summary>Why a construct is not translated: its words, the remedy, and the token to point at.</summary>
/// <param name="What">The construct, as the beginning of a sentence.</param>
/// <param name="Remedy">What to write instead.</param>
/// <param name="Fix">The change that writes it; null where none is sure.</param>
internal readonly record struct Refusal(string What, string Remedy, Fix? Fix = null)
{
    /// <summary>Finds the words for a construct.</summary>
    public static Refusal For(SyntaxNode node) =>
        Known(node) ?? (node is ElementAccessExpressionSyntax
            ? new Refusal("An element access", "use an [InlineArray], a span, the features or a static readonly table")
            : Unknown(node));

    private static Refusal Unknown(SyntaxNode node) => new(
        $"'{Shorten(node)}'",
        "use arithmetic, comparisons, conversions, calls of your own static methods, and locals");

    /// <summary>Finds the words for a construct that is refused whatever its type; null for any other.</summary>
    public static Refusal? Known(SyntaxNode node) => node switch
    {
        AnonymousFunctionExpressionSyntax => new Refusal("A lambda", "write a method, and call it"),
        TryStatementSyntax or ThrowStatementSyntax or ThrowExpressionSyntax =>
            new Refusal("An exception", "test for the condition; a division by zero already abandons the body"),
        ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax or CollectionExpressionSyntax
            or StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax =>
            new Refusal("An array", "use a span of stackalloc, an [InlineArray] in the state, or a static readonly table of constants"),
        BaseObjectCreationExpressionSyntax => new Refusal("'new' of it", "use scalars, or a struct with its source in the project"),
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } or InterpolatedStringExpressionSyntax =>
            new Refusal("A string", "use numbers, or an enum"),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression }
            or AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } =>
            new Refusal("'??'", "nothing in a model is null; leave it out"),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression or (int)SyntaxKind.PointerIndirectionExpression } =>
            new Refusal("A pointer", "use ref, or a span"),
        LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } => new Refusal("'using'", "leave it out"),
        ConditionalAccessExpressionSyntax => new Refusal("'?.'", "nothing in a model is null; use '.'"),
        ThisExpressionSyntax => new Refusal("'this'", "a model has no instances; keep values in the state"),
        GotoStatementSyntax { CaseOrDefaultKeyword.RawKind: not 0 } =>
            new Refusal("A jump to this case", "jump to the case that follows, at the end of its own"),
        GotoStatementSyntax or LabeledStatementSyntax => new Refusal("A jump", "use a loop, break, continue, or return"),
        AwaitExpressionSyntax => new Refusal("'await'", "the kernel cannot wait here"),
        LockStatementSyntax => new Refusal("'lock'", "leave it out", new Fix(FixKind.Unlock)),
        UsingStatementSyntax or FixedStatementSyntax or UnsafeStatementSyntax or YieldStatementSyntax =>
            new($"'{node.GetFirstToken().ValueText}'", "leave it out"),
        _ => null,
    };

    /// <summary>The words for a call of what comes compiled.</summary>
    public static Refusal OfCall(IMethodSymbol method, string? remedy) => new(
        $"A call of '{Named(method.ContainingType)}.{method.Name}'",
        remedy ?? "call a method of which the project has the source, or a function of the language, such as Math.Min, MathF.Sqrt, "
            + "uint.PopCount or KmlMath.Exp");

    /// <summary>The words for a property of what comes compiled.</summary>
    public static Refusal OfProperty(IPropertySymbol property, string? remedy) => new(
        $"'{Named(property.ContainingType)}.{property.Name}'",
        remedy ?? "use the fields of the event and of the state, and the functions of the language");

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
            LocalDeclarationStatementSyntax { UsingKeyword: { RawKind: not 0 } keyword } => keyword,
            StatementSyntax and not (ExpressionStatementSyntax or LocalDeclarationStatementSyntax or BlockSyntax) => node.GetFirstToken(),
            BaseObjectCreationExpressionSyntax or ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax
                or StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax
                or CheckedExpressionSyntax or ThrowExpressionSyntax or AwaitExpressionSyntax or AnonymousMethodExpressionSyntax => node.GetFirstToken(),
            _ => null,
        };
        TextSpan span = token?.Span ?? (node is CastExpressionSyntax cast ? cast.Type.Span : node.Span);
        return Location.Create(node.SyntaxTree, span);
    }

    // As it is written: float, not Single.
    private static string Named(INamedTypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private static string Shorten(SyntaxNode node)
    {
        string text = node.ToString();
        return text.Length <= 40 && text.IndexOf('\n') < 0 ? text : node.Kind().ToString();
    }
}
