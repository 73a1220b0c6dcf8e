using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests;

/// <summary>
/// An editor asks at every keystroke. Whatever the source, neither the generator nor an analyzer throws, and a model never goes missing
/// without a word: where the compiler finds no error it is completed, or the assembly says of it what the analyzers say; and what is generated compiles.
/// </summary>
public class RobustnessTests
{
    private const int Stride = 11;

    private static readonly string[] Others =
    [
        "null", "default", "0", "-1", "1.5", "\"x\"", "'c'", "new int[] { 1 }", "[1]", "typeof(int)", "(Activation)7", "(x, x)",
        "x => x", "nameof(x)", "checked(1)",
        "int", "dynamic", "nint", "void", "var", "e", "q", "ref", "in", "struct", "record", "interface", "static",
        "=", "++", "?", "<int>", "()", ";", ",", "{", "}", string.Empty,
    ];

    [Fact]
    public async Task A_source_that_is_being_typed()
    {
        // Every character, but for those of indentation.
        for (int length = 0; length < ModelSource.Good.Length; length++)
        {
            if (length == 0 || ModelSource.Good[length - 1] != ' ' || ModelSource.Good[length] != ' ')
                await ShouldStand(ModelSource.Good[..length]);
        }
    }

    [Fact]
    public async Task A_source_whose_end_was_not_written_first()
    {
        // Braces and brackets that an editor adds while one types, and a line that is cut short in the midst of a whole file.
        string[] lines = ModelSource.Good.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            for (int length = 0; length < lines[i].Length; length += 8)
                await ShouldStand(string.Join('\n', [.. lines[..i], lines[i][..length], .. lines[(i + 1)..]]));
        }
    }

    [Fact]
    public Task Locals_of_double_that_are_made_of_each_other() =>
        ShouldStand(ModelSource.WithUpdate("var d = (double)q.Waiting * (double)q.Waiting; var b = q.Waiting > 1u ? d : c; var c = b;"));

    [Fact]
    public async Task A_source_with_one_token_replaced()
    {
        List<SyntaxToken> tokens =
        [
            .. TestCompilation.Parse(ModelSource.Good, TestCompilation.ModelPath).GetRoot().DescendantTokens()
                .Where(t => !t.IsKind(SyntaxKind.EndOfFileToken)),
        ];
        for (int i = 0; i < tokens.Count; i++)
        {
            // Each token meets a part of the replacements, and each replacement a part of the tokens: all pairs would take minutes.
            for (int other = i % Stride; other < Others.Length; other += Stride)
                await ShouldStand(ModelSource.Good.Remove(tokens[i].SpanStart, tokens[i].Span.Length).Insert(tokens[i].SpanStart, Others[other]));
        }
    }

    [Theory]
    [InlineData("if (q.Waiting is > \"x\") q.Waiting = 1;")]
    [InlineData("q.Waiting = q.Waiting switch { \"x\" => 1u, 1e30 => 2u, 1m => 3u, 'x' => 4u, _ => 0u };")]
    [InlineData("switch (q.Waiting) { case \"x\": q.Waiting = 1; break; case 1e30: q.Waiting = 2; break; case null: break; }")]
    [InlineData("(q.Waiting, uint b, uint c) = (1u, 2u);")]
    [InlineData("Pair p = default; Words w = default; q.Waiting = w[0] + p[1];")]
    [InlineData("static uint F(uint n, uint n) => n; q.Waiting = F(1u, 2u);")]
    public Task A_source_whose_types_are_wrong(string body) => ShouldStand(ModelSource.WithUpdate(body) + """

        [System.Runtime.CompilerServices.InlineArray(4)] public struct Words { private uint _first; private uint _second; }
        [System.Runtime.CompilerServices.InlineArray(2)] public struct Pair { }
        """);

    [Fact]
    public Task A_state_with_an_array_of_two_fields() => ShouldStand(ModelSource.With(("public uint Waiting;", "public uint Waiting; public Words W;")) + """

        [System.Runtime.CompilerServices.InlineArray(4)] public struct Words { private uint _first; private uint _second; }
        """);

    private static async Task ShouldStand(string source)
    {
        CSharpCompilation compilation = TestCompilation.Of(source);
        (Compilation output, GeneratorRunResult result) = GeneratorRun.Once(compilation);
        result.Exception.ShouldBeNull(source);
        IReadOnlyList<Diagnostic> found = await AnalyzerRun.Run(source);

        if (Errors(compilation).Any())
            return;
        Errors(output).ShouldBeEmpty(source);
        GeneratorRun.RefusalsOf(output).ShouldBe(found.Where(d => d.Severity == DiagnosticSeverity.Error).Select(GeneratorRun.Line), ignoreOrder: true, source);
        if (source.Contains("[KernelModel(", System.StringComparison.Ordinal))
            result.GeneratedSources.ShouldNotBeEmpty(source);
    }

    private static IEnumerable<Diagnostic> Errors(Compilation compilation) =>
        compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error);
}
