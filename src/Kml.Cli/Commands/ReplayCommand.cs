using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using Kml.Cli.Replay;
using Kml.Model;
using Kml.Runtime;
using Kml.Training;
using Spectre.Console;

namespace Kml.Cli.Commands;

/// <summary><c>kml replay</c>: the model's methods on records again, as the kernel ran them; and, in a debugger, on the record that is worth a look.</summary>
internal static class ReplayCommand
{
    private static readonly Dictionary<string, BreakCondition> Conditions = new()
    {
        ["fault"] = BreakCondition.Fault,
        ["difference"] = BreakCondition.Difference,
    };

    public static Command Create(IAnsiConsole output, TextWriter progress, AttachedDebugger debugger)
    {
        Argument<FileInfo> file = new("records") { Description = "a file of records, as 'kml collect' writes it" };
        Option<FileInfo> assembly = new("--for")
        {
            Description = "the assembly that declares the model: its methods are run",
            Required = true,
            HelpName = "assembly",
        };
        Option<FileInfo> weights = new("--weights")
        {
            Description = "the weights that the module was emitted with, if not those of the project's folder",
            HelpName = "file",
        };
        Option<string?> condition = new("--break-on")
        {
            Description = "end at the first record on which a method faults, or differs from the kernel; a debugger stops before it is run again",
            HelpName = "fault|difference",
        };
        Option<bool> attach = new("--attach") { Description = "there, wait until a debugger is attached" };
        condition.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is string word && !Conditions.ContainsKey(word))
                result.AddError($"--break-on takes 'fault' or 'difference', not '{word}'.");
        });
        Command command = new("replay", "Runs a model's methods on records again and compares, or finds the record to debug.")
        {
            file, assembly, weights, condition, attach,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(attach) && result.GetValue(condition) is null)
                result.AddError("--attach needs to know where: add --break-on fault, or --break-on difference.");
        });
        command.SetAction(result =>
        {
            using RecordSet records = RecordSet.Load(result.GetRequiredValue(file).ToString());
            RecordReplay model = LoadedModel.Of(result.GetRequiredValue(assembly), records.Model);
            if (result.GetValue(condition) is not string word)
                return Show(output, model.Compare(records, Learned()));
            RecordStop? stop = Conditions[word] == BreakCondition.Fault ? model.FirstFault(records, Learned()) : model.FirstDifference(records, Learned());
            if (stop is null)
            {
                output.Profile.Out.Writer.WriteLine(FormattableString.Invariant($"There is no {word} in {records.Count:N0} records."));
                return 0;
            }

            RecordTables.Show(output, records, stop.Index);

            // As it is: a console would wrap the paths.
            output.Profile.Out.Writer.WriteLine(stop.Words);
            if (stop.Method is ReplayedMethod method)
                debugger.Step(() => model.Run(records, stop.Index, method), result.GetValue(attach), progress);
            return 1;

            WeightsFile? Learned() => (result.GetValue(weights) ?? ModelWeights.Find(model.Model, result.GetRequiredValue(assembly).Directory)) is { } learned
                ? ModelWeights.Load(model.Model, learned)
                : null;
        });
        return command;
    }

    private static int Show(IAnsiConsole output, ReplayReport report)
    {
        new Facts("replayed in C#")
            .Add("records", $"{report.Records:N0}")
            .Add("predictions", $"{report.Floats:N0} of the float network, {report.Integers:N0} of the integer twin")
            .Add("labels", $"{report.Labels:N0}")
            .Add("equal to the bit", $"{report.Equal:N0}")
            .Add("different", $"{report.Different:N0}")
            .Write(output);
        if (report.FirstDifference is not string difference)
            return 0;
        output.Profile.Out.Writer.WriteLine($"{difference}. Look at it: --break-on difference");
        return 1;
    }
}
