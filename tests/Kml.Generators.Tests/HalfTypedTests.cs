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
/// A thousand models that somebody is typing, ten of each habit: whatever is missing, nothing throws, what is generated adds no error, and other code may go on
/// using the model. What it costs <c>make bench-editor</c> measures.
/// </summary>
public class HalfTypedTests
{
    private const string ModelPath = "Model.cs";

    public static TheoryData<string> Files => [.. HabitFiles.All];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_model_that_is_being_typed_is_not_lost(string file)
    {
        string source = HabitFiles.Text(file);
        ModelUse use = ModelUse.Of(HabitFiles.Class(file), GeneratorRun.Once(HabitFiles.Compilation((ModelPath, source))).Output);
        await ShouldStand(source, use);
        foreach (string variant in HalfTyped.Of(source, HabitFiles.Number(file), HabitFiles.ParseOptions))
            await ShouldStand(variant, use);
    }

    private static async Task ShouldStand(string source, ModelUse use)
    {
        CSharpCompilation input = HabitFiles.Compilation([(ModelPath, source), .. use.Sources]);
        (Compilation output, GeneratorRunResult result) = GeneratorRun.Once(input);
        result.Exception.ShouldBeNull(source);
        IReadOnlyList<Diagnostic> found = await AnalyzerRun.Run(output);
        HashSet<string> before = [.. Errors(input).Select(Text)];
        List<Diagnostic> after = Errors(output);

        after.Where(e => !before.Contains(Text(e))).ShouldBeEmpty(source);
        if (use.CanBeUsed(input))
        {
            result.GeneratedSources.ShouldNotBeEmpty(source);
            after.Where(e => Path(e) == ModelUse.Path).ShouldBeEmpty(source);
            if (use.HasPredict(input))
                after.Where(e => Path(e) == ModelUse.PredictPath).ShouldBeEmpty(source);
        }

        if (!after.Exists(e => Path(e) == ModelPath))
        {
            IEnumerable<string> said = found.Where(d => d.Severity == DiagnosticSeverity.Error).Select(GeneratorRun.Line);
            GeneratorRun.RefusalsOf(output).ShouldBe(said, ignoreOrder: true, source);
        }
    }

    private static List<Diagnostic> Errors(Compilation compilation) =>
        [.. compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)];

    private static string? Path(Diagnostic error) => error.Location.SourceTree?.FilePath;

    // Where and which: a message may name what was generated.
    private static string Text(Diagnostic error) => $"{error.Id} {Path(error)} {error.Location.SourceSpan}";
}
