using System.Collections.Generic;
using System.Composition;
using System.Linq;
using Kml.Generators.Parsing.Fixes;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Kml.CodeFixes.Bodies;

/// <summary>Computes in float what was computed in double.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FloatTypeFix))]
[Shared]
public sealed class FloatTypeFix() : SyntaxFix<SyntaxNode>(FixKind.FloatType, SourceRules.OutsideSubset)
{
    private protected override SyntaxNode? Target(Mark mark) => mark.Node switch
    {
        { Parent: CastExpressionSyntax cast } when cast.Type == mark.Node => Declared(cast),
        { Parent: VariableDeclarationSyntax declaration } => declaration,
        _ => Declared(mark.Node),
    };

    private protected override string Title(Mark mark) => "Use 'float'";

    private protected override SyntaxNode Change(SyntaxNode target, IReadOnlyList<Mark> marks, SyntaxGenerator generator)
    {
        bool isTypeToo = marks.Any(m => m.Text == Fix.AndType);
        SyntaxNode value = target is VariableDeclarationSyntax { Variables: { Count: 1 } variables } ? variables[0] : target;
        List<TypeSyntax> types = [.. value.DescendantNodesAndSelf(IsArithmetic).OfType<CastExpressionSyntax>().Select(c => c.Type).Where(IsDouble)];
        if (isTypeToo)
            types.Add(((VariableDeclarationSyntax)target).Type);
        return target.ReplaceNodes(types, (_, type) => SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.FloatKeyword)).WithTriviaFrom(type));
    }

    // With the declaration whose first value it is.
    private static SyntaxNode Declared(SyntaxNode value)
    {
        SyntaxNode outer = value;
        while (outer.Parent is ParenthesizedExpressionSyntax)
            outer = outer.Parent;
        return outer.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } }
            ? declaration
            : value;
    }

    // Casts within a call or an index have a meaning of their own.
    private static bool IsArithmetic(SyntaxNode node) =>
        node is VariableDeclaratorSyntax or EqualsValueClauseSyntax or ParenthesizedExpressionSyntax or BinaryExpressionSyntax or PrefixUnaryExpressionSyntax
            or ConditionalExpressionSyntax
        || (node is CastExpressionSyntax cast && IsDouble(cast.Type));

    private static bool IsDouble(TypeSyntax type) => type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.DoubleKeyword };
}
