using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Kml.Model.Lowering;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.Differential;

/// <summary>The rows of instruction sets: what they promise each other, and that each can be tried at all.</summary>
public partial class InstructionSetTests
{
    // What KML_LANES can be.
    private static readonly int[] Lanes = [1, 4, 8, 16];

    /// <summary>
    /// Words for vectors among the flags of /proc/cpuinfo (arch/x86/include/asm/cpufeatures.h). A row that asks for another would be skipped as absent on
    /// every machine, and never be tried.
    /// </summary>
    private static readonly string[] Flags =
    [
        "sse", "sse2", "pni", "ssse3", "sse4_1", "sse4_2", "popcnt", "avx", "f16c", "fma", "avx2", "bmi1", "bmi2", "abm", "gfni", "vaes", "vpclmulqdq",
        "avx512f", "avx512dq", "avx512cd", "avx512bw", "avx512vl", "avx512ifma", "avx512vbmi", "avx512_vbmi2", "avx512_vnni", "avx512_bitalg",
        "avx512_vpopcntdq", "avx512_bf16", "avx512_fp16", "avx_vnni", "avx_ifma", "avx_vnni_int8", "amx_tile", "amx_int8", "amx_bf16", "amx_fp16",
    ];

    private static readonly IReadOnlyList<InstructionSet> Rows = [InstructionSet.Scalar, .. InstructionSet.All];

    [Fact]
    public void A_word_ends_symbols_and_files_of_one_set()
    {
        Rows.ShouldAllBe(s => Word().IsMatch(s.Word));
        Rows.Select(s => s.Word).ShouldBeUnique();
        Rows.Select(s => s.Word.ToUpperInvariant()).ShouldBeUnique();
    }

    [Fact]
    public void Lanes_are_some_that_the_templates_know_and_do_not_fall()
    {
        Rows.ShouldAllBe(s => Lanes.Contains(s.Lanes));
        Rows.Select(s => s.Lanes).ShouldBeInOrder();
    }

    [Fact]
    public void A_feature_is_asked_for_once_under_a_name_that_some_processor_has()
    {
        Rows.SelectMany(s => s.Features).Select(f => f.Flag).Where(f => !Flags.Contains(f)).ShouldBeEmpty();
        Rows.SelectMany(s => s.Features).Select(f => f.Name).ShouldBeUnique();
        Rows.SelectMany(s => s.Features).Select(f => f.Flag).ShouldBeUnique();
    }

    /// <summary>A module asks for the sets in their order, and takes the last before one that is missing: what it has tried must be in what follows.</summary>
    [Fact]
    public void The_compiler_has_in_a_set_all_that_is_in_the_one_before()
    {
        using CCompiler compiler = new();
        compiler.Add("empty.c", "");
        foreach ((InstructionSet before, InstructionSet after) in InstructionSet.All.Zip(InstructionSet.All.Skip(1)))
        {
            Extensions(compiler, before).Except(Extensions(compiler, after)).ShouldBeEmpty($"{before.Word} is not in {after.Word}");
            Extensions(compiler, after).Except(Extensions(compiler, before)).ShouldNotBeEmpty($"{after.Word} adds nothing to {before.Word}");
        }
    }

    private static IEnumerable<string> Extensions(CCompiler compiler, InstructionSet set) =>
        Extension().Matches(compiler.Run("gcc", [.. set.Flags, "-dM", "-E", "empty.c"])).Select(m => m.Groups[1].Value);

    [GeneratedRegex("^[a-z][a-z0-9]*$")]
    private static partial Regex Word();

    // Those that are on are defined as 1: __AVX2__.
    [GeneratedRegex(@"^#define __((?:SSE|SSSE|AVX|FMA|F16C)\w*)__ 1$", RegexOptions.Multiline)]
    private static partial Regex Extension();
}
