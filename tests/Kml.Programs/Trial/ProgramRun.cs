namespace Kml.Programs.Trial;

/// <summary>A program, and what it does with an input in .NET.</summary>
/// <param name="Program">The program.</param>
/// <param name="Input">What it runs on.</param>
/// <param name="Expected">What it does.</param>
internal sealed record ProgramRun(DrawnProgram Program, ProgramInput Input, Outcome Expected);
