using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests.Subset;

/// <summary>
/// An editor has another project's source, a build its assembly. What is another project's both judge alike: else one would say nothing of what the other fails
/// on.
/// </summary>
public class ForeignStructTests
{
    private const string Other = """
        using System.Runtime.CompilerServices;

        namespace Other;

        public struct Pair { public uint A; public uint B; public uint Sum() => A + B; }
        public record struct Point(uint X, uint Y);
        [InlineArray(4)] public struct Four { private uint _item; }
        [InlineArray(4)] public struct Pairs { private Pair _item; }
        public enum Kind : byte { A, B }
        public static class Tools
        {
            public const uint Seven = 7;
            public static readonly uint Eight = 8;
            public static readonly uint[] Table = [1, 2];
            public static uint Twice(uint v) => 2 * v;
        }
        """;

    [Theory]
    [InlineData("public Other.Pair Part;", "q.Waiting++;", true)]
    [InlineData("public Other.Point Part;", "q.Waiting++;", true)]
    [InlineData("public Other.Pairs Part;", "q.Waiting++;", true)]
    [InlineData("public Other.Four Part;", "q.Part[1]++;", false)]
    [InlineData("public Other.Kind Part;", "q.Part = Other.Kind.B;", false)]
    [InlineData("", "Other.Pair p = default; q.Waiting += p.A;", true)]
    [InlineData("", "Other.Point p = new(1, 2); q.Waiting += p.X;", true)]
    [InlineData("", "(Other.Pair P, int I) p = default; q.Waiting++;", true)]
    [InlineData("", "q.Waiting += Other.Tools.Seven;", false)]
    [InlineData("", "q.Waiting += Other.Tools.Eight;", true)]
    [InlineData("", "q.Waiting += Other.Tools.Table[1];", true)]
    [InlineData("", "q.Waiting += Other.Tools.Twice(2);", true)]
    public async Task The_editor_says_what_the_build_says(string field, string body, bool isRefused)
    {
        CSharpCompilation other = CSharpCompilation.Create(
            "Other", [TestCompilation.Parse(Other, "Other.cs")], TestCompilation.References, TestCompilation.Options);
        using MemoryStream image = new();
        other.Emit(image).Success.ShouldBeTrue();
        string source = ModelSource.With(("public uint Waiting;", "public uint Waiting; " + field), ("q.Waiting++;", body));

        IReadOnlyList<string> editor = await Found(source, other.ToMetadataReference());
        IReadOnlyList<string> build = await Found(source, MetadataReference.CreateFromImage(image.ToArray()));

        editor.ShouldBe(build);
        editor.Any().ShouldBe(isRefused);
    }

    private static async Task<IReadOnlyList<string>> Found(string source, MetadataReference other)
    {
        CSharpCompilation compilation = TestCompilation.Of(source).AddReferences(other);
        compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        IReadOnlyList<Diagnostic> found = await AnalyzerRun.Run(compilation);
        (Compilation output, _) = GeneratorRun.Once(compilation);
        GeneratorRun.RefusalsOf(output).ShouldBe(found.Select(GeneratorRun.Line), ignoreOrder: true);
        return [.. found.Select(GeneratorRun.Line)];
    }
}
