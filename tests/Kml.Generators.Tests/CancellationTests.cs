extern alias generators;

using System;
using System.Linq;
using System.Threading;
using generators::Kml.Generators.Parsing.Bodies;
using generators::Kml.Generators.Parsing.Bodies.Functions;
using generators::Kml.Generators.Parsing.Declarations;
using generators::Kml.Generators.Parsing.Refusals;
using Kml.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests;

/// <summary>An editor cancels the work at each key: one long body must not be finished first.</summary>
public class CancellationTests
{
    [Fact]
    public void A_body_that_is_being_read_ends()
    {
        (Compilation compilation, IMethodSymbol method) = Features();
        using CancellationTokenSource source = new();
        MethodParser parser = new(
            compilation.GetTypeByMetadataName("S"),
            [],
            tree => { source.Cancel(); return compilation.GetSemanticModel(tree); },
            Functions(compilation, source.Token),
            new Findings(),
            source.Token);

        Should.Throw<OperationCanceledException>(() => parser.Update(method));
    }

    [Fact]
    public void So_does_a_body_that_is_being_translated()
    {
        (Compilation compilation, IMethodSymbol method) = Features();
        SyntaxNode syntax = method.DeclaringSyntaxReferences.Single().GetSyntax();
        IMethodBodyOperation body = (IMethodBodyOperation)compilation.GetSemanticModel(syntax.SyntaxTree).GetOperation(syntax)!;
        using CancellationTokenSource source = new();
        void Translate() => BodyTranslator.Translate(
            new BodyScope(BodyKind.Update, null, 0, null, source.Token), body.BlockBody!, Functions(compilation, default), new Findings());
        Should.NotThrow(Translate);

        source.Cancel();

        Should.Throw<OperationCanceledException>(Translate);
    }

    private static FunctionRegistry Functions(Compilation compilation, CancellationToken stop) =>
        new(compilation.Assembly, new LibrarySource(compilation), compilation.GetTypeByMetadataName("S"), new Findings(), stop);

    private static (Compilation Compilation, IMethodSymbol Method) Features()
    {
        Compilation compilation = TestCompilation.Of("""
            using Kml;
            public struct S { public uint A; }
            public static class C { static void On(in BioQueue e, ref S s) { s.A = 1u; } }
            """);
        SyntaxTree tree = compilation.SyntaxTrees.First();
        MethodDeclarationSyntax syntax = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single();
        return (compilation, (IMethodSymbol)compilation.GetSemanticModel(tree).GetDeclaredSymbol(syntax)!);
    }
}
