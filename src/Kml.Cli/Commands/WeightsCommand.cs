using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using Kml.Inference;
using Kml.Model;
using Spectre.Console;

namespace Kml.Cli.Commands;

/// <summary><c>kml weights</c>: what a weights file holds, and whether a model may be built with it.</summary>
internal static class WeightsCommand
{
    public static Command Create(IAnsiConsole output)
    {
        Argument<FileInfo> file = new("file") { Description = "a weights file, <model>.safetensors" };
        Option<FileInfo> assembly = new("--for")
        {
            Description = "the assembly that declares the model: checks what the build checks, by the build's own function",
            HelpName = "assembly",
        };
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
        string proof = assembly is null
            ? "the format; the digest over every byte; that every number is finite"
            : $"as the build does, against {assembly.Name}: {WeightsProof.Checks}";
        metadata.Add("checked", proof);
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
            if (assembly is not null)
            {
                return WeightsProof.Load(Declared(assembly, file, weights), file.ToString(), out EquatableArray<WeightsFinding> findings)
                    ?? throw new ToolException(string.Join(" ", findings.Select(f => $"{f.Rule.Id}: {f.Message.TrimEnd('.')}.")));
            }

            string[] faults =
            [
                .. weights.HadDigest ? [] : new[] { $"it carries no digest (metadata '{WeightsFile.DigestKey}')" },
                .. weights.Tensors.Where(t => t.Type == TensorType.F32 && !t.ToArray<float>().All(float.IsFinite))
                    .Select(t => $"tensor '{t.Name}' holds NaN or infinity"),
            ];
            return faults.Length == 0
                ? weights
                : throw new ToolException($"{file} cannot be used: {string.Join("; ", faults)}. Train again, or restore the file.");
        }
        catch (WeightsFormatException e)
        {
            throw new ToolException($"{file} is no usable weights file: {e.Message}. Train again, or restore the file.");
        }
    }

    // The build goes by the file's name alone; a file that was copied under another name says itself what it is for.
    private static ModelSpec Declared(FileInfo assembly, FileInfo file, WeightsFile weights)
    {
        string stem = Path.GetFileNameWithoutExtension(file.Name);
        return DeclaredModels.Read(assembly).SingleOrDefault(m => m.Name == stem) ?? DeclaredModels.One(assembly, weights.Model);
    }
}
