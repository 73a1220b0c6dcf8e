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
            tally.Differences.AddRange(
                Differing(file, runs, flavours ?? Flavour.All, change ?? (c => c)).Select(d => Difference.Of(seed, d.Flavour, d.Run, d.What)));
        }
        catch (RefusedException refused)
        {
            tally.Refused.Add($"seed {seed}: {refused.Message}");
        }

        return tally;
    }

    private static IEnumerable<(Flavour Flavour, ProgramRun Run, string What)> Differing(
        ProgramFile file, IReadOnlyList<ProgramRun> runs, IReadOnlyList<Flavour> flavours, Func<string, string> change)
    {
        using CTrial trial = new(file, runs, change);
        List<(Flavour, ProgramRun, string)> differing = [];
        foreach (Flavour flavour in flavours)
        {
            try
            {
                differing.AddRange(runs.Zip(trial.Run(flavour), (run, c) => (flavour, run, What: run.Expected.DifferenceTo(run.Program, c)!))
                    .Where(d => d.What is not null));
            }
            catch (InvalidOperationException e)
            {
                differing.AddRange(NotCompiling(file, runs, flavour, change, e));
            }
        }

        return differing;
    }

    // What a compiler does not take is looked for in halves.
    private static IEnumerable<(Flavour Flavour, ProgramRun Run, string What)> NotCompiling(
        ProgramFile file, IReadOnlyList<ProgramRun> runs, Flavour flavour, Func<string, string> change, InvalidOperationException error)
    {
        DrawnProgram[] programs = [.. runs.Select(r => r.Program).Distinct()];
        if (programs.Length == 1)
            return [(flavour, runs[0], $"does not compile: {error.Message}")];
        HashSet<DrawnProgram> half = [.. programs.Take(programs.Length / 2)];
        return [
            .. Differing(file, [.. runs.Where(r => half.Contains(r.Program))], [flavour], change),
            .. Differing(file, [.. runs.Where(r => !half.Contains(r.Program))], [flavour], change)];
    }
}
