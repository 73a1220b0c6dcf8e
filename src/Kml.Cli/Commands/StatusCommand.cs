using System;
using System.CommandLine;
using Kml.Runtime;
using Spectre.Console;

namespace Kml.Cli.Commands;

/// <summary><c>kml status</c>: switches, counters and identities of a loaded module.</summary>
internal static class StatusCommand
{
    public static Command Create(IAnsiConsole output)
    {
        Argument<string> model = new("model") { Description = "the model's name" };
        Command command = new("status", "Shows a loaded module's switches and counters, and whether its accounts add up.") { model };
        command.SetAction(result => Show(output, ModelControls.Of(result.GetRequiredValue(model))));
        return command;
    }

    internal static void Show(IAnsiConsole output, ModelControls controls)
    {
        new Facts($"module kml_{controls.Model}")
            .Add("devices", controls.Devices.Count == 0 ? "none" : string.Join(' ', controls.Devices))
            .Add("collect", controls.Collect switch { Collecting.Off => "off", Collecting.WithReader => "on, until its reader goes", _ => "on, until it is switched off" })
            .Add("predict", OnOff(controls.Predict))
            .Add("act", OnOff(controls.Act))
            .Add("path", controls.Path.ToString().ToLowerInvariant())
            .Add("hold-out", $"{controls.HoldoutPercent} %")
            .Add("weights", controls.WeightsVersion == 0 ? "none" : FormattableString.Invariant($"version {controls.WeightsVersion}"))
            .Add("instruction set", controls.InstructionSet)
            .Add("fingerprint", controls.Fingerprint)
            .Write(output);

        Facts events = new("events");
        foreach ((string name, ulong count) in controls.Events())
            events.Add(name, count);
        events.Write(output);

        JoinCounts join = controls.Join();
        new Facts("join")
            .Add("queued", join.Queued)
            .Add("labelled", join.Labelled)
            .Add("merged", join.Merged)
            .Add("unissued", join.Unissued)
            .Add("table full", join.TableFull)
            .Add("expired", join.Expired)
            .Add("in flight", join.InFlight)
            .AddIdentity("queued = the other six", join.Off)
            .Write(output);

        RingCounts ring = controls.Ring();
        new Facts("ring")
            .Add("produced", ring.Produced)
            .Add("dropped", ring.Dropped)
            .Add("consumed", ring.Consumed)
            .Add("pending", ring.Pending)
            .AddIdentity("produced = the other three", ring.Off)
            .Write(output);

        ShowPredictions(output, controls);
    }

    private static void ShowPredictions(IAnsiConsole output, ModelControls controls)
    {
        PredictionCounts predictions = controls.Predictions();
        new Facts("predictions")
            .Add("tried", predictions.Tried)
            .Add("float", predictions.Float)
            .Add("integer", predictions.Integer)
            .Add("none: path", predictions.NonePath)
            .Add("none: FPU in use", predictions.NoneFpu)
            .Add("none: fault", predictions.NoneFault)
            .AddIdentity("tried = the other five", predictions.Off)
            .Add("would act", predictions.WouldAct)
            .Add("acted", predictions.Acted)
            .Add("held out", predictions.HeldOut)
            .Add("no label: FPU in use", predictions.LabelNone)
            .Add("no label: fault", predictions.LabelFault)
            .Add("verdicts, float", Verdicts(controls.Verdicts(PredictionFormat.Float)))
            .Add("verdicts, integer", Verdicts(controls.Verdicts(PredictionFormat.Integer)))
            .Write(output);
    }

    private static FormattableString Verdicts(VerdictCounts verdicts) =>
        verdicts.Total == 0 ? (FormattableString)$"none" : $"{verdicts.Total:N0}, {verdicts.Accuracy:P2} of them right";

    private static string OnOff(bool value) => value ? "on" : "off";
}
