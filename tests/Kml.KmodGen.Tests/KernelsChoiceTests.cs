using System;
using System.IO;
using System.Linq;
using Kml.KmodGen.Targets;
using Kml.Model;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.KmodGen.Tests;

/// <summary>How a module is compiled is the kernel's choice: the emitted files add what the model needs, and take nothing away.</summary>
public class KernelsChoiceTests
{
    [Theory]
    [InlineData("sh", "undefined")]
    [InlineData("kml-no-such-tool", "command line")]
    public void Type_information_is_made_as_the_kernel_wants_it_where_the_tool_for_it_is(string pahole, string origin)
    {
        using CCompiler folder = new();
        folder.Add("Makefile", Text("Makefile"));
        folder.Add("kernel/Makefile", "modules:\n\t@echo 'asked for: $(origin CONFIG_DEBUG_INFO_BTF_MODULES)$(CONFIG_DEBUG_INFO_BTF_MODULES)'\n");

        folder.Run("make", "-s", "--no-print-directory", $"KDIR={Path.Combine(folder.Folder, "kernel")}", $"PAHOLE={pahole}")
            .ShouldBe($"asked for: {origin}\n");
    }

    [Fact]
    public void No_flag_of_the_kernels_is_replaced_or_removed_but_where_the_fpu_is_used()
    {
        string[] lines = [.. Text("Kbuild").Split('\n').Where(l => !l.StartsWith('#'))];

        lines.Where(l => l.Contains("ccflags", StringComparison.Ordinal))
            .ShouldBe(["ccflags-y := -Wframe-larger-than=1024", "ccflags-$(if $(KML_ANY_KERNEL),y) += -DKML_ANY_KERNEL"]);
        lines.Where(l => l.Contains("REMOVE", StringComparison.Ordinal)).ShouldAllBe(l => l.EndsWith(".o := $(CC_FLAGS_NO_FPU)", StringComparison.Ordinal));
        lines.Where(l => l.Contains("-O", StringComparison.Ordinal)).ShouldAllBe(l => l.Contains("_infer_", StringComparison.Ordinal));
    }

    private static string Text(string path)
    {
        ModelSpec model = SourceModels.Named("QueueWait");
        return Renderer.Render(KernelModule.Instance, model, SampleWeights.For(model), "1.2.3").Single(f => f.Path == path).Text();
    }
}
