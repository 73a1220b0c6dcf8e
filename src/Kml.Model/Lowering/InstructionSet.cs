using System.Collections.Generic;

namespace Kml.Model.Lowering;

/// <summary>
/// A set of vector instructions for which the float form is compiled: the row from which files, flags, the choice at load and the golden run follow.
/// </summary>
/// <param name="Word">The end of symbols and of file names: <c>avx2</c>.</param>
/// <param name="Lanes">Floats in a vector.</param>
/// <param name="Flags">The compiler's flags in user space.</param>
/// <param name="KernelFlags">What the kernel's own flags for floating point lack.</param>
/// <param name="Features">What the processor must have; nothing that x86-64 always has.</param>
/// <param name="Registers">
/// What <c>cpu_has_xfeatures()</c> must say beside, so that its registers are switched on: those that the sets before it do not have.
/// </param>
public sealed record InstructionSet(
    string Word,
    int Lanes,
    EquatableArray<string> Flags,
    EquatableArray<string> KernelFlags,
    EquatableArray<ProcessorFeature> Features,
    string Registers)
{
    /// <summary>No vectors at all: the reference in user space.</summary>
    public static InstructionSet Scalar { get; } = new("scalar", 1, EquatableArray.Of("-fno-tree-vectorize"), default, default, "");

    /// <summary>The vector sets, the narrowest first; a processor that has one has all before it. A module holds them all.</summary>
    public static IReadOnlyList<InstructionSet> All { get; } =
    [
        new("sse2", 4, EquatableArray.Of("-msse2"), default, default, ""),
        new(
            "avx2",
            8,
            EquatableArray.Of("-mavx2"),
            EquatableArray.Of("-mavx2"),
            EquatableArray.Of(new ProcessorFeature("AVX2", "avx2")),
            "XFEATURE_MASK_SSE | XFEATURE_MASK_YMM"),
        new(
            "avx512",
            16,
            EquatableArray.Of("-mavx512f", "-mavx512vl"),
            EquatableArray.Of("-mavx512f", "-mavx512vl"),
            EquatableArray.Of(new ProcessorFeature("AVX512F", "avx512f"), new ProcessorFeature("AVX512VL", "avx512vl")),
            "XFEATURE_MASK_AVX512"),
    ];
}

/// <summary>A feature of a processor, under the two names that the kernel has for it: lower case does not always make one of the other.</summary>
/// <param name="Name">What <c>boot_cpu_has()</c> is asked, behind <c>X86_FEATURE_</c>: <c>XMM4_2</c>.</param>
/// <param name="Flag">Its word among the flags of <c>/proc/cpuinfo</c>: <c>sse4_2</c>.</param>
public sealed record ProcessorFeature(string Name, string Flag);
