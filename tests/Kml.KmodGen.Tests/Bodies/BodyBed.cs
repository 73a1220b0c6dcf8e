using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Kml.Inference.Bodies;
using Kml.KmodGen.Bodies;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;
using Kml.TestSupport;

namespace Kml.KmodGen.Tests.Bodies;

/// <summary>A body with the role that it is compiled for.</summary>
/// <param name="Role">The role.</param>
/// <param name="Method">The body.</param>
/// <param name="Model">A model that the body could be of.</param>
internal sealed record BodyCase(BodyRole Role, Method Method, ModelSpec Model);

/// <summary>A scalar that a body may read or write.</summary>
/// <param name="Place">The event's word, or s for the state.</param>
/// <param name="Scalar">The scalar.</param>
/// <param name="Member">How C reaches it.</param>
internal sealed record BodySlot(string Place, PlacedScalar Scalar, string Member);

/// <summary>
/// Runs many bodies as C: one program with a function a body, which reads inputs as structs and writes outputs as structs.
/// Both are C structs of 64-bit fields in a fixed order, so that nothing depends on layouts under test.
/// </summary>
internal static class BodyBed
{
    /// <summary>What C code did with one input.</summary>
    /// <param name="Fault">0, or the fault.</param>
    /// <param name="Returned">The value's bits.</param>
    /// <param name="Features">The features' bits.</param>
    /// <param name="Fields">Events and state afterwards, in the order of <see cref="Slots"/>.</param>
    public sealed record COutcome(int Fault, ulong Returned, ulong[] Features, ulong[] Fields);

    public const int MaxFeatures = 64;

    /// <summary>The header with the state that all bodies share.</summary>
    public static readonly CNames Names = new("t");

    private static readonly BodyModel Shared = new(Names, SampleModels.Minimal() with { State = new(StateScope.PerDevice, BodyState.Fields) });

    // A label's two, and those at which a policy acts.
    private static readonly EventInfo[] Events =
    [
        .. new[] { EventKind.BioQueue, EventKind.BlockComplete }.Select(k => k.Info()).Union(EventCatalog.All.Where(e => e.Levers.Count > 0)),
    ];

    /// <summary>Every scalar: of the events, and of the state.</summary>
    public static IReadOnlyList<BodySlot> Slots { get; } =
    [
        .. Events.SelectMany(e => e.Layout.Scalars.Select(s => new BodySlot(e.Word, s, CNames.Snake(s.Path)))),
        .. StructLayout.Of(BodyState.Fields).Scalars.Zip(Shared.Structs.StateScalars(), (s, c) => new BodySlot("s", s, c.Designator[1..])),
    ];

    /// <summary>The program's text.</summary>
    /// <param name="cases">The bodies.</param>
    /// <returns>C.</returns>
    public static string Program(IReadOnlyList<BodyCase> cases) => Program(cases, cases.SelectMany((c, i) => Parts(c, Symbol(i))));

    /// <summary>The program's text, of bodies that are C already.</summary>
    /// <param name="cases">The bodies.</param>
    /// <param name="parts">Their functions, named as <see cref="Symbol"/> says, and what these need.</param>
    /// <returns>C.</returns>
    public static string Program(IReadOnlyList<BodyCase> cases, IEnumerable<string> parts)
    {
        StringBuilder text = new();
        text.Append("#include <stdio.h>\n#include \"kml_abi.h\"\n#include \"kml_arith_float.h\"\n");
        foreach (string header in FunctionForms.Headers)
            text.Append(CultureInfo.InvariantCulture, $"#include \"{header}\"\n");
        foreach (EventFamily family in Events.Where(e => e.Levers.Count > 0).Select(e => e.Family).Distinct())
            text.Append(CultureInfo.InvariantCulture, $"#include \"kml_{family.Word}_lever.h\"\n");
        text.Append('\n');
        text.AppendJoin("\n\n", Shared.Structs.Definitions).Append("\n\n");

        // Two bodies may have a table in common.
        text.AppendJoin("\n\n", parts.Distinct()).Append("\n\n");
        AddPlaces(text);
        for (int i = 0; i < cases.Count; i++)
            text.Append(Wrapper(i, cases[i])).Append('\n');
        text.Append("static void (*const cases[])(struct io *) = {\n");
        for (int i = 0; i < cases.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"\tcase{i},\n");
        return text.Append("""
            };

            int main(void)
            {
            	struct io io;
            	u32 n;

            	while (fread(&n, sizeof(n), 1, stdin) == 1) {
            		if (fread(&io, sizeof(io), 1, stdin) != 1)
            			return 1;
            		cases[n](&io);
            		if (fwrite(&io, sizeof(io), 1, stdout) != 1)
            			return 1;
            	}
            	return 0;
            }

            """).ToString();
    }

    /// <summary>A body as C.</summary>
    /// <param name="body">The body.</param>
    /// <param name="symbol">The name of its function.</param>
    /// <returns>Its tables, the functions that it calls, and its function.</returns>
    public static IEnumerable<string> Parts(BodyCase body, string symbol)
    {
        (string[] tables, CFunction[] functions) = Translated(body, symbol);
        return [.. tables, .. functions.Select(FunctionPrinter.Text)];
    }

    /// <summary>A body before it is printed.</summary>
    /// <param name="body">The body.</param>
    /// <param name="symbol">The name of its function.</param>
    /// <returns>Its tables; the functions that it calls, and its function as the last.</returns>
    public static (string[] Tables, CFunction[] Functions) Translated(BodyCase body, string symbol)
    {
        BodyModel model = new(Names, body.Model);
        Method[] methods = [.. model.Functions.CalledBy([body.Method]), body.Method];
        return (
            [.. TableText.In(methods).Select(t => TableText.Of(t, model.Symbol(t)))],
            [.. methods[..^1].Select(f => model.Translated(f.Name).Function), BodyTranslator.Translate(model, body.Role, symbol, body.Method)]);
    }

    /// <summary>Writes inputs as the program reads them.</summary>
    /// <param name="inputs">Which body runs on what.</param>
    /// <param name="cases">The bodies.</param>
    /// <returns>The bytes of its standard input.</returns>
    public static byte[] Input(IEnumerable<(int Case, BodyInput Input)> inputs, IReadOnlyList<BodyCase> cases)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        foreach ((int at, BodyInput input) in inputs)
        {
            writer.Write(at);
            writer.Write(0ul);
            writer.Write(input.Scalars.Values.SingleOrDefault());
            for (int i = 0; i < MaxFeatures; i++)
                writer.Write(0ul);
            foreach (BodySlot slot in Slots)
                writer.Write(Bits(cases[at].Method, input.Memory, slot) ?? 0);
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Reads what the program wrote.</summary>
    /// <param name="output">The bytes of its standard output.</param>
    /// <returns>An outcome an input.</returns>
    public static IEnumerable<COutcome> Output(byte[] output)
    {
        BinaryReader reader = new(new MemoryStream(output));
        while (reader.BaseStream.Position < output.Length)
        {
            yield return new(
                (int)reader.ReadUInt64(),
                reader.ReadUInt64(),
                [.. Enumerable.Range(0, MaxFeatures).Select(_ => reader.ReadUInt64())],
                [.. Slots.Select(_ => reader.ReadUInt64())]);
        }
    }

    /// <summary>What a body finds or leaves in a slot; null if it does not take what the slot is part of.</summary>
    /// <param name="method">The body.</param>
    /// <param name="memory">The bytes of its parameters.</param>
    /// <param name="slot">The slot.</param>
    /// <returns>The bits.</returns>
    public static ulong? Bits(Method method, IReadOnlyDictionary<string, byte[]> memory, BodySlot slot)
    {
        Parameter? parameter = method.Parameters.FirstOrDefault(p => slot.Place == "s" ? p.Kind == ParameterKind.State : p.Event?.Info().Word == slot.Place);
        return parameter is null ? null : ScalarBytes.Read(memory[parameter.Name].AsSpan(slot.Scalar.Offset), slot.Scalar.Type);
    }

    private static string Member(int slot) => $"{Slots[slot].Place}.{Slots[slot].Member}";

    /// <summary>The name of the function of a body.</summary>
    /// <param name="index">Which of the program's bodies it is.</param>
    /// <returns>The name.</returns>
    public static string Symbol(int index) => $"body{index.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Adds what all bodies run on, and what fills and empties it.</summary>
    private static void AddPlaces(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"struct io {{ u64 fault, value, x[{MaxFeatures}], field[{Slots.Count}]; }};\n\nstruct places {{\n");
        foreach (EventInfo info in Events)
            text.Append(CultureInfo.InvariantCulture, $"\tstruct kml_{info.Word} {info.Word};\n");
        text.Append("\tstruct kml_t_state s;\n};\n\n");
        // Within each case: what gcc makes of a body must not depend on its callers knowing little of what it runs on.
        text.Append("#ifndef WITHIN\n#define WITHIN static inline __attribute__((__always_inline__))\n#endif\n\n");
        text.Append("static inline u64 bits(float x) { return kml_f32_to_bits(x); }\n");
        text.Append("static inline float from_bits(u64 x) { return kml_f32_from_bits((u32)x); }\n\n");
        text.Append("WITHIN void load(struct places *p, const struct io *io)\n{\n");
        for (int i = 0; i < Slots.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"\tp->{Member(i)} = ({CTypes.Name(Slots[i].Scalar.Type)})io->field[{i}];\n");
        text.Append("}\n\nWITHIN void store(const struct places *p, struct io *io)\n{\n");
        for (int i = 0; i < Slots.Count; i++)
        {
            string cast = Slots[i].Scalar.Type.IsSigned() || Slots[i].Scalar.Type == ScalarType.Q16 ? "(u64)(s64)" : "";
            text.Append(CultureInfo.InvariantCulture, $"\tio->field[{i}] = {cast}p->{Member(i)};\n");
        }

        text.Append("}\n\n");
    }

    private static string Wrapper(int index, BodyCase body)
    {
        ScalarType label = body.Model.Label.Type, feature = body.Model.Features.Type;
        string value = label == ScalarType.F32 ? "from_bits(io->value)" : $"({CTypes.Name(label)})io->value";
        string events = string.Join(", ", body.Method.Parameters.Where(p => p.Kind == ParameterKind.Event).Select(p => "&p." + p.Event!.Value.Info().Word));
        string call = body.Role switch
        {
            BodyRole.Update => $"{events}, &p.s",
            BodyRole.Features => $"{events}, &p.s, x",
            BodyRole.Label => $"{events}, &label",
            BodyRole.Verdict => $"{events}, {value}, &verdict",
            _ => $"{events}, {value}",
        };
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"static void case{index}(struct io *io)\n{{\n\tstruct places p = {{ 0 }};\n");
        if (body.Role == BodyRole.Features)
            text.Append(CultureInfo.InvariantCulture, $"\t{CTypes.Name(feature)} x[{MaxFeatures}] = {{ 0 }};\n\tint i;\n");
        if (body.Role == BodyRole.Label)
            text.Append(CultureInfo.InvariantCulture, $"\t{CTypes.Name(label)} label = 0;\n");
        if (body.Role == BodyRole.Verdict)
            text.Append("\tbool verdict = 0;\n");
        text.Append("\n\tload(&p, io);\n");
        text.Append(CultureInfo.InvariantCulture, $"\tio->fault = (u64)(s64){Symbol(index)}({call});\n\tio->value = 0;\n");
        if (body.Role == BodyRole.Features)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\tfor (i = 0; i < {body.Model.Features.Count}; i++)\n\t\tio->x[i] = {(feature == ScalarType.F32 ? "bits(x[i])" : "(u64)(s64)x[i]")};\n");
        }

        if (body.Role == BodyRole.Label)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\tio->value = {(label == ScalarType.F32 ? "bits(label)" : label == ScalarType.U32 ? "label" : "(u64)(s64)label")};\n");
        }

        if (body.Role == BodyRole.Verdict)
            text.Append("\tio->value = verdict;\n");
        return text.Append("\tstore(&p, io);\n}\n").ToString();
    }
}
