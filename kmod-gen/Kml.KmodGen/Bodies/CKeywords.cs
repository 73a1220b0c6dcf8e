using System;
using System.Collections.Frozen;
using System.Collections.Generic;

namespace Kml.KmodGen;

/// <summary>Lower-case words that emitted C must not use as names of variables and fields.</summary>
internal static class CKeywords
{
    private static readonly FrozenSet<string> Words = new HashSet<string>(
        (
            // C11 and GNU C
            "asm auto bool break case char const continue default do double else enum extern false float for goto if inline int "
            + "long register restrict return short signed sizeof static struct switch true typedef typeof union unsigned void "
            + "volatile while linux unix i386 "
            // types of the emitted code
            + "u8 s8 u16 s16 u32 s32 u64 s64 "
            // macros of the kernel that are no functions
            + "asmlinkage current fallthrough noinline notrace nr_cpu_ids num_processors smp_processor_id").Split(' '),
        StringComparer.Ordinal).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a word is taken.</summary>
    /// <param name="word">The word, in lower case.</param>
    /// <returns>True if a name must differ from it.</returns>
    public static bool IsTaken(string word) =>
        Words.Contains(word) || word.StartsWith("__", StringComparison.Ordinal) || word.StartsWith("kml_", StringComparison.Ordinal);
}
