using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Kml.Programs.Trial;

namespace Kml.Programs;

/// <summary>What is kept of a run: which programs it was, on how many inputs, what .NET did with them, under which compilers, and how many differed.</summary>
internal static class Record
{
    private static readonly string[] Columns = ["seeds", "SHA-256", "programs", "inputs", "ended in .NET", "flavours", "differed"];

    /// <summary>Adds a row.</summary>
    /// <param name="path">The file, of which the first line names the columns.</param>
    /// <param name="seed">The first seed.</param>
    /// <param name="seeds">How many.</param>
    /// <param name="tally">What was seen.</param>
    public static void Append(string path, int seed, int seeds, Tally tally)
    {
        IEnumerable<string> ends = tally.Runs.GroupBy(r => r.Key.Fault).OrderBy(g => g.Key).Select(g => $"{Faults.Name(g.Key)} {g.Sum(r => r.Value)}");
        IEnumerable<string> flavours = Flavour.All.GroupBy(f => f.Version()).Select(g => $"{g.Key}: {string.Join(", ", g.Select(f => f.Name))}");
        string[] row =
        [
            $"{seed}..{seed + seeds - 1}", Digest(seed, seeds),
            $"{tally.Programs}", $"{tally.Inputs}", string.Join(", ", ends), string.Join("; ", flavours), $"{tally.Failed}",
        ];
        if (!File.Exists(path))
            File.WriteAllText(path, string.Join('\t', Columns) + "\n");
        File.AppendAllText(path, string.Join('\t', row) + "\n");
    }

    // What a seed draws changes with what can be drawn: a row says of which files it is.
    private static string Digest(int seed, int seeds)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string source in Enumerable.Range(seed, seeds).Select(ProgramSet.Source))
            hash.AppendData(Encoding.UTF8.GetBytes(source));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
