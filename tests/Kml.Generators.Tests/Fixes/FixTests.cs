extern alias codefixes;

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using codefixes::Kml.CodeFixes.Bodies;
using codefixes::Kml.CodeFixes.Declarations;
using Kml.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests.Fixes;

/// <summary>Every fix: what it makes, that it compiles, that nothing is found in it any more, and that nothing else has changed.</summary>
public class FixTests
{
    private static readonly Dictionary<string, Type> Providers = typeof(MakePartialFix).Assembly.GetTypes()
        .Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(CodeFixProvider)))
        .ToDictionary(t => t.Name);

    public static TheoryData<string, string, string, string> Rows => FixRows.All;

    public static TheoryData<string, string, string> NotOffered => FixRows.NotOffered;

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_fix_mends_what_was_found(string fix, string part, string before, string after)
    {
        string mended = await FixRun.Fix(Provider(fix), ModelSource.With((part, before)));

        mended.ShouldBe(ModelSource.With((part, after)));
        (await AnalyzerRun.Run(mended)).ShouldBeEmpty();
        GeneratorRun run = GeneratorRun.Of(mended);
        run.Output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        run.Models.ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_fix_keeps_what_is_said_around_it(string fix, string part, string before, string after) =>
        Words(await FixRun.Fix(Provider(fix), ModelSource.With((part, $"/* above */ {before} /* behind */"))))
            .ShouldBe(Words(ModelSource.With((part, $"/* above */ {after} /* behind */"))));

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task All_of_a_file_are_fixed_as_one_is(string fix, string part, string before, string after) =>
        (await FixRun.FixAll(Provider(fix), ModelSource.With((part, before)))).ShouldBe(ModelSource.With((part, after)));

    [Theory]
    [MemberData(nameof(NotOffered))]
    public async Task A_fix_that_is_not_sure_to_compile_is_not_offered(string fix, string part, string before) =>
        (await FixRun.Actions(Provider(fix), ModelSource.With((part, before)))).ShouldBeEmpty();

    [Fact]
    public void Every_fix_has_a_row() =>
        Providers.Keys.Order(StringComparer.Ordinal).ShouldBe(Rows.Select(r => r.Data.Item1).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void A_fix_is_on_the_page_of_its_rule()
    {
        foreach (string id in Providers.Keys.SelectMany(name => Provider(name).FixableDiagnosticIds).Distinct())
            File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", id + ".md")).ShouldContain("The editor", Case.Sensitive, id);
    }

    [Fact]
    public async Task Several_functions_of_a_line_are_replaced_at_once() =>
        (await FixRun.FixAll(new FunctionFix(), ModelSource.WithFeatures("x[1] = MathF.Exp(q.Waiting) + (float)Math.Sqrt(q.Waiting);")))
            .ShouldBe(ModelSource.WithFeatures("x[1] = KmlMath.Exp(q.Waiting) + MathF.Sqrt(q.Waiting);"));

    [Fact]
    public async Task As_many_features_are_declared_as_the_farthest_index_needs() =>
        (await FixRun.FixAll(new FeatureCountFix(), ModelSource.WithFeatures("x[3] = 1; x[2] = 1;")))
            .ShouldBe(ModelSource.WithFeatures("x[3] = 1; x[2] = 1;").Replace("[Features(2)]", "[Features(4)]", StringComparison.Ordinal));

    [Fact]
    public async Task All_properties_of_a_state_become_fields() =>
        (await FixRun.FixAll(new PropertyToFieldFix(), ModelSource.With(
            ("public uint Waiting;", "/// <summary>How many wait.</summary>\n        public uint Waiting { get; set; } // since the boot"),
            ("public ulong LastSector;", "internal ulong LastSector { get; set; }"))))
            .ShouldBe(ModelSource.With(
                ("public uint Waiting;", "/// <summary>How many wait.</summary>\n        public uint Waiting; // since the boot")));

    [Fact]
    public async Task What_is_said_behind_a_lock_stays() =>
        (await FixRun.Fix(new UnlockFix(), ModelSource.WithUpdate("lock (typeof(Queue)) // one at a time\n        {\n            q.Waiting++;\n        }")))
            .ShouldBe(ModelSource.WithUpdate("// one at a time\n        {\n            q.Waiting++;\n        }"));

    [Fact]
    public async Task A_name_that_is_another_ones_is_written_in_full()
    {
        string source = ModelSource.WithFeatures("x[1] = MathF.Exp(q.Waiting);")
            .Replace("namespace Tests;", "namespace Tests;\n\ninternal class KmlMath;", StringComparison.Ordinal);

        (await FixRun.Fix(new FunctionFix(), source)).ShouldContain("x[1] = Kml.KmlMath.Exp(q.Waiting);");
    }

    [Fact]
    public async Task A_bound_stands_behind_an_attribute_of_the_same_line()
    {
        const string Attributed = "[Update]\n    private static void On(in BioQueue e, ref Queue q)\n    {\n        q.Waiting++;";
        const string Signature = "private static void On(in BioQueue e, ref Queue q) { while (q.Waiting > 0) { }";

        Words(await FixRun.Fix(new AddBoundFix(), ModelSource.With((Attributed, "[Update] " + Signature))))
            .ShouldBe(Words(ModelSource.With((Attributed, "[Update] [Bound(64)] " + Signature))));
    }

    // Where the editor simplifies a name, it lays out anew what is beside it.
    private static string Words(string source) => string.Join(' ', source.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static CodeFixProvider Provider(string name) => (CodeFixProvider)Activator.CreateInstance(Providers[name])!;
}
