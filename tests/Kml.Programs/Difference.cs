using Kml.KmodGen.Bodies;
using Kml.Programs.Trial;

namespace Kml.Programs;

/// <summary>A program that does in C what it does not do in .NET.</summary>
/// <param name="Seed">The seed of its file.</param>
/// <param name="Model">The name of its model.</param>
/// <param name="Role">What its method is for.</param>
/// <param name="Flavour">The flavour that differs.</param>
/// <param name="Input">What it runs on.</param>
/// <param name="What">How the two differ.</param>
internal sealed record Difference(int Seed, string Model, BodyRole Role, Flavour Flavour, NamedInput Input, string What)
{
    /// <summary>The difference of a run.</summary>
    /// <param name="seed">The seed of its file.</param>
    /// <param name="flavour">The flavour that differs.</param>
    /// <param name="run">The run.</param>
    /// <param name="what">How the two differ.</param>
    public static Difference Of(int seed, Flavour flavour, ProgramRun run, string what) =>
        new(seed, run.Program.Model.Name, run.Program.Role, flavour, NamedInput.Of(run.Program, run.Input), what);

    /// <summary>Which program it is.</summary>
    public string Program => $"{Seed}-{Model}-{Role}";

    /// <inheritdoc/>
    public override string ToString() => $"seed {Seed}, {Model}, {Role}, {Flavour.Name}: {What}";
}
