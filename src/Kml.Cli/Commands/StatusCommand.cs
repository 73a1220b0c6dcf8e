using System;
using System.CommandLine;
using Kml.Model;
using Kml.Runtime;
using Spectre.Console;

namespace Kml.Cli.Commands;

/// <summary><c>kml status</c>: switches, counters and identities of a loaded module.</summary>
internal static class StatusCommand
{
    public static Command Create(IAnsiConsole output)
    {
        Argument<string> model = new("model") { Description = "the model's name" };
        Option<bool> metrics = new("--metrics") { Description = "print the counters as OpenMetrics text, for a collector of metrics" };
        Command command = new("status", "Shows a loaded module's switches and counters, and whether its accounts add up.") { model, metrics };
        command.SetAction(result =>
        {
            ModelControls controls = ModelControls.Of(result.GetRequiredValue(model));
            if (result.GetValue(metrics))
                output.Profile.Out.Writer.Write(OpenMetrics.Text(controls.Model, controls.Counters()));
            else
                Show(output, controls);
        });
        return command;
    }

    internal static void Show(IAnsiConsole output, ModelControls controls)
    {
        Facts switches = new($"module kml_{controls.Model}", explained: true);
        foreach (SwitchInfo info in SwitchCatalog.All)
        {
            string text = controls.Read(info);
            string meaning = info.Meaning.Replace("`", "", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal);
            switches.Add(info.Word, text.Length == 0 ? "none" : text, meaning);
        }

        switches.Write(output);

        CounterValues counters = controls.Counters();
        foreach (CounterGroup group in CounterCatalog.Groups)
            Facts(group, counters).Write(output);
    }

    private static Facts Facts(CounterGroup group, CounterValues counters)
    {
        Facts facts = new($"{group.Title} since load", explained: true);
        foreach (CounterInfo counter in group.Counters)
            facts.Add(counter.Word, counters[counter], counter.Meaning);
        if (group.Parts.Count > 0)
            facts.AddAccount(group.Identity, group.Unit, counters.Off(group));
        if (group == CounterCatalog.Accuracy)
        {
            facts.Add("right, float", Right(counters.Verdicts(PredictionFormat.Float)), "verdicts of the float network that the label confirmed")
                .Add("right, integer", Right(counters.Verdicts(PredictionFormat.Integer)), "verdicts of the integer twin that the label confirmed");
        }

        return facts;
    }

    private static string Right(VerdictCounts verdicts) => verdicts.Total == 0
        ? "no verdicts"
        : FormattableString.Invariant($"{verdicts.TrueNegative + verdicts.TruePositive:N0} of {verdicts.Total:N0}, {verdicts.Accuracy * 100:F2} %");
}
