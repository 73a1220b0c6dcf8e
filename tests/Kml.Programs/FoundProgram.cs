using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Kml.Inference.Bodies;
using Kml.Programs.Shrinking;
using Kml.Programs.Trial;

namespace Kml.Programs;

/// <summary>Makes a file of a difference, as small as it comes, and runs such a file again.</summary>
internal static class FoundProgram
{
    /// <summary>Shrinks what was found.</summary>
    /// <param name="difference">The difference.</param>
    /// <param name="change">What is done to the C before it is compiled: a fault that a test plants.</param>
    /// <returns>The file.</returns>
    public static FoundFile Shrunk(Difference difference, Func<string, string>? change = null)
    {
        Suspect suspect = new(difference.Model, difference.Role, difference.Flavour, change ?? (c => c));
        (string source, NamedInput input) = new Shrinker(suspect, difference.Model).Shrink(ProgramSet.Source(difference.Seed), difference.Input);
        return new(difference.Model, difference.Role, input, source);
    }

    /// <summary>Writes the file of a difference.</summary>
    /// <param name="difference">The difference.</param>
    /// <param name="file">Its file.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="change">What is done to the C before it is compiled: a fault that a test plants.</param>
    /// <returns>Its path.</returns>
    public static string Write(Difference difference, FoundFile file, string folder, Func<string, string>? change = null)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, difference.Program + ".cs");
        File.WriteAllText(path, file.Text(path, [$"{difference}", .. Outcomes(file, [difference.Flavour], change ?? (c => c)).Select(o => o.Line)]));
        return path;
    }

    /// <summary>Runs a file, by .NET, the interpreter of the translated body, and C.</summary>
    /// <param name="file">The file.</param>
    /// <param name="flavours">The flavours of C.</param>
    /// <param name="change">What is done to the C before it is compiled: a fault that a test plants.</param>
    /// <returns>What each did, and whether it is what .NET did.</returns>
    public static IReadOnlyList<(string Line, bool IsSame)> Outcomes(FoundFile file, IReadOnlyList<Flavour> flavours, Func<string, string> change)
    {
        using ProgramFile compiled = ProgramFile.Of(file.Source);
        DrawnProgram program = compiled.Programs.Single(p => p.Model.Name == file.Model && p.Role == file.Role);
        ProgramInput input = file.Input.For(program);
        ProgramRun run = new(program, input, program.Run(input));
        List<(string, bool)> outcomes = [($".NET: {run.Expected.Describe(program)}", true)];
        Add("interpreter", Outcome.Of(program, input, BodyInterpreter.Run(program.Model, program.Method, input.ForInterpreter(program))));
        using CTrial trial = new(compiled, [run], change);
        foreach (Flavour flavour in flavours)
        {
            try
            {
                Add(flavour.Name, trial.Run(flavour)[0]);
            }
            catch (InvalidOperationException e)
            {
                outcomes.Add(($"{flavour.Name}: does not compile: {e.Message}", false));
            }
        }

        return outcomes;

        void Add(string name, Outcome outcome) =>
            outcomes.Add(($"{name}: {outcome.Describe(program)}", run.Expected.DifferenceTo(program, outcome) is null));
    }
}
