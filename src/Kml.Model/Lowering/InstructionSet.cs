using System.Collections.Generic;
using System.Linq;

namespace Kml.Model.Lowering;

/// <summary>A set of vector instructions for which the float form is compiled: the row from which files, flags, the choice at load and the golden run follow.</summary>
/// <param name="Word">The end of symbols and of file names: <c>avx2</c>.</param>
/// <param name="Lanes">Floats in a vector.</param>
/// <param name="Flags">The compiler's flags in user space.</param>
/// <param name="KernelFlags">What the kernel's own flags for floating point lack.</param>
/// <param name="Features">What <c>boot_cpu_has()</c> must say, as names behind <c>X86_FEATURE_</c>; none for what x86-64 always has.</param>
/// <param name="Registers">What <c>cpu_has_xfeatures()</c> must say beside, so that its registers are switched on; empty where nothing need be asked.</param>
/// <param name="InModules">Whether modules hold it. Only what can be tried in a guest's kernel is; the others are tried in user space alone.</param>
public sealed record InstructionSet(
    string Word,
    int Lanes,
    EquatableArray<string> Flags,
    EquatableArray<string> KernelFlags,
    EquatableArray<string> Features,
    string Registers,
    bool InModules)
{
    /// <summary>No vectors at all: the reference in user space.</summary>
    public static InstructionSet Scalar { get; } = new("scalar", 1, EquatableArray.Of("-fno-tree-vectorize"), default, default, "", false);

    /// <summary>The vector sets, the narrowest first; a processor that has one has all before it.</summary>
    public static IReadOnlyList<InstructionSet> All { get; } =
    [
        new("sse2", 4, EquatableArray.Of("-msse2"), default, default, "", true),
        new("avx2", 8, EquatableArray.Of("-mavx2"), EquatableArray.Of("-mavx2"), EquatableArray.Of("AVX2"), "XFEATURE_MASK_SSE | XFEATURE_MASK_YMM", true),
        new(
            "avx512",
            16,
            EquatableArray.Of("-mavx512f", "-mavx512vl"),
            EquatableArray.Of("-mavx512f", "-mavx512vl"),
            EquatableArray.Of("AVX512F", "AVX512VL"),
            "XFEATURE_MASK_SSE | XFEATURE_MASK_YMM | XFEATURE_MASK_AVX512",
            false),
    ];

    /// <summary>Those that a module holds.</summary>
    public static IReadOnlyList<InstructionSet> OfModules { get; } = [.. All.Where(s => s.InModules)];
}
