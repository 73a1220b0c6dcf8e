using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.Inference.Bodies;
using Kml.Model;
using Kml.Runtime;
using Kml.Training;
using Spectre.Console;

namespace Kml.Cli.Replay;

/// <summary>A record in words: what the kernel left in it, and what its methods are run on.</summary>
internal static class RecordTables
{
    /// <summary>Shows a record.</summary>
    /// <param name="output">Where.</param>
    /// <param name="records">The records.</param>
    /// <param name="index">Its index.</param>
    public static void Show(IAnsiConsole output, RecordSet records, long index)
    {
        ModelSpec model = records.Model;
        Record record = new(records[index], records.Layout, cpu: 0);
        Facts kernel = new Facts(FormattableString.Invariant($"record {index}"))
            .Add("flags", record.Flags.ToString())
            .Add("weights", $"version {record.WeightsVersion}");
        if (record.Has(RecordFlags.Predicted))
        {
            kernel.Add("features", string.Join(", ", record.Features.ToArray().Select(f => Text(model.Features.Type, f))))
                .Add("prediction", $"{Text(model.Label.Type, record.Prediction)}, by the {record.Format.ToString().ToLowerInvariant()} engine");
        }

        if (record.Has(RecordFlags.LabelValid))
            kernel.Add("label", Text(model.Label.Type, record.Label));
        kernel.Write(output);
        Show(output, model.From, record.From);
        Show(output, model.To, record.To);
        if (model.State is { } state)
            Fields("state before", StructLayout.Of(state.Fields).Scalars, record.State, _ => null).Write(output);
    }

    private static void Show(IAnsiConsole output, EventKind kind, ReadOnlySpan<byte> bytes)
    {
        EventInfo info = kind.Info();
        Type type = typeof(BioQueue).Assembly.GetType(info.ClrName, throwOnError: true)!;
        Fields(kind.ToString(), info.Layout.Scalars, bytes, name => type.GetProperty(name)?.PropertyType).Write(output);
    }

    private static Facts Fields(string title, IEnumerable<PlacedScalar> scalars, ReadOnlySpan<byte> bytes, Func<string, Type?> typeOf)
    {
        Facts facts = new(title);
        foreach (PlacedScalar scalar in scalars)
        {
            ulong bits = ScalarBytes.Read(bytes.Slice(scalar.Offset, scalar.Type.Size()), scalar.Type);
            string text = Text(scalar.Type, bits);
            facts.Add(scalar.Path, typeOf(scalar.Path) is { IsEnum: true } named ? $"{Enum.ToObject(named, bits)} ({text})" : text);
        }

        return facts;
    }

    private static string Text(ScalarType type, ulong bits) => type switch
    {
        ScalarType.Bool => bits != 0 ? "true" : "false",
        ScalarType.F32 => BitConverter.UInt32BitsToSingle((uint)bits).ToString("R", CultureInfo.InvariantCulture),
        ScalarType.Q16 => ((int)bits / 65536.0).ToString("R", CultureInfo.InvariantCulture),
        ScalarType.I8 => ((sbyte)bits).ToString(CultureInfo.InvariantCulture),
        ScalarType.I16 => ((short)bits).ToString(CultureInfo.InvariantCulture),
        ScalarType.I32 => ((int)bits).ToString(CultureInfo.InvariantCulture),
        ScalarType.I64 => ((long)bits).ToString(CultureInfo.InvariantCulture),
        _ => bits.ToString(CultureInfo.InvariantCulture),
    };
}
