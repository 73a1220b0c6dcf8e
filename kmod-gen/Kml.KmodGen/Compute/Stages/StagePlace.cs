using System;
using Kml.Model.Lowering;

namespace Kml.KmodGen.Compute.Stages;

/// <summary>A stage in its place among the others: the vectors that it reads and writes, by the names that they have in C.</summary>
/// <param name="Program">The program.</param>
/// <param name="At">The stage's index.</param>
internal sealed record StagePlace(ModelProgram Program, int At)
{
    /// <summary>The stage.</summary>
    public Stage Stage => Program.Stages[At];

    /// <summary>The place of the stage after it.</summary>
    public StagePlace Next => this with { At = At + 1 };

    /// <summary>The vector that it reads.</summary>
    public string Input => Vector(Program, Program.Slots[At - 1]);

    /// <summary>The vector that it writes; the same if it works in place.</summary>
    public string Output => Vector(Program, Program.Slots[At]);

    /// <summary>The buffer in which what it reads lies.</summary>
    public string From => Buffer(Program.Slots[At - 1]);

    /// <summary>The buffer in which what it writes lies.</summary>
    public string To => Buffer(Program.Slots[At]);

    /// <summary>The vector of a slot: x, the features, then h0, h1, ..., and y, which the head reads.</summary>
    /// <param name="program">The program.</param>
    /// <param name="slot">The slot.</param>
    public static string Vector(ModelProgram program, int slot) =>
        slot == 0 ? "x" : slot == program.Slots[program.Slots.Count - 1] ? "y" : FormattableString.Invariant($"h{slot - 1}");

    /// <summary>The buffer of a slot: each of the two takes every second one.</summary>
    /// <param name="slot">The slot.</param>
    public static string Buffer(int slot) => slot % 2 == 0 ? "even" : "odd";
}
