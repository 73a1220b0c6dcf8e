using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Kml.KmodGen.Tests.Bodies;
using Kml.TestSupport;

namespace Kml.Mutants.Bodies;

/// <summary>Holds bodies to the interpreter as the suite does: a program that has, for each mutant, some of the bodies that its rule fits.</summary>
internal static class BodyTrial
{
    /// <summary>Tries mutants.</summary>
    /// <param name="mutants">The mutants.</param>
    /// <param name="from">The first of the bodies that are tried of each.</param>
    /// <param name="count">How many of them.</param>
    /// <param name="flavour">The compiler's flags.</param>
    /// <returns>How each was killed.</returns>
    public static IEnumerable<string?> Try(IReadOnlyList<BodyMutant> mutants, int from, int count, IReadOnlyList<string> flavour) =>
        Batches.Try([.. mutants.Select(m => m with { Fitting = [.. m.Fitting.Skip(from).Take(count)] })], some => Build(some, flavour), Run);

    /// <summary>Looks for warnings, which the suite has of drawn bodies.</summary>
    /// <param name="mutant">The mutant.</param>
    /// <returns>How it was killed.</returns>
    public static string? Warned(BodyMutant mutant)
    {
        BodyMutant drawn = mutant with { Fitting = [.. mutant.Fitting.Where(b => b.IsRandom).Take(60)] };
        return Batches.Try([drawn], some => Build(some, [.. BodyProgram.OfForm, "-O1", "-fno-strict-aliasing"]), (_, _) => [null]).Single();
    }

    private static List<(int Mutant, SetBody Body)> Bodies(IReadOnlyList<BodyMutant> mutants) =>
        [.. mutants.SelectMany((m, i) => m.Fitting.Select(b => (i, b)))];

    private static CCompiler Build(IReadOnlyList<BodyMutant> mutants, IReadOnlyList<string> flags)
    {
        List<(int Mutant, SetBody Body)> bodies = Bodies(mutants);
        BodyCase[] cases = [.. bodies.Select(b => b.Body.Case)];
        CCompiler compiler = BodyProgram.Folder(BodyBed.Program(
            cases,
            [
                .. bodies.SelectMany(b => b.Body.Tables),
                .. bodies.SelectMany((b, i) => b.Body.Functions(mutants[b.Mutant].Rule, BodyBed.Symbol(i))),
            ]));
        try
        {
            compiler.Run("gcc", ["-std=gnu11", .. flags, .. CCompiler.Float, "-o", "bodies", "bodies.c"]);
        }
        catch (InvalidOperationException)
        {
            compiler.Dispose();
            throw;
        }

        foreach (IGrouping<int, (int Mutant, SetBody Body, int Case)> group in bodies.Select((b, i) => (b.Mutant, b.Body, i)).GroupBy(b => b.Mutant))
            compiler.Add($"{group.Key}.in", BodyBed.Input(group.SelectMany(b => b.Body.Runs.Select(r => (b.Case, r.Input))), cases));
        return compiler;
    }

    private static IEnumerable<string?> Run(CCompiler compiler, IReadOnlyList<BodyMutant> mutants)
    {
        bool[] well = Batches.EndWell(compiler, mutants.Count, "./bodies <$m.in >$m.out");
        return mutants.Select((m, i) => well[i] && Agrees(m, File.ReadAllBytes(Path.Combine(compiler.Folder, $"{i}.out"))) ? null : Verdict.Differs);
    }

    private static bool Agrees(BodyMutant mutant, byte[] output)
    {
        BodyBed.COutcome[] actual = [.. BodyBed.Output(output)];
        var expected = mutant.Fitting.SelectMany(b => b.Runs.Select(r => (b.Case, r.Expected))).ToArray();
        return actual.Length == expected.Length
            && expected.Zip(actual).All(p => BodyProgram.Difference(p.First.Case, p.First.Expected, p.Second) is null);
    }
}
