using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Kml.KmodGen;
using Kml.KmodGen.Bodies;
using Kml.Model;

namespace Kml.Programs.Trial;

/// <summary>
/// The C of a file of models: what the module has of their bodies, and a case a program, which reads what it runs on and writes what it did as the bytes that
/// .NET has, so that layouts are compared, too.
/// </summary>
internal static class CText
{
    /// <summary>How many features fit.</summary>
    public const int MaxFeatures = 8;

    private const int MaxState = 512;

    private static readonly int MaxEvent = EventCatalog.All.Max(e => e.Layout.Size);

    // Numbers of 32 bits: the case, the fault, the value, the features; then bytes.
    private static readonly int FromAt = (3 + MaxFeatures + 1) * 4;

    /// <summary>The bytes of an input, and of an outcome.</summary>
    public static readonly int Size = FromAt + (2 * MaxEvent) + MaxState;

    /// <summary>The program's text.</summary>
    /// <param name="file">The models.</param>
    /// <param name="wanted">Of which of them.</param>
    public static string Of(ProgramFile file, IReadOnlyList<DrawnProgram> wanted)
    {
        StringBuilder text = new();
        text.Append("#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include \"kml_abi.h\"\n#include \"kml_arith_float.h\"\n");
        foreach (string header in FunctionForms.Headers)
            text.Append(CultureInfo.InvariantCulture, $"#include \"{header}\"\n");
        foreach (EventFamily family in file.Models.Select(m => m.From.Info()).Where(e => e.Levers.Count > 0).Select(e => e.Family).Distinct())
            text.Append(CultureInfo.InvariantCulture, $"#include \"kml_{family.Word}_lever.h\"\n");
        text.Append(CultureInfo.InvariantCulture, $$"""

            struct io {
            	u32 n, fault, value, x[{{MaxFeatures + 1}}];
            	unsigned char from[{{MaxEvent}}], to[{{MaxEvent}}], state[{{MaxState}}];
            };
            _Static_assert(sizeof(struct io) == {{Size}}, "as it is written");


            """);
        foreach (ModelSpec model in file.Models.Where(m => wanted.Any(p => ReferenceEquals(p.Model, m))))
        {
            BodyModel bodies = new(new CNames(model.Name), model);
            BodyFiles files = new(bodies);
            text.AppendJoin("\n\n", bodies.Structs.Definitions.Concat(bodies.Structs.Assertions)).Append("\n\n");
            text.AppendJoin("\n\n", files.Integer.Concat(files.Float).Select(p => p.Text)).Append("\n\n");
        }

        for (int i = 0; i < wanted.Count; i++)
            text.Append(Case(i, wanted[i]));
        text.Append("static void (*const cases[])(struct io *) = {\n");
        for (int i = 0; i < wanted.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"\tcase{i},\n");

        // What was done is written at once: one that ends here has then said up to where all was well.
        return text.Append("""
            };

            int main(int argc, char **argv)
            {
            	struct io io;

            	setvbuf(stdout, NULL, _IONBF, 0);
            	fseek(stdin, (argc > 1 ? atol(argv[1]) : 0) * (long)sizeof(io), SEEK_SET);
            	while (fread(&io, sizeof(io), 1, stdin) == 1) {
            		cases[io.n](&io);
            		if (fwrite(&io, sizeof(io), 1, stdout) != 1)
            			return 1;
            	}
            	return 0;
            }

            """).ToString();
    }

    /// <summary>Writes an input as the program reads it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="number">The case.</param>
    /// <param name="input">The input.</param>
    public static void Write(BinaryWriter writer, int number, ProgramInput input)
    {
        byte[] bytes = new byte[Size];
        System.BitConverter.TryWriteBytes(bytes, number);
        System.BitConverter.TryWriteBytes(System.MemoryExtensions.AsSpan(bytes, 8), input.Value);
        input.From.CopyTo(bytes, FromAt);
        input.To.CopyTo(bytes, FromAt + MaxEvent);
        input.State.CopyTo(bytes, FromAt + (2 * MaxEvent));
        writer.Write(bytes);
    }

    /// <summary>Reads an outcome as the program wrote it.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="features">How many features the model has.</param>
    public static Outcome Read(System.ReadOnlySpan<byte> bytes, int features)
    {
        uint[] numbers = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, uint>(bytes[..FromAt]).ToArray();
        return new(
            (int)numbers[1],
            numbers[2],
            numbers[3..(3 + features)],
            bytes.Slice(FromAt, MaxEvent).ToArray(),
            bytes[(FromAt + (2 * MaxEvent))..].ToArray());
    }

    // The structs are the case's own: there, a compiler knows most of what a body runs on.
    private static string Case(int number, DrawnProgram program)
    {
        ModelSpec model = program.Model;
        CNames names = new(model.Name);
        ScalarType label = model.Label.Type, feature = model.Features.Type;
        string value = label == ScalarType.F32 ? "kml_f32_from_bits(io->value)" : $"({CTypes.Name(label)})io->value";
        string from = model.From.Info().Word;
        (string symbol, string arguments, string results) = program.Role switch
        {
            BodyRole.Update => ($"update_{from}", "&e, &s", "memcpy(io->state, &s, sizeof(s));"),
            BodyRole.Features => ("features", "&e, &s, x", $"for (i = 0; i < {model.Features.Count}; i++) io->x[i] = {Bits("x[i]", feature)};"),
            BodyRole.Label => ("label", "&e, &to, &label", $"io->value = {Bits("label", label)};"),
            BodyRole.Verdict => ("verdict", $"&e, {value}, &verdict", "io->value = verdict;"),
            _ => ("policy", $"&e, {value}", "memcpy(io->from, &e, sizeof(e));"),
        };
        string own = program.Role switch
        {
            BodyRole.Update => $"{names.State} s;",
            BodyRole.Features => $"{names.State} s; {CTypes.Name(feature)} x[{MaxFeatures}] = {{ 0 }}; int i;",
            BodyRole.Label => $"{CNames.Event(model.To)} to; {CTypes.Name(label)} label = 0;",
            BodyRole.Verdict => "bool verdict = 0;",
            _ => "",
        };
        string read = program.Role switch
        {
            BodyRole.Update or BodyRole.Features => "memcpy(&s, io->state, sizeof(s));",
            BodyRole.Label => "memcpy(&to, io->to, sizeof(to));",
            _ => "",
        };
        return $$"""
            static void case{{number.ToString(CultureInfo.InvariantCulture)}}(struct io *io)
            {
            	{{CNames.Event(model.From)}} e; {{own}}

            	memcpy(&e, io->from, sizeof(e)); {{read}}
            	io->fault = {{names.Symbol(symbol)}}({{arguments}});
            	{{results}}
            }

            """;
    }

    private static string Bits(string value, ScalarType type) => type == ScalarType.F32 ? $"kml_f32_to_bits({value})" : $"(u32){value}";
}
