using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Kml.Model.Lowering;

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

    // What the processor says that it has.
    private static readonly string[] Processor = [.. File.ReadLines("/proc/cpuinfo").First(l => l.StartsWith("flags", StringComparison.Ordinal)).Split(' ')];

    public static readonly Engine[] All =
    [
        Of(InstructionSet.Scalar, []),
        .. InstructionSet.All.Select(s => Of(s, [])),
        .. InstructionSet.All.Select(s => Of(s, KernelFlags)),
    ];

    public static IEnumerable<Engine> Here => All.Where(e => e.Present);

    public static string Absent => string.Join(", ", All.Where(e => !e.Present).Select(e => e.Name));

    public override string ToString() => Name;

    private static Engine Of(InstructionSet set, string[] further) => new(
        further.Length == 0 ? set.Word : $"{set.Word} in kernel flags",
        set.Word,
        [.. set.Flags, $"-DKML_LANES={set.Lanes.ToString(CultureInfo.InvariantCulture)}", .. further],
        set.Features.All(f => Processor.Contains(f.Flag)),
        KernelStack: further.Length > 0);
}
