using System.Collections.Generic;
using System.Linq;
using Kml.Inference.Bodies;
using Kml.Model;
using Kml.TestSupport;

namespace Kml.Programs.Trial;

/// <summary>What a program runs on, by name: it fits a model of which fields were left out, too.</summary>
/// <param name="Bits">The bits of each scalar, such as <c>from.Sectors</c>, <c>state.Slots[1].Low</c> and <c>value</c>; those without are 0.</param>
internal sealed record NamedInput(IReadOnlyDictionary<string, ulong> Bits)
{
    private const string Value = "value";

    /// <summary>The names of an input.</summary>
    /// <param name="program">The program.</param>
    /// <param name="input">What it runs on.</param>
    public static NamedInput Of(DrawnProgram program, ProgramInput input)
    {
        Dictionary<string, ulong> bits = new() { [Value] = input.Value };
        Add("from", program.From, input.From);
        Add("to", program.Model.To.Info().Layout, input.To);
        Add("state", program.State, input.State);
        return new(bits);

        void Add(string name, StructLayout layout, byte[] bytes)
        {
            foreach (PlacedScalar scalar in layout.Scalars.Where(_ => bytes.Length > 0))
                bits[$"{name}.{scalar.Path}"] = ScalarBytes.Read(System.MemoryExtensions.AsSpan(bytes, scalar.Offset), scalar.Type);
        }
    }

    /// <summary>The input of a program.</summary>
    /// <param name="program">The program.</param>
    public ProgramInput For(DrawnProgram program)
    {
        byte[] Bytes(string name, StructLayout layout) => BodyMemory.Of(layout, s => Bits.GetValueOrDefault($"{name}.{s.Path}"));
        return new(
            Bytes("from", program.From),
            Bytes("to", program.Model.To.Info().Layout),
            Bytes("state", program.State),
            (uint)Bits.GetValueOrDefault(Value));
    }
}
