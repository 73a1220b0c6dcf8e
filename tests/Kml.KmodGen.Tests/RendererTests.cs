using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Kml.KmodGen.Targets;
using Kml.KmodGen.Templating;
using Kml.Model;
using Kml.Model.Lowering;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.KmodGen.Tests;

/// <summary>What a module consists of, and that rendering it is a pure function.</summary>
public class RendererTests
{
    private const string Version = "1.2.3";

    /// <summary>A model in floating point and one with an integer twin, whole: all but the files that are copied as they are.</summary>
    [Theory]
    [InlineData("QueueWait")]
    [InlineData("ServiceClass")]
    public void The_emitted_text_is_the_approved_one(string source) =>
        ApprovedFolder.Check(source, Render(source, withWeights: true).Where(f => !TemplateLibrary.Names.Contains(f.Path)).Select(f => (f.Path, f.Text())));

    [Fact]
    public void The_same_input_gives_the_same_bytes()
    {
        IReadOnlyList<EmittedFile> first = Render("QueueWait", withWeights: true), second = Render("QueueWait", withWeights: true);

        second.Select(f => f.Path).ShouldBe(first.Select(f => f.Path));
        second.Zip(first).ShouldAllBe(p => p.First.Content.SequenceEqual(p.Second.Content));
    }

    [Fact]
    public void Every_file_of_the_model_names_model_fingerprint_and_version()
    {
        ModelSpec model = SourceModels.Named("QueueWait");

        foreach (EmittedFile file in Render("QueueWait", withWeights: true).Where(f => f.Path.StartsWith("queue_wait_", StringComparison.Ordinal)))
        {
            string head = file.Text()[..Math.Min(400, file.Content.Length)];
            head.ShouldStartWith(
                file.Path.EndsWith(".c", StringComparison.Ordinal)
                    ? "// SPDX-License-Identifier: GPL-2.0-only OR MIT\n"
                    : "/* SPDX-License-Identifier: GPL-2.0-only OR MIT */\n",
                customMessage: file.Path);
            head.ShouldContain("queue_wait", customMessage: file.Path);
            head.ShouldContain(ModelText.Fingerprint(model), customMessage: file.Path);
            head.ShouldContain(Version, customMessage: file.Path);
        }
    }

    [Fact]
    public void No_template_leaves_a_mark_or_a_long_line()
    {
        string[] sources = ["QueueWait", "ServiceClass"];
        IEnumerable<EmittedFile> files = sources.SelectMany(s => Render(s, true).Concat(Render(s, false)));
        foreach (EmittedFile file in files.Where(f => !f.Path.EndsWith(".md", StringComparison.Ordinal)))
        {
            file.Text().ShouldNotContain("{{", customMessage: file.Path);
            file.Text().ShouldEndWith("\n", customMessage: file.Path);
            file.Text().Split('\n').ShouldAllBe(l => l.Replace("\t", "        ").Length <= 130, file.Path);
        }
    }

    [Fact]
    public void Without_weights_nothing_predicts_and_nothing_needs_the_fpu()
    {
        string[] paths = [.. Render("QueueWait", withWeights: false).Select(f => f.Path)];

        paths.ShouldContain("queue_wait_module.c");
        paths.ShouldContain("queue_wait_int.c");
        paths.ShouldNotContain(p =>
            p.Contains("infer") || p.Contains("weights") || p.Contains("golden.c") && p != "kml_golden.c" || p.Contains("fpu") || p.Contains("_float.c"));
    }

    [Fact]
    public void A_float_model_has_no_integer_twin()
    {
        string[] paths = [.. Render("ServiceClass", withWeights: true).Select(f => f.Path)];

        paths.ShouldContain("service_class_body_float.h");
        paths.ShouldNotContain("service_class_infer_int.c");
    }

    [Fact]
    public void Each_instruction_set_is_a_file_of_the_module() =>
        Render("QueueWait", withWeights: true).Select(f => f.Path).Where(p => p.Contains("_infer_"))
            .ShouldBe([.. InstructionSet.All.Select(s => $"queue_wait_infer_{s.Word}.c").Append("queue_wait_infer_int.c").Order(StringComparer.Ordinal)]);

    [Fact]
    public void However_many_instruction_sets_there_are_no_line_is_long()
    {
        ModelSpec model = SourceModels.Named("ServiceClass");
        string kbuild = Renderer.Render(new SevenSets(), model, SampleWeights.For(model), Version).Single(f => f.Path == "Kbuild").Text();

        kbuild.Split('\n').ShouldAllBe(l => l.Length <= 130);
        Regex.Matches(kbuild, @"^kml_service_class-y \+=.*$", RegexOptions.Multiline).SelectMany(l => Regex.Matches(l.Value, @"_infer_(\w+)\.o"))
            .Select(m => m.Groups[1].Value)
            .ShouldBe(new SevenSets().Sets.Select(s => s.Word));
    }

    [Theory]
    [InlineData("QueueWait")]
    [InlineData("ServiceClass")]
    public void Every_float_object_is_built_with_the_flags_that_its_headers_ask_for(string source)
    {
        string[] kbuild = Render(source, withWeights: true).Single(f => f.Path == "Kbuild").Text().Split('\n');
        string[] flags = [.. kbuild.Where(l => Regex.IsMatch(l, @"^CFLAGS_(?!REMOVE_)\w+_(float|infer_(?!int)\w+)\.o :="))];

        flags.Length.ShouldBe(1 + InstructionSet.All.Count);
        flags.ShouldAllBe(l => l.Contains(" $(kml_float)", StringComparison.Ordinal));
        string common = kbuild.Single(l => l.StartsWith("kml_float :=", StringComparison.Ordinal));
        CCompiler.Float.ShouldAllBe(f => common.Contains(f, StringComparison.Ordinal));
    }

    [Fact]
    public void Weights_beyond_64_KB_are_a_file_that_the_assembler_takes_in()
    {
        ModelSpec model = SourceModels.Named("ServiceClass") with
        {
            Layers = EquatableArray.Of(
                new LayerSpec(96, LayerActivation.Relu),
                new LayerSpec(160, LayerActivation.Relu),
                new LayerSpec(3, LayerActivation.Identity)),
        };
        IReadOnlyList<EmittedFile> files = Renderer.Render(KernelModule.Instance, model, SampleWeights.For(model), Version);
        EmittedFile binary = files.Single(f => f.Path == "service_class_weights.bin");

        binary.Content.Length.ShouldBe(ModelProgram.For(model).Size);
        files.Single(f => f.Path == "service_class_weights.c").Text().ShouldContain(".incbin");
        files.Single(f => f.Path == "Kbuild").Text().ShouldContain("service_class_weights.bin");
    }

    [Theory]
    [InlineData("QueueWait")]
    [InlineData("ServiceClass")]
    public void Every_probe_has_the_reader_section_and_no_other_way_to_a_disk(string source)
    {
        IReadOnlyList<EmittedFile> files = Render(source, withWeights: true);
        string probes = files.Single(f => f.Path.EndsWith("_probes.c", StringComparison.Ordinal)).Text();
        string[] hooked = [.. Regex.Matches(probes, @"\.probe = probe_(\w+)").Select(m => m.Groups[1].Value)];

        hooked.ShouldNotBeEmpty();
        Regex.Matches(probes, @"KML_PROBE\((\w+),").Select(m => m.Groups[1].Value).Order().ShouldBe(hooked.Order());
        Regex.Matches(probes, @"\bvoid probe_").ShouldBeEmpty("a probe that is not made by KML_PROBE()");
        files.Where(f => f.Path != "kml_device_probe.h" && f.Text().Contains("kml_device_find", StringComparison.Ordinal))
            .ShouldBeEmpty("the device is found in the section alone");
    }

    /// <summary>Updates run in the order of the lock, so that a time taken before it could run backwards.</summary>
    [Theory]
    [InlineData("QueueWait")]
    [InlineData("ServiceClass")]
    public void An_events_time_is_taken_under_the_disks_lock(string source)
    {
        IReadOnlyList<EmittedFile> files = Render(source, withWeights: true);
        string probes = files.Single(f => f.Path.EndsWith("_probes.c", StringComparison.Ordinal)).Text();
        string events = files.Single(f => f.Path == "kml_block_events.h").Text();
        int all = Regex.Matches(probes, @"struct kml_\w+ e = \{\};").Count;

        all.ShouldBeGreaterThan(1);
        Regex.Matches(events, @"ktime_get|time_ns").ShouldBeEmpty();
        Regex.Matches(probes, @"ktime_get|time_ns =").Count.ShouldBe(2 * all);
        Regex.Matches(probes, @"flags = kml_device_lock\(dev\);\n\te\.time_ns = ktime_get_ns\(\);").Count.ShouldBe(all);
    }

    [Fact]
    public void The_budget_is_in_the_readme()
    {
        ModelBudget budget = ModelBudget.Of(SourceModels.Named("QueueWait"));
        string readme = Render("QueueWait", withWeights: true).Single(f => f.Path == "README.md").Text();

        budget.Parameters.ShouldBe((5 * 16) + 16 + (16 * 12) + 12 + 12 + 1);
        budget.MultiplyAdds.ShouldBe((5 * 16) + (16 * 12) + 12);
        readme.ShouldContain($"| parameters | {budget.Parameters} |");
        readme.ShouldContain($"| weights | {budget.WeightBytes} bytes |");
        readme.ShouldContain($"| multiply-adds | {budget.MultiplyAdds} |");
        readme.ShouldContain($"about {budget.GuardedNs} ns");
    }

    private sealed class SevenSets : Target
    {
        public override string Word => "seven";

        public override IReadOnlyList<InstructionSet> Sets { get; } =
            [.. Enumerable.Range(1, 7).Select(n => InstructionSet.All[0] with { Word = FormattableString.Invariant($"set{n}") })];

        internal override IEnumerable<string> Templates(RenderInput input) => KernelModule.Instance.Templates(input);
    }

    private static IReadOnlyList<EmittedFile> Render(string source, bool withWeights)
    {
        ModelSpec model = SourceModels.Named(source);
        return Renderer.Render(KernelModule.Instance, model, withWeights ? SampleWeights.For(model) : null, Version);
    }
}
