using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Benchmarks.Editor;

/// <summary>A project of a hundred models, in which a number in one body is changed again and again.</summary>
internal sealed class EditedProject
{
    /// <summary>How often it is edited for a figure.</summary>
    internal const int Turns = 20;

    private const int WarmTurns = 8;

    private readonly SyntaxTree _other = TestCompilation.Parse(string.Empty, "Another.Generator/Another.g.cs", HabitFiles.ParseOptions);
    private GeneratorDriver _driver = Analysis.Driver(HabitFiles.ParseOptions);
    private CSharpCompilation _compilation = HabitFiles.Compilation([.. HabitFiles.All.Select(f => (f, HabitFiles.Text(f)))]);
    private int _edits;

    /// <summary>How many models it has.</summary>
    internal static int Models => HabitFiles.All.Count;

    /// <summary>In an editor the compiler is compiled ahead and has long been at work; here it comes as it is, and would be most of the first figure.</summary>
    internal void WarmCompiler()
    {
        for (int i = 0; i < WarmTurns; i++)
        {
            CSharpCompilation compilation = (CSharpCompilation)_compilation.Clone();
            CSharpGeneratorDriver.Create([new ListingGenerator().AsSourceGenerator()], parseOptions: HabitFiles.ParseOptions).RunGenerators(compilation);
            Analysis.Run(compilation, Analysis.Least);
            foreach (SyntaxTree tree in compilation.SyntaxTrees)
            {
                SemanticModel model = compilation.GetSemanticModel(tree);
                foreach (MethodDeclarationSyntax method in tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
                    model.GetOperation(method)?.Descendants().Count();
            }
        }
    }

    /// <summary>Runs the generator, then the analyzers over what came of it.</summary>
    /// <returns>What it cost.</returns>
    internal Cost Run()
    {
        Compilation output = _compilation;
        double generator = Cost.Of(() => _driver = _driver.RunGeneratorsAndUpdateCompilation(_compilation, out output, out _));
        double all = Cost.Of(() => Analysis.Run(output, Analysis.All));
        double least = Cost.Of(() => Analysis.Run(output, Analysis.Least));
        double alone = Cost.Of(() => Analysis.Run(output.AddSyntaxTrees(_other), Analysis.All));
        return new Cost(generator, all - least, alone - least);
    }

    /// <summary>Edits one body after the other.</summary>
    /// <param name="turns">How often.</param>
    /// <returns>What each edit cost.</returns>
    internal IReadOnlyList<Cost> Edits(int turns)
    {
        List<Cost> costs = [];
        for (int i = 0; i < turns; i++)
        {
            Edit();
            costs.Add(Run());
        }

        return costs;
    }

    private void Edit()
    {
        SyntaxTree tree = _compilation.SyntaxTrees[_edits++ * 7 % Models];
        SyntaxToken number = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
            .SelectMany(m => m.DescendantTokens())
            .Last(t => t.IsKind(SyntaxKind.NumericLiteralToken) && t.Parent is LiteralExpressionSyntax { Parent: not AttributeArgumentSyntax });
        string text = tree.ToString().Remove(number.SpanStart, number.Span.Length).Insert(number.SpanStart, _edits.ToString(CultureInfo.InvariantCulture));
        _compilation = _compilation.ReplaceSyntaxTree(tree, TestCompilation.Parse(text, tree.FilePath, HabitFiles.ParseOptions));
    }
}
