using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Programs.Trial;
using Kml.TestSupport;

namespace Kml.Programs;

/// <summary>The programs that follow from one seed: a file of models, each with a method for each role.</summary>
internal static class ProgramSet
{
    /// <summary>The programs of a seed.</summary>
    public const int Programs = Models * 5;

    private const int Models = 40;
    private const int Inputs = 8;

    /// <summary>The C# of a seed.</summary>
    /// <param name="seed">The seed.</param>
    public static string Source(int seed) => RandomModels.Source(seed, Models, isSmall: true);

    /// <summary>Runs the programs of a seed in .NET and in C, with each flavour.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="change">What is done to the C before it is compiled: a fault that a test plants.</param>
    /// <param name="flavours">The flavours; by default all.</param>
    /// <returns>What was seen.</returns>
    public static Tally Run(int seed, Func<string, string>? change = null, IReadOnlyList<Flavour>? flavours = null)
    {
        Tally tally = new();
        try
        {
            using ProgramFile file = ProgramFile.Of(Source(seed));
            RandomBodies random = new(seed);
            List<ProgramRun> runs = [];
            foreach (DrawnProgram program in file.Programs)
            {
                for (int i = 0; i < Inputs; i++)
                {
                    ProgramInput input = ProgramInput.Draw(program, random);
                    runs.Add(new(program, input, program.Run(input)));
                }
            }

            tally.Add(runs);
            foreach (Flavour flavour in flavours ?? Flavour.All)
                tally.Differences.AddRange(Differing(file, runs, flavour, change ?? (c => c)).Select(d => Difference.Of(seed, flavour, d.Run, d.What)));
        }
        catch (RefusedException refused)
        {
            tally.Refused.Add($"seed {seed}: {refused.Message}");
        }

        return tally;
    }

    // What a compiler does not take is looked for in halves.
    private static IEnumerable<(ProgramRun Run, string What)> Differing(
        ProgramFile file, IReadOnlyList<ProgramRun> runs, Flavour flavour, Func<string, string> change)
    {
        using CTrial trial = new(file, runs, change);
        IReadOnlyList<Outcome> actual;
        try
        {
            actual = trial.Run(flavour);
        }
        catch (InvalidOperationException e)
        {
            DrawnProgram[] programs = [.. runs.Select(r => r.Program).Distinct()];
            if (programs.Length == 1)
                return [(runs[0], $"does not compile: {e.Message}")];
            HashSet<DrawnProgram> half = [.. programs.Take(programs.Length / 2)];
            return [
                .. Differing(file, [.. runs.Where(r => half.Contains(r.Program))], flavour, change),
                .. Differing(file, [.. runs.Where(r => !half.Contains(r.Program))], flavour, change)];
        }

        return [.. runs.Zip(actual, (run, c) => (run, What: run.Expected.DifferenceTo(run.Program, c)!)).Where(d => d.What is not null)];
    }
}
