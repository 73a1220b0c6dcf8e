using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using Kml.Model;
using Kml.Model.Lowering;
using Kml.Model.Lowering.Budgets;
using Kml.Runtime;
using Spectre.Console;

namespace Kml.Cli.Commands;

/// <summary><c>kml info</c>: what a model is, as declared in an assembly or as loaded behind a device.</summary>
internal static class InfoCommand
{
    private const string DevicePrefix = "/dev/kml-";

    public static Command Create(IAnsiConsole output)
    {
        Argument<string> subject = new("subject")
        {
            Description = "an assembly that declares models, or a loaded module: its model's name or /dev/kml-<model>",
        };
        Command command = new("info", "Shows models, their layers and budgets; or a loaded module and its rings.") { subject };
        command.SetAction(result =>
        {
            string name = result.GetRequiredValue(subject);
            if (name.StartsWith(DevicePrefix, StringComparison.Ordinal))
                ShowModule(output, name[DevicePrefix.Length..]);
            else if (!name.Contains('/') && !name.Contains('.'))
                ShowModule(output, name);
            else
                ShowAssembly(output, new FileInfo(name));
        });
        return command;
    }

    private static void ShowAssembly(IAnsiConsole output, FileInfo assembly)
    {
        foreach (ModelSpec model in DeclaredModels.Read(assembly))
        {
            ModelProgram program = ModelProgram.For(model);
            RecordLayout record = RecordLayout.Of(model);
            new Facts($"model {model.Name}")
                .Add("fingerprint", ModelText.Fingerprint(model))
                .Add("observes", string.Join(", ", model.Observes.Select(e => e.Info().Word)))
                .Add("predicts at", model.From.Info().Word)
                .Add("label known at", model.To.Info().Word)
                .Add("features", $"{model.Features.Count} of {model.Features.Type}")
                .Add("layers", string.Join(", ", model.Layers.Select(l => FormattableString.Invariant($"{l.Units} {l.Activation}"))))
                .Add("head", model.Label.IsClassification ? $"classification, {model.Label.Classes} classes" : $"regression, {model.Label.Type}")
                .Add("verdict", model.Verdict?.Name ?? "none")
                .Add("policy", model.Policy?.Name ?? "none")
                .Add("integer twin", program.Shape.IntegerTwin ? "yes" : "no")
                .Add("parameters", $"{program.Parameters:N0}")
                .Add("weights", $"{program.Size:N0} bytes")
                .Add("multiply-adds", $"{program.MultiplyAdds:N0}")
                .Add("guarded section", $"about {ModelBudget.Of(program).GuardedNs:N0} ns")
                .Add("record", $"{record.Size} bytes")
                .Add("rings", $"{model.Ring.Records:N0} records a CPU, {(long)model.Ring.Records * record.Size:N0} bytes")
                .Add("state", $"{record.StateSize} bytes a {model.From.Info().Entity.Word}")
                .Add("open record", $"{record.EntrySize} bytes, until its label is known")
                .Write(output);
            output.Write(Bodies(model));
        }
    }

    private static Table Bodies(ModelSpec model)
    {
        Table bodies = new Table { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape($"what the methods of {model.Name} take at the most")) }
            .AddColumns("method", "operations", "stack", "checks that remain");
        foreach (BodyBudget body in BodyBudget.Of(model))
        {
            bodies.AddRow(
                new Text(body.IsFunction ? $"  {body.Title}" : body.Title),
                new Text(FormattableString.Invariant($"{body.Operations:N0}")),
                new Text(FormattableString.Invariant($"{body.FrameBytes:N0} bytes")),
                new Text(body.ChecksInWords()));
        }

        return bodies;
    }

    private static void ShowModule(IAnsiConsole output, string model)
    {
        using KernelModelDevice device = KernelModelDevice.Open(model);
        ModuleInfo info = device.Info;
        new Facts($"module kml_{info.Model}")
            .Add("fingerprint", info.Fingerprint)
            .Add("predicts at", info.From.Info().Word)
            .Add("label known at", info.To.Info().Word)
            .Add("features", $"{info.Layout.FeatureCount}")
            .Add("state", $"{info.Layout.StateSize} bytes")
            .Add("record", $"{info.Layout.Size} bytes")
            .Add("weights", info.HasWeights ? $"version {info.WeightsVersion}" : (FormattableString)$"none: it collects and does not predict")
            .Add("integer twin", info.HasIntegerTwin ? "yes" : "no")
            .Add("rings", $"one a CPU, of {info.RingRecords:N0} records")
            .Write(output);

        Table rings = new Table { Border = TableBorder.Rounded, Title = new TableTitle("rings") }
            .AddColumns("CPU", "produced", "dropped", "consumed", "pending", "off");

        // Each ring is read once, so that the last row is the sum of those above it.
        RingCounts all = default;
        for (int cpu = 0; cpu < info.Cpus; cpu++)
        {
            RingCounts counts = device.Count(cpu);
            all += counts;
            if (counts.Produced > 0)
                rings.AddRow(Row(FormattableString.Invariant($"{cpu}"), counts));
        }

        rings.AddRow(Row("all", all));
        output.Write(rings);
    }

    private static Text[] Row(string name, RingCounts counts) =>
    [
        new(name),
        new(FormattableString.Invariant($"{counts.Produced:N0}")),
        new(FormattableString.Invariant($"{counts.Dropped:N0}")),
        new(FormattableString.Invariant($"{counts.Consumed:N0}")),
        new(FormattableString.Invariant($"{counts.Pending:N0}")),
        new(FormattableString.Invariant($"{counts.Off}")),
    ];
}
