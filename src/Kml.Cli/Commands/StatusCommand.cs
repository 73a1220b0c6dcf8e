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
        new Facts($"module kml_{controls.Model}", explained: true)
            .Add("devices", controls.Devices.Count == 0 ? "none" : string.Join(' ', controls.Devices), "disks whose events are seen")
            .Add("collect", Collects(controls.Collect), "whether records are made")
            .Add("predict", OnOff(controls.Predict), "whether predictions are made")
            .Add("act", OnOff(controls.Act), "whether what the policy asks for is carried out")
            .Add("path", controls.Path.ToString().ToLowerInvariant(), Meaning(controls.Path))
            .Add("holdout", FormattableString.Invariant($"{controls.HoldoutPercent} %"), "share of predictions on which nothing is carried out")
            .Add("weights", controls.WeightsVersion == 0 ? "none" : FormattableString.Invariant($"version {controls.WeightsVersion}"), "that the module was built with")
            .Add("isa", controls.InstructionSet, "instruction set that the float network is run with here")
            .Add("fingerprint", controls.Fingerprint, "SHA-256 of what the model learns from and with")
            .Write(output);

        Facts events = new("events since load", explained: true);
        foreach ((string name, ulong count) in controls.Events())
            events.Add(name, count, Meaning(name));
        events.Write(output);

        JoinCounts join = controls.Join();
        new Facts("requests since load, by what became of them", explained: true)
            .Add("queued", join.Queued, "requests whose first event was seen")
            .Add("labelled", join.Labelled, "requests whose second event was seen too: each makes a record")
            .Add("merged", join.Merged, "requests that went into another one, which was labelled")
            .Add("unissued", join.Unissued, "requests that ended without being issued")
            .Add("table full", join.TableFull, "requests for which the table had no room")
            .Add("expired", join.Expired, "requests that were overwritten, or whose disk went")
            .Add("in flight", join.InFlight, "requests that still wait for their second event")
            .AddAccount("queued = labelled + merged + unissued + table full + expired + in flight", "requests", join.Off)
            .Write(output);

        RingCounts ring = controls.Ring();
        new Facts("records since load", explained: true)
            .Add("produced", ring.Produced, "records that were made")
            .Add("dropped", ring.Dropped, "records that found their ring full")
            .Add("consumed", ring.Consumed, "records that a reader took")
            .Add("pending", ring.Pending, "records that wait for a reader")
            .AddAccount("produced = dropped + consumed + pending", "records", ring.Off)
            .Write(output);

        ShowPredictions(output, controls);
    }

    private static void ShowPredictions(IAnsiConsole output, ModelControls controls)
    {
        PredictionCounts predictions = controls.Predictions();
        new Facts("predictions since load", explained: true)
            .Add("tried", predictions.Tried, "events at which a prediction was due")
            .Add("float", predictions.Float, "predictions of the float network")
            .Add("integer", predictions.Integer, "predictions of the integer twin")
            .Add("none: path", predictions.NonePath, "events without one, as 'path' names no engine of this module")
            .Add("none: FPU in use", predictions.NoneFpu, "events without one, as the FPU was taken")
            .Add("none: fault", predictions.NoneFault, "events without one, as the features faulted")
            .AddAccount("tried = float + integer + none: path + none: FPU in use + none: fault", "events", predictions.Off)
            .Add("would act", predictions.WouldAct, "predictions on which the policy asked for an action")
            .Add("acted", predictions.Acted, "actions carried out")
            .Add("held out", predictions.HeldOut, "predictions in the share on which nothing is carried out")
            .Add("no label: FPU in use", predictions.LabelNone, "labels not computed, as the FPU was taken")
            .Add("no label: fault", predictions.LabelFault, "labels that faulted")
            .Add("right, float", Right(controls.Verdicts(PredictionFormat.Float)), "verdicts of the float network that the label confirmed")
            .Add("right, integer", Right(controls.Verdicts(PredictionFormat.Integer)), "verdicts of the integer twin that the label confirmed")
            .Write(output);
    }

    private static string Meaning(PredictionPath path) => path switch
    {
        PredictionPath.Auto => "who may predict: the float network where the FPU is free, else the integer twin if there is one",
        PredictionPath.Fpu => "who may predict: the float network where the FPU is free, else nobody",
        PredictionPath.Int => "who may predict: the integer twin",
        _ => "who may predict: nobody",
    };

    private static string Meaning(string count) => count switch
    {
        "contended" => "times an event had to wait for its disk's lock",
        "faults" => "updates of the state that faulted",
        "split" => "bios that the kernel split in two",
        _ => $"'{count}' events of the chosen disks",
    };

    private static string Right(VerdictCounts verdicts) => verdicts.Total == 0
        ? "no verdicts"
        : FormattableString.Invariant($"{verdicts.TrueNegative + verdicts.TruePositive:N0} of {verdicts.Total:N0}, {verdicts.Accuracy * 100:F2} %");

    private static string Collects(Collecting collecting) => collecting switch
    {
        Collecting.Off => "off",
        Collecting.WithReader => "on, until its reader goes",
        _ => "on, until it is switched off",
    };

    private static string OnOff(bool value) => value ? "on" : "off";
}
