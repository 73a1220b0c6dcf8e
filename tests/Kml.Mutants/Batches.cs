using System;
using System.Collections.Generic;
using System.Linq;
using Kml.TestSupport;

namespace Kml.Mutants;

/// <summary>Many mutants in one program: to start a compiler costs more than what it then does.</summary>
internal static class Batches
{
    // Of one that no longer ends; all others take a small part of it.
    private const int MostSeconds = 5;

    /// <summary>Tries mutants together, and where the compiler refuses one of them, each half on its own.</summary>
    /// <param name="mutants">The mutants.</param>
    /// <param name="build">Makes the program of some of them; throws where they do not compile.</param>
    /// <param name="run">Runs it, and says how each was killed.</param>
    /// <returns>How each was killed, in their order.</returns>
    public static IEnumerable<string?> Try<T>(
        IReadOnlyList<T> mutants, Func<IReadOnlyList<T>, CCompiler> build, Func<CCompiler, IReadOnlyList<T>, IEnumerable<string?>> run)
    {
        CCompiler? compiler = null;
        try
        {
            compiler = build(mutants);
        }
        catch (InvalidOperationException)
        {
            if (mutants.Count == 1)
                return [Verdict.Refused];
        }

        if (compiler is null)
        {
            int half = mutants.Count / 2;
            return [.. Try([.. mutants.Take(half)], build, run), .. Try([.. mutants.Skip(half)], build, run)];
        }

        using (compiler)
            return [.. run(compiler, mutants)];
    }

    /// <summary>Runs a program once for each of some mutants, for so long as one that ends can take.</summary>
    /// <param name="compiler">Where it is.</param>
    /// <param name="count">How many.</param>
    /// <param name="command">The command, in which <c>$m</c> is the mutant's number.</param>
    /// <returns>Whether each ended well.</returns>
    public static bool[] EndWell(CCompiler compiler, int count, string command)
    {
        string script = $"exec 2>/dev/null; ulimit -c 0; ulimit -t {MostSeconds}; m=0; while [ $m -lt {count} ]; do {command}; echo $?; m=$((m + 1)); done";
        string[] lines = compiler.Run("sh", "-c", script).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length != count)
            throw new InvalidOperationException($"{lines.Length} of {count} trials ended.");
        return [.. lines.Select(l => l == "0")];
    }
}
