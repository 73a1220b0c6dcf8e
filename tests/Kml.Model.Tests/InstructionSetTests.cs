using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Kml.Model.Lowering;
using Shouldly;
using Xunit;

namespace Kml.Model.Tests;

/// <summary>The rows of instruction sets, and the processors of the kernel suites.</summary>
public partial class InstructionSetTests
{
    /// <summary>Which form a module takes at load only a kernel shows: each is taken on some processor of the suites, but for those that QEMU lacks.</summary>
    [Fact]
    public void A_set_is_the_widest_on_some_processor_of_a_guest()
    {
        string suite = File.ReadAllText(Path.Combine(Repository.Root, "tests/kernel/suites/predict"));

        InstructionSet.All.Where(s => s.Features.All(IsInQemu)).Select(s => s.Word).Order()
            .ShouldBe(Guest().Matches(suite).Select(m => m.Groups[1].Value).Distinct().Order());
    }

    private static bool IsInQemu(ProcessorFeature feature) => !feature.Flag.StartsWith("avx512", StringComparison.Ordinal);

    [GeneratedRegex(@"^[^#\n]*\bKML_ISA=([a-z0-9]+) guest ", RegexOptions.Multiline)]
    private static partial Regex Guest();
}
