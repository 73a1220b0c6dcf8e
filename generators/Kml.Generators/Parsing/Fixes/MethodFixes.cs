using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Fixes;

/// <summary>What mends the signature of a model's method, whose types are right.</summary>
internal static class MethodFixes
{
    /// <summary>The change that makes a method static: it uses no instance, and no instance is what it was declared for.</summary>
    /// <param name="method">The method.</param>
    /// <param name="semantics">The semantic model of its tree.</param>
    /// <returns>The change, or null where none is sure.</returns>
    public static Fix? ForStatic(IMethodSymbol method, SemanticModel semantics) =>
        method is { IsStatic: false, IsVirtual: false, IsOverride: false, IsAbstract: false, MethodKind: MethodKind.Ordinary }
        && !DeclarationFixes.IsOfInterface(method)
        && Syntax(method) is { } syntax
        && semantics.GetOperation(syntax) is { } body
        && !body.Descendants().Any(o => o is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance })
            ? new Fix(FixKind.Static)
            : null;

    /// <summary>The change that passes parameters as the method's attribute asks for.</summary>
    /// <param name="method">The method.</param>
    /// <param name="passing">How each parameter is to be passed.</param>
    /// <param name="semantics">The semantic model of its tree.</param>
    /// <returns>The change, or null where none is sure.</returns>
    public static Fix? ForPassing(IMethodSymbol method, IReadOnlyList<RefKind> passing, SemanticModel semantics)
    {
        if (Syntax(method) is not { } syntax || ((SyntaxNode?)syntax.Body ?? syntax.ExpressionBody?.Expression) is not { } body)
            return null;
        DataFlowAnalysis? flow = body is ExpressionSyntax expression ? semantics.AnalyzeDataFlow(expression) : semantics.AnalyzeDataFlow((StatementSyntax)body);
        bool isSure = flow is { Succeeded: true }
            && syntax.ParameterList.Parameters.All(p => p.Default is null && p.Modifiers.All(IsPassing))
            && method.Parameters.Zip(passing, (p, wanted) => wanted != RefKind.In || p.RefKind == RefKind.In || !flow.WrittenInside.Contains(p)).All(b => b);
        return isSure ? new Fix(FixKind.Passing, string.Join(",", passing.Select(Word))) : null;
    }

    private static bool IsPassing(SyntaxToken modifier) =>
        modifier.RawKind is (int)SyntaxKind.InKeyword or (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword or (int)SyntaxKind.ReadOnlyKeyword;

    private static string Word(RefKind passing) => passing switch
    {
        RefKind.In => "in",
        RefKind.Ref => "ref",
        _ => string.Empty,
    };

    private static MethodDeclarationSyntax? Syntax(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as MethodDeclarationSyntax;
}
