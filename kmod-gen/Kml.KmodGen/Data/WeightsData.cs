using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Kml.KmodGen.Bodies;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.KmodGen.Data;

/// <summary>Weights as data: an initialiser of the weights struct, or beyond 64 KB a table of bytes that the assembler takes in.</summary>
internal static class WeightsData
{
    /// <summary>From this size on the weights are a file of bytes: compilers are slow over large initialisers.</summary>
    public const int BinaryFrom = 65536;

    /// <summary>The weights as the bytes of their struct.</summary>
    /// <param name="model">The model.</param>
    /// <param name="weights">Its weights.</param>
    /// <returns>The bytes.</returns>
    public static byte[] Bytes(ModelSpec model, WeightsFile weights) =>
        WeightPacker.Pack(ModelProgram.For(model), ProgramTensors.Read(ProgramShape.Of(model), weights));

    /// <summary>The definition of the weights in C.</summary>
    /// <param name="names">The module's names.</param>
    /// <param name="program">The program.</param>
    /// <param name="bytes">The packed weights.</param>
    /// <returns>The definition, without a line feed at the end.</returns>
    public static string Definition(CNames names, ModelProgram program, byte[] bytes) =>
        bytes.Length >= BinaryFrom ? Included(names) : Initialised(names, program, bytes);

    private static string Included(CNames names)
    {
        string symbol = names.Symbol("weights");
        return $"""
            asm(".pushsection .rodata\n"
                ".balign 64\n"
                ".globl {symbol}\n"
                ".type {symbol}, @object\n"
                "{symbol}:\n"
                ".incbin \"{names.File("weights.bin")}\"\n"
                ".size {symbol}, . - {symbol}\n"
                ".popsection\n");
            """;
    }

    private static string Initialised(CNames names, ModelProgram program, byte[] bytes)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"const struct {names.Symbol("weights")} {names.Symbol("weights")} __attribute__((__aligned__(64))) = {{\n");
        foreach (WeightArray array in program.Arrays)
        {
            text.Append(CultureInfo.InvariantCulture, $"\t.{array.Name} = {{\n");
            int row = array.Dimensions[array.Dimensions.Count - 1];
            for (int start = 0; start < array.Count; start += row)
                Row(text, array, bytes, start, row, array.Dimensions.Count > 1);
            text.Append("\t},\n");
        }

        return text.Append("};").ToString();
    }

    private static void Row(StringBuilder text, WeightArray array, byte[] bytes, int start, int count, bool nested)
    {
        IEnumerable<string> values = Enumerable.Range(start, count).Select(i => Element(array, bytes, i));
        string indent = nested ? "\t\t\t" : "\t\t";
        if (nested)
            text.Append("\t\t{\n");
        foreach (string[] line in values.Chunk(array.Element == WeightElement.F32 ? 4 : 2))
            text.Append(indent).AppendJoin(", ", line).Append(",\n");
        if (nested)
            text.Append("\t\t},\n");
    }

    private static string Element(WeightArray array, byte[] bytes, int index)
    {
        ReadOnlySpan<byte> at = bytes.AsSpan(array.Offset + (index * (array.Bytes / array.Count)));
        switch (array.Element)
        {
            case WeightElement.F32:
                return ExpressionPrinter.Text(CLiteral.Of(new Constant(ScalarType.F32, BinaryPrimitives.ReadUInt32LittleEndian(at))));
            case WeightElement.Pair:
                return ExpressionPrinter.Text(CLiteral.Exactly(BinaryPrimitives.ReadInt64LittleEndian(at), ScalarType.I64));
            default:
                string add = ExpressionPrinter.Text(CLiteral.Exactly(BinaryPrimitives.ReadInt64LittleEndian(at), ScalarType.I64));
                string mul = ExpressionPrinter.Text(CLiteral.Exactly(BinaryPrimitives.ReadInt32LittleEndian(at[8..]), ScalarType.I32));
                string shift = ExpressionPrinter.Text(CLiteral.Exactly(BinaryPrimitives.ReadInt32LittleEndian(at[12..]), ScalarType.I32));
                return $"{{ {add}, {mul}, {shift} }}";
        }
    }
}
