using System;
using System.Linq;
using Kml.Inference.Bodies;
using Kml.KmodGen.Bodies;
using Kml.Model;
using Kml.Programs.Trial;
using Microsoft.CodeAnalysis;

namespace Kml.Programs.Shrinking;

/// <summary>A program that differs under one flavour, and the question whether another form of it still does.</summary>
/// <param name="model">The name of its model.</param>
/// <param name="role">What its method is for.</param>
/// <param name="flavour">The flavour.</param>
/// <param name="change">What is done to the C before it is compiled: a fault that a test plants.</param>
internal sealed class Suspect(string model, BodyRole role, Flavour flavour, Func<string, string> change)
{
    // A loop whose bound is stated may have lost what ends it; .NET does not count its turns, the interpreter does.
    private static bool MayNotEnd(DrawnProgram program, ProgramInput input) =>
        program.Model.Functions.Append(program.Method).SelectMany(m => Operands.All(m.Body)).OfType<Loop>().Any(l => l.IsStated)
        && BodyInterpreter.Run(program.Model, program.Method, input.ForInterpreter(program)).Faulted;

    /// <summary>How a file differs.</summary>
    /// <param name="source">The file.</param>
    /// <param name="input">What the program runs on.</param>
    /// <returns>The difference; null where there is none, or the file is none that C# and the generator take.</returns>
    public string? Difference(SyntaxTree source, NamedInput input)
    {
        try
        {
            using ProgramFile file = ProgramFile.Of(source);
            if (file.Programs.FirstOrDefault(p => p.Model.Name == model && p.Role == role) is not { } program)
                return null;
            ProgramInput on = input.For(program);
            if (MayNotEnd(program, on))
                return null;
            ProgramRun run = new(program, on, program.Run(on));
            using CTrial trial = new(file, [run], change);
            try
            {
                return run.Expected.DifferenceTo(program, trial.Run(flavour)[0]);
            }
            catch (InvalidOperationException e)
            {
                return $"does not compile: {e.Message}";
            }
        }
        catch (RefusedException)
        {
            return null;
        }
    }
}
