using System;
using System.Linq;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.Differential;

/// <summary>What the kernel asks of the emitted C, checked on the objects.</summary>
[Collection("networks")]
public sealed class EmittedSourceTests(NetworkBed bed)
{
    private static readonly string[] KernelFlags =
    [
        "-mno-red-zone", "-mcmodel=kernel", "-mpreferred-stack-boundary=3", "-fno-PIE", "-fno-common", "-fno-stack-protector",
        "-fno-asynchronous-unwind-tables", "-fno-delete-null-pointer-checks", "-Wmissing-prototypes", "-Wframe-larger-than=1023",
        "-Wdeclaration-after-statement",
    ];

    [Fact]
    public void Objects_call_nothing_and_keep_small_frames_under_kernel_flags()
    {
        foreach (Engine engine in Engine.All.Where(e => e.Symbol != "scalar" && !e.KernelStack))
        {
            string[] sources = [.. Enumerable.Range(0, bed.Programs.Length).Select(i => NetworkBed.Source(engine, i))];
            bed.Tools.Run("gcc", [.. CCompiler.Compute, .. KernelFlags, .. engine.Flags, "-c", .. sources]);
            string undefined = bed.Tools.Run("nm", ["-u", .. sources.Select(s => s.Replace(".c", ".o", StringComparison.Ordinal))]);
            undefined.ShouldNotContain(" U ", Case.Sensitive, engine.Name);
        }
    }

    [Fact]
    public void The_integer_twin_touches_no_vector_register()
    {
        string[] sources =
            [.. Enumerable.Range(0, bed.Programs.Length).Where(i => bed.Programs[i].Shape.IntegerTwin).Select(i => $"{NetworkBed.Name(i)}_infer_int.c")];
        bed.Tools.Run("gcc", [.. CCompiler.Compute, .. KernelFlags, "-mno-sse", "-mno-mmx", "-mno-sse2", "-mno-avx", "-mno-80387", "-c", .. sources]);
        string[] objects = [.. sources.Select(s => s.Replace(".c", ".o", StringComparison.Ordinal))];
        bed.Tools.Run("nm", ["-u", .. objects]).ShouldNotContain(" U ");
        bed.Tools.Run("objdump", ["-d", "--no-show-raw-insn", .. objects]).ShouldNotContain("mm0");
    }
}
