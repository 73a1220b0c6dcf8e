using Kml.Inference.Bodies;
using Kml.KmodGen.Bodies;
using Kml.Model;
using Kml.TestSupport;

namespace Kml.Programs.Trial;

/// <summary>What a program runs on. A program takes of it what its role has.</summary>
/// <param name="From">The bytes of the event, of a label the first.</param>
/// <param name="To">The bytes of a label's second event.</param>
/// <param name="State">The bytes of the state.</param>
/// <param name="Value">The 32 bits of the label or prediction.</param>
internal sealed record ProgramInput(byte[] From, byte[] To, byte[] State, uint Value)
{
    /// <summary>Draws what a program runs on.</summary>
    /// <param name="program">The program.</param>
    /// <param name="random">Draws bits.</param>
    public static ProgramInput Draw(DrawnProgram program, RandomBodies random)
    {
        ModelSpec model = program.Model;
        uint value = (uint)random.Bits(model.Label.Type);
        return new(
            BodyMemory.Of(model.From.Info().Layout, s => random.Bits(s.Type)),
            program.Role == BodyRole.Label ? BodyMemory.Of(model.To.Info().Layout, s => random.Bits(s.Type)) : [],
            BodyMemory.Of(program.State, s => random.Bits(s.Type)),
            model.Label.IsClassification ? value % (uint)model.Label.Classes : value);
    }

    /// <summary>It as the interpreter takes it.</summary>
    /// <param name="program">The program.</param>
    public BodyInput ForInterpreter(DrawnProgram program)
    {
        BodyInput input = new();
        bool isFirst = true;
        foreach (Parameter parameter in program.Method.Parameters)
        {
            if (parameter.Kind == ParameterKind.Event)
            {
                input.Memory[parameter.Name] = isFirst ? From : To;
                isFirst = false;
            }
            else if (parameter.Kind == ParameterKind.State)
            {
                input.Memory[parameter.Name] = State;
            }
            else if (parameter.Kind == ParameterKind.Scalar)
            {
                input.Scalars[parameter.Name] = parameter.Type is ScalarType.I32 or ScalarType.Q16 ? unchecked((ulong)(int)Value) : Value;
            }
        }

        return input;
    }
}
