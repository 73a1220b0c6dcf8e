extern alias generators;

using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using generators::Kml.Generators.Parsing.Declarations;
using Kml.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests;

/// <summary>The analyzer takes what the generator has read, and only where it would read the same.</summary>
public class ReadingsTests
{
    private const string Helper = "internal static class Helper { public static uint Next(uint n) => n + 1; }";
    private const string OtherHelper = "internal static class Helper { public static uint Next(uint n) => (uint)(n * 1.5); }";

    private static readonly string Source = ModelSource.WithUpdate("q.Waiting = Helper.Next(q.Waiting);");

    [Fact]
    public void It_takes_what_was_read_before_the_class_was_completed()
    {
        (CSharpCompilation input, CSharpCompilation output) = Generated(Source);

        output.SyntaxTrees.Length.ShouldBe(input.SyntaxTrees.Length + 1);
        Found(output).ShouldNotBeNull().ShouldBeSameAs(Found(input));
    }

    [Fact]
    public void It_takes_what_was_found_of_a_class_that_is_refused() =>
        Found(Generated(ModelSource.WithUpdate("string s = null!;")).Output).ShouldNotBeNull().Findings.ShouldNotBeEmpty();

    [Fact]
    public void It_reads_for_itself_what_no_generator_has_read() => Found(Input(Source)).ShouldBeNull();

    [Fact]
    public void It_looks_again_where_the_compiler_had_to_speak() => Found(Generated(ModelSource.WithUpdate("q.Nothing++;")).Output).ShouldBeNull();

    [Fact]
    public void Whether_suppressed_diagnostics_are_wanted_changes_nothing()
    {
        CSharpCompilation output = Generated(Source).Output;

        Found(output.WithOptions(output.Options.WithReportSuppressedDiagnostics(true))).ShouldNotBeNull();
    }

    [Fact]
    public void It_reads_for_itself_where_anything_else_has_changed()
    {
        (CSharpCompilation input, CSharpCompilation output) = Generated(Source);
        SyntaxTree helper = output.SyntaxTrees.Single(t => t.FilePath == "Helper.cs");

        Found(output.AddSyntaxTrees(TestCompilation.Parse(string.Empty, "/generated/Another/Another.Generator/File.g.cs"))).ShouldBeNull("another generator");
        Found(input.AddSyntaxTrees(TestCompilation.Parse(string.Empty, "New.cs"))).ShouldBeNull("a new file");
        Found(output.RemoveSyntaxTrees(helper)).ShouldBeNull("a file less");
        Found(output.ReplaceSyntaxTree(helper, TestCompilation.Parse(Helper, "Helper.cs"))).ShouldBeNull("another file");
        Found(output.WithReferences(output.References.Skip(1))).ShouldBeNull("a reference less");
        Found(output.WithOptions(output.Options.WithOverflowChecks(true))).ShouldBeNull("an option");
    }

    [Fact]
    public async Task An_edit_of_a_method_elsewhere_is_seen_in_a_file_that_did_not_change()
    {
        CSharpCompilation output = Generated(Source).Output;
        SyntaxTree helper = output.SyntaxTrees.Single(t => t.FilePath == "Helper.cs");

        (await AnalyzerRun.Run(output)).ShouldBeEmpty();
        (await AnalyzerRun.Run(output.ReplaceSyntaxTree(helper, TestCompilation.Parse(OtherHelper, "Helper.cs")))).ShouldNotBeEmpty();
        (await AnalyzerRun.Run(output)).ShouldBeEmpty();
    }

    private static CSharpCompilation Input(string source) => TestCompilation.Of(source).AddSyntaxTrees(TestCompilation.Parse(Helper, "Helper.cs"));

    private static (CSharpCompilation Input, CSharpCompilation Output) Generated(string source)
    {
        CSharpCompilation input = Input(source);
        return (input, (CSharpCompilation)GeneratorRun.Once(input).Output);
    }

    private static Reading? Found(CSharpCompilation compilation)
    {
        IEnumerable<SyntaxNode> nodes = compilation.SyntaxTrees.Single(t => t.FilePath == TestCompilation.ModelPath).GetRoot().DescendantNodes();
        return Readings.Find(nodes.OfType<ClassDeclarationSyntax>().Single(), compilation);
    }
}
