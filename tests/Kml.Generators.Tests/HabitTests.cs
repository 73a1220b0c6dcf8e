using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Kml.Generators.Tests.Translation;
using Kml.Model;
using Kml.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests;

/// <summary>A hundred bodies as users write them (Habits/README.md): each is translated and means the same, or is refused where it says.</summary>
public partial class HabitTests
{
    private const int InputsAModel = 100;

    public static TheoryData<string> Files => [.. HabitFiles.All];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_habit_is_translated_or_refused_as_it_says(string file)
    {
        string source = HabitFiles.Text(file);
        Match head = Head().Match(source.Split('\n')[0]);
        head.Success.ShouldBeTrue("the first line says what is expected");
        CSharpCompilation compilation = Compiled(source);
        IReadOnlyList<Diagnostic> found = await AnalyzerRun.Run(compilation.WithOptions(compilation.Options.WithAllowUnsafe(head.Groups["unsafe"].Success)));
        string said = string.Join('\n', found.Select(d => $"{d.Id} {d.Location.GetLineSpan().StartLinePosition}: {d.GetMessage(null)}"));

        if (head.Groups["in"].Success)
        {
            said.ShouldBeEmpty();
            Agree(source, file);
            return;
        }

        string token = head.Groups["token"].Value;
        int nth = head.Groups["nth"].Success ? int.Parse(head.Groups["nth"].Value, null) : 1;
        int place = Places(compilation.SyntaxTrees[0], token)[nth - 1];
        found.Any(d => d.Id == head.Groups["rule"].Value && d.Location.SourceSpan.Start == place).ShouldBeTrue($"on '{token}'; found\n{said}");
    }

    private static void Agree(string source, string file)
    {
        GeneratorRun run = GeneratorRun.Of(Compiled(source));
        using MemoryStream stream = new();
        run.Output.Emit(stream).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        stream.Position = 0;
        ModelSpec model = run.Models.ShouldHaveSingleItem();
        ModelText.Read(ModelText.Write(model)).ShouldBe(model);
        Assembly assembly = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream);
        ModelRunner runner = ModelRunner.Of(assembly, "Habits." + model.Name.ToUpperInvariant());
        RandomBodies random = new(1);
        for (int i = 0; i < InputsAModel; i++)
            ModelAgreement.Check(runner, model, random.Bits, $"{file}, input {i}");
    }

    private static CSharpCompilation Compiled(string source) => TestCompilation.Of(source, parseOptions: HabitFiles.ParseOptions);

    private static int[] Places(SyntaxTree tree, string token)
    {
        string text = tree.ToString();
        return [.. tree.GetRoot().DescendantTokens().Select(t => t.SpanStart)
            .Where(at => text.AsSpan(at).StartsWith(token, StringComparison.Ordinal))];
    }

    [GeneratedRegex(@"^// (?:(?<in>in): .+|out(?<unsafe> unsafe)?: (?<rule>KML\d{4}) on '(?<token>[^']+)'(?: #(?<nth>\d+))?: .+)$")]
    private static partial Regex Head();
}
