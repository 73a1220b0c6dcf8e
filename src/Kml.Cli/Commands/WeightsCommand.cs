using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using Kml.Model;
using Spectre.Console;

namespace Kml.Cli.Commands;

/// <summary><c>kml weights</c>: what a weights file holds, and whether a model may be built with it.</summary>
internal static class WeightsCommand
{
    public static Command Create(IAnsiConsole output)
    {
        Argument<FileInfo> file = new("file") { Description = "a weights file, <model>.safetensors" };
        Option<FileInfo> assembly = new("--for") { Description = "the assembly that declares the model: checks all that the build checks", HelpName = "assembly" };
        Command command = new("weights", "Shows a weights file and checks it.") { file, assembly };
        command.SetAction(result => Show(output, result.GetRequiredValue(file), result.GetValue(assembly)));
        return command;
    }

    private static void Show(IAnsiConsole output, FileInfo file, FileInfo? assembly)
    {
        WeightsFile weights = Read(file, assembly);
        Facts metadata = new(file.Name);
        foreach ((string key, string value) in weights.Metadata)
            metadata.Add(key, value);
        metadata.Add("checked", assembly is null ? "the format, and that every number is finite" : $"all that the build checks, against {assembly.Name}");
        metadata.Write(output);

        Table tensors = new Table { Border = TableBorder.Rounded, Title = new TableTitle("tensors") }.AddColumns("name", "type", "shape", "bytes");
        foreach (WeightsTensor tensor in weights.Tensors)
        {
            tensors.AddRow(
                new Text(tensor.Name),
                new Text(tensor.Type.ToString()),
                new Text($"[{string.Join(", ", tensor.Shape)}]"),
                new Text(FormattableString.Invariant($"{tensor.ByteCount:N0}")));
        }

        output.Write(tensors);
    }

    private static WeightsFile Read(FileInfo file, FileInfo? assembly)
    {
        try
        {
            WeightsFile weights = WeightsFile.Read(file.FullName);
            IEnumerable<string> faults = assembly is null
                ? weights.Tensors.Where(t => t.Type == TensorType.F32 && !t.ToArray<float>().All(float.IsFinite)).Select(t => $"tensor '{t.Name}' holds NaN or infinity")
                : WeightsCheck.Check(DeclaredModels.One(assembly, weights.Model), file.ToString(), weights).Select(f => f.Message.TrimEnd('.'));
            string[] all = [.. faults];
            return all.Length == 0 ? weights : throw new ToolException($"{file} cannot be used: {string.Join("; ", all)}. Train again, or restore the file.");
        }
        catch (WeightsFormatException e)
        {
            throw new ToolException($"{file} is no usable weights file: {e.Message}. Train again, or restore the file.");
        }
    }
}
