using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Kml.KmodGen.Bodies;
using Kml.KmodGen.Bodies.Names;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;

namespace Kml.KmodGen.Data;

/// <summary>Golden vectors as an initialiser of <c>struct kml_golden</c>.</summary>
internal static class GoldenData
{
    // The build has checked all of the file's; what a load adds is this machine, and each vector takes some 120 bytes of the module.
    private const int Most = 8;

    /// <summary>How many vectors the module carries.</summary>
    /// <param name="weights">The weights file.</param>
    /// <returns>The number.</returns>
    public static int Count(WeightsFile weights) => Math.Min(Most, weights[WeightsNames.GoldenFloat].Count);

    /// <summary>The elements of the array.</summary>
    /// <param name="model">The model.</param>
    /// <param name="weights">The weights file.</param>
    /// <returns>C, without a line feed at the end.</returns>
    public static string Elements(ModelSpec model, WeightsFile weights)
    {
        byte[] from = weights[WeightsNames.GoldenFrom].ToArray<byte>();
        byte[] state = weights[WeightsNames.GoldenState].ToArray<byte>();
        int[] features = weights[WeightsNames.GoldenFeatures].ToArray<int>();
        int[] single = weights[WeightsNames.GoldenFloat].ToArray<int>();
        int[]? integer = weights.Find(WeightsNames.GoldenInteger)?.ToArray<int>();
        StructLayout fromLayout = model.From.Info().Layout;
        StructLayout stateLayout = StructLayout.Of(model.State?.Fields ?? default);
        (string Designator, ScalarType Type, int Offset)[] scalars = [.. new StructNames(new CNames(model.Name), model).StateScalars()];

        StringBuilder text = new();
        int count = Count(weights);
        for (int i = 0; i < count; i++)
        {
            // Spread over the file's.
            int v = i * single.Length / count;
            text.Append("\t{\n");
            Member(text, "from", Fields(fromLayout.Scalars.Select(f => ("." + CNames.Snake(f.Path), f.Type, f.Offset)), from.AsSpan(v * fromLayout.Size)));
            if (stateLayout.Fields.Count > 0)
                Member(text, "state", Fields(scalars, state.AsSpan(v * stateLayout.Size)));
            Member(text, "features", [.. features.AsSpan(v * model.Features.Count, model.Features.Count).ToArray().Select(Bits)]);
            text.Append(CultureInfo.InvariantCulture, $"\t\t.prediction_float = {Bits(single[v])},\n");
            if (integer is not null)
                text.Append(CultureInfo.InvariantCulture, $"\t\t.prediction_integer = {Bits(integer[v])},\n");
            text.Append("\t},\n");
        }

        return text.ToString().TrimEnd('\n');
    }

    private static string Bits(int value) => "0x" + value.ToString("x8", CultureInfo.InvariantCulture);

    private static void Member(StringBuilder text, string name, IEnumerable<string> values)
    {
        string line = $"\t\t.{name} = {{ ";
        int column = 16 + line.Length - 2;
        text.Append(line);
        string separator = "";
        foreach (string value in values)
        {
            text.Append(separator);
            if (column + value.Length + 4 > 100)
            {
                text.Append("\n\t\t\t");
                column = 24;
            }
            else if (separator.Length > 0)
            {
                text.Append(' ');
            }

            text.Append(value);
            column += value.Length + 2;
            separator = ",";
        }

        text.Append(" },\n");
    }

    private static List<string> Fields(IEnumerable<(string Designator, ScalarType Type, int Offset)> scalars, ReadOnlySpan<byte> bytes)
    {
        List<string> values = [];
        foreach ((string designator, ScalarType type, int offset) in scalars)
        {
            ReadOnlySpan<byte> at = bytes[offset..];
            Int128 value = type switch
            {
                ScalarType.I8 => (sbyte)at[0],
                ScalarType.Bool or ScalarType.U8 => at[0],
                ScalarType.I16 => BinaryPrimitives.ReadInt16LittleEndian(at),
                ScalarType.U16 => BinaryPrimitives.ReadUInt16LittleEndian(at),
                ScalarType.U32 => BinaryPrimitives.ReadUInt32LittleEndian(at),
                ScalarType.I64 => BinaryPrimitives.ReadInt64LittleEndian(at),
                ScalarType.U64 => BinaryPrimitives.ReadUInt64LittleEndian(at),
                _ => BinaryPrimitives.ReadInt32LittleEndian(at),
            };
            values.Add($"{designator} = {ExpressionPrinter.Text(CLiteral.OfInteger(value, CTypes.Promoted(type)))}");
        }

        return values;
    }
}
