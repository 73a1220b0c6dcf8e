using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Inference.Bodies;
using Kml.KmodGen.Bodies;
using Kml.Model;

namespace Kml.Programs.Trial;

/// <summary>What a program did with one input.</summary>
/// <param name="Fault">A number of <see cref="Faults"/>.</param>
/// <param name="Value">The 32 bits of a label, or a verdict.</param>
/// <param name="Features">The bits of the features.</param>
/// <param name="From">The event afterwards, which a policy changes.</param>
/// <param name="State">The state afterwards, which an update changes.</param>
internal sealed record Outcome(int Fault, uint Value, uint[] Features, byte[] From, byte[] State)
{
    /// <summary>What tells it from another outcome of the same input.</summary>
    /// <param name="program">The program.</param>
    /// <param name="other">The other, of C.</param>
    /// <returns>The first difference; null if there is none.</returns>
    public string? DifferenceTo(DrawnProgram program, Outcome other)
    {
        // Of two faults within a statement C may say the other, which nothing of the module shows.
        if (Faults.Ends(Fault) != Faults.Ends(other.Fault))
            return $"fault {Faults.Name(Fault)} in .NET, {Faults.Name(other.Fault)} in C";

        // What was written before a fault stays, in both.
        return Within("e", program.From, From, other.From) ?? Within("s", program.State, State, other.State)
            ?? (Fault != Faults.None ? null : Results(program, other));
    }

    /// <summary>What the interpreter of the translated body did, in the same form.</summary>
    /// <param name="program">The program.</param>
    /// <param name="input">What it ran on, which stays where the method does not take it.</param>
    /// <param name="outcome">What it did.</param>
    public static Outcome Of(DrawnProgram program, ProgramInput input, BodyOutcome outcome)
    {
        uint Bits(ScalarType type, ulong bits) =>
            type == ScalarType.F32 ? KmlMath.CanonicalBits(BitConverter.UInt32BitsToSingle((uint)bits)) : (uint)bits;
        byte[] Memory(ParameterKind kind, byte[] otherwise) =>
            program.Method.Parameters.FirstOrDefault(p => p.Kind == kind) is { } parameter ? outcome.Memory[parameter.Name] : otherwise;
        return new(
            outcome.Faulted ? Faults.Some : Faults.None,
            Bits(program.Role == BodyRole.Label ? program.Model.Label.Type : ScalarType.Bool, outcome.Returned),
            [.. outcome.Features.Select(f => Bits(program.Model.Features.Type, f))],
            Memory(ParameterKind.Event, input.From),
            Memory(ParameterKind.State, input.State));
    }

    /// <summary>It in words: what a program of this role has to show.</summary>
    /// <param name="program">The program.</param>
    public string Describe(DrawnProgram program)
    {
        if (Fault == Faults.Ended)
            return Faults.Name(Fault);
        IEnumerable<string> Scalars(string name, StructLayout layout, byte[] bytes) => layout.Scalars
            .Select(s => (s.Path, Hex: Hex(bytes, s))).Where(s => s.Hex.Trim('0').Length > 0).Select(s => $"{name}.{s.Path} = {s.Hex}");
        IEnumerable<string> shown = program.Role switch
        {
            BodyRole.Update => Scalars("s", program.State, State),
            BodyRole.Features => Features.Select((f, i) => $"x[{i}] = {f:x8}"),
            BodyRole.Policy => Scalars("e", program.From, From),
            _ => [$"value {Value:x8}"],
        };
        return string.Join(", ", shown.Prepend($"fault {Faults.Name(Fault)}"));
    }

    private string? Results(DrawnProgram program, Outcome other)
    {
        if (program.Role is BodyRole.Label or BodyRole.Verdict && Value != other.Value)
            return $"value {Value:x8} in .NET, {other.Value:x8} in C";
        for (int i = 0; program.Role == BodyRole.Features && i < Features.Length; i++)
        {
            if (Features[i] != other.Features[i])
                return $"x[{i}] is {Features[i]:x8} in .NET, {other.Features[i]:x8} in C";
        }

        return null;
    }

    // Bytes between the scalars are nobody's.
    private static string? Within(string name, StructLayout layout, byte[] ours, byte[] theirs)
    {
        if (ours.AsSpan().SequenceEqual(theirs.AsSpan(0, ours.Length)))
            return null;
        IEnumerable<PlacedScalar> differing =
            from s in layout.Scalars
            where !ours.AsSpan(s.Offset, s.Type.Size()).SequenceEqual(theirs.AsSpan(s.Offset, s.Type.Size()))
            select s;
        return differing.FirstOrDefault() is { } first
            ? $"{name}.{first.Path} is {Hex(ours, first)} in .NET, {Hex(theirs, first)} in C"
            : null;
    }

    private static string Hex(byte[] bytes, PlacedScalar scalar) =>
        Convert.ToHexStringLower([.. bytes.AsSpan(scalar.Offset, scalar.Type.Size()).ToArray().Reverse()]);
}
