using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics.X86;

namespace Kml.Differential;

/// <summary>A way in which the emitted float C is compiled.</summary>
/// <param name="Name">Its name in messages.</param>
/// <param name="Symbol">The end of its symbols.</param>
/// <param name="Flags">The compiler's flags.</param>
/// <param name="Present">Whether this processor runs it.</param>
/// <param name="KernelStack">Whether it is called as the kernel would: on a stack that is aligned to 8 bytes alone.</param>
internal sealed record Engine(string Name, string Symbol, string[] Flags, bool Present, bool KernelStack = false)
{
    private static readonly string[] KernelFlags = ["-mno-red-zone", "-mpreferred-stack-boundary=3", "-fno-asynchronous-unwind-tables"];

    public static readonly Engine[] All =
    [
        new("scalar", "scalar", ["-DKML_LANES=1", "-fno-tree-vectorize"], true),
        new("sse2", "sse2", ["-msse2"], Sse2.IsSupported),
        new("avx2", "avx2", ["-mavx2"], Avx2.IsSupported),
        new("avx512", "avx512", ["-mavx512f", "-mavx512vl"], Avx512F.VL.IsSupported),
        new("sse2 in kernel flags", "sse2", ["-msse2", .. KernelFlags], Sse2.IsSupported, KernelStack: true),
        new("avx2 in kernel flags", "avx2", ["-mavx2", .. KernelFlags], Avx2.IsSupported, KernelStack: true),
        new("avx512 in kernel flags", "avx512", ["-mavx512f", "-mavx512vl", .. KernelFlags], Avx512F.VL.IsSupported, KernelStack: true),
    ];

    public static IEnumerable<Engine> Here => All.Where(e => e.Present);

    public static string Absent => string.Join(", ", All.Where(e => !e.Present).Select(e => e.Name));

    public override string ToString() => Name;
}
