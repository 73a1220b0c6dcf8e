using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Kml.Programs.Shrinking;

/// <summary>Files with fewer types, members and fields, and with methods that do nothing.</summary>
internal static class Declarations
{
    private static readonly string[] Empty = ["{ }", "{ return default; }", "{ x.Clear(); }"];

    /// <summary>A file without all models but one.</summary>
    /// <param name="model">The name of the one.</param>
    /// <param name="tree">The file.</param>
    public static SyntaxNode WithoutModelsBut(string model, SyntaxTree tree)
    {
        string own = $"KernelModel(\"{model}\")";
        IEnumerable<SyntaxNode> others = tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>().Where(c =>
        {
            string[] attributes = [.. c.AttributeLists.SelectMany(a => a.Attributes).Select(a => a.ToString())];
            return attributes.Any(a => a.StartsWith("KernelModel", StringComparison.Ordinal)) && !attributes.Contains(own);
        });
        return tree.GetRoot().RemoveNodes(others, SyntaxRemoveOptions.KeepNoTrivia)!;
    }

    /// <summary>The candidates.</summary>
    /// <param name="tree">The file.</param>
    public static IEnumerable<SyntaxNode> Smaller(SyntaxTree tree)
    {
        SyntaxNode root = tree.GetRoot();
        foreach (SyntaxNode home in root.DescendantNodesAndSelf().Where(n => n is BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax))
        {
            SyntaxList<MemberDeclarationSyntax> members =
                home is TypeDeclarationSyntax type ? type.Members : ((BaseNamespaceDeclarationSyntax)home).Members;
            foreach (IReadOnlyList<SyntaxNode> part in Parts.Of([.. members]))
                yield return root.RemoveNodes(part, SyntaxRemoveOptions.KeepNoTrivia)!;
        }

        foreach (BlockSyntax body in root.DescendantNodes().OfType<BaseMethodDeclarationSyntax>().Select(m => m.Body).OfType<BlockSyntax>())
        {
            foreach (string text in Empty)
                yield return root.ReplaceNode(body, SyntaxFactory.ParseStatement(text));
        }

        foreach (UsingDirectiveSyntax import in root.DescendantNodes().OfType<UsingDirectiveSyntax>())
            yield return root.RemoveNode(import, SyntaxRemoveOptions.KeepNoTrivia)!;
    }
}
