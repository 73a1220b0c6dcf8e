using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests;

/// <summary>Whatever C# a project is compiled as, what is generated into it compiles, or one message says why it cannot.</summary>
public class LanguageTests
{
    private const LanguageVersion Oldest = LanguageVersion.CSharp11;

    // As old projects write it; ref readonly parameters and spans, which a model's methods have, came with 7.2.
    private static readonly string Source = ModelSource.With(
        ("namespace Tests;", "namespace Tests\n{"),
        ("[State]", "/// <summary>Trains.</summary>\n    public static void Train() { Use<IssueTime>(); }\n    "
            + "static void Use<T>() where T : IKernelModel { }\n\n    [State]")) + "\n}\n";

    public static IEnumerable<object[]> Versions => Enum.GetValues<LanguageVersion>()
        .Where(v => v is >= LanguageVersion.CSharp7_2 and <= LanguageVersion.Preview)
        .Select(v => new object[] { v });

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_language_version_is_enough_or_refused_at_the_class(LanguageVersion version)
    {
        CSharpCompilation compilation = Compilation(version);
        IReadOnlyList<Diagnostic> found = await AnalyzerRun.Run(compilation);
        GeneratorRun run = GeneratorRun.Of(compilation);

        run.Refusals.ShouldBe(found.Select(GeneratorRun.Line));
        InGenerated(run).ShouldBeEmpty();
        if (version >= Oldest)
        {
            found.ShouldBeEmpty();
            run.Output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
            run.Models.ShouldHaveSingleItem();
        }
        else
        {
            Diagnostic refused = found.ShouldHaveSingleItem();
            refused.Id.ShouldBe("KML0016");
            refused.GetMessage(null).ShouldBe(string.Format(null, SourceRules.OldLanguage.Format, version.ToDisplayString(), "IssueTime"));
            Source.Substring(refused.Location.SourceSpan.Start, refused.Location.SourceSpan.Length).ShouldBe("IssueTime");
        }
    }

    [Theory]
    [InlineData(NullableContextOptions.Disable)]
    [InlineData(NullableContextOptions.Annotations)]
    [InlineData(NullableContextOptions.Warnings)]
    [InlineData(NullableContextOptions.Enable)]
    public void Nothing_generated_is_worth_a_warning_whatever_the_project_asks_for(NullableContextOptions nullable)
    {
        foreach (string addition in new[] { "", "[assembly: CLSCompliant(true)]" })
        {
            foreach (string old in new[] { "", "[Obsolete]", "[Obsolete(\"Use another\")]" })
            {
                string source = ModelSource.With(("namespace Tests;", $"{addition}\nnamespace Tests;"), ("[State]", $"{old} [State]"));
                CSharpCompilation compilation =
                    TestCompilation.Of(source, parseOptions: TestCompilation.ParseOptions.WithDocumentationMode(DocumentationMode.Diagnose));
                compilation = compilation.WithOptions(compilation.Options
                    .WithNullableContextOptions(nullable)
                    .WithWarningLevel(9999)
                    .WithGeneralDiagnosticOption(ReportDiagnostic.Error));
                InGenerated(GeneratorRun.Of(compilation)).ShouldBeEmpty($"{addition} {old}");
            }
        }
    }

    private static CSharpCompilation Compilation(LanguageVersion version)
    {
        CSharpCompilation compilation = TestCompilation.Of(Source, parseOptions: TestCompilation.ParseOptions.WithLanguageVersion(version));
        return version >= LanguageVersion.CSharp8
            ? compilation
            : compilation.WithOptions(compilation.Options.WithNullableContextOptions(NullableContextOptions.Disable));
    }

    /// <summary>What the compiler says of generated code.</summary>
    private static IEnumerable<Diagnostic> InGenerated(GeneratorRun run)
    {
        HashSet<string> files = [.. run.Result.GeneratedSources.Select(s => s.SyntaxTree.FilePath)];
        return run.Output.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning && files.Contains(d.Location.SourceTree?.FilePath ?? ""));
    }
}
