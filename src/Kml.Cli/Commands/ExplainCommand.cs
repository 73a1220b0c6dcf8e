using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using Kml.Model;
using Spectre.Console;

namespace Kml.Cli.Commands;

/// <summary><c>kml explain</c>: the page of a diagnostic, or all diagnostics in a table.</summary>
internal static class ExplainCommand
{
    private static IEnumerable<DiagnosticRule> Rules => SourceRules.All.Concat(ModelRules.All).Concat(BuildRules.All);

    public static Command Create(IAnsiConsole output)
    {
        Argument<string?> id = new("id") { Description = "a diagnostic, such as KML0003; without one, all are listed", Arity = ArgumentArity.ZeroOrOne };
        Command command = new("explain", "Prints a diagnostic's page: what it means, an example, the remedy.") { id };
        command.SetAction(result =>
        {
            if (result.GetValue(id) is string asked)
                Explain(output, asked);
            else
                List(output);
        });
        return command;
    }

    private static void Explain(IAnsiConsole output, string id)
    {
        DiagnosticRule rule = Rules.SingleOrDefault(r => r.Id.Equals(id, StringComparison.OrdinalIgnoreCase))
            ?? throw new ToolException($"There is no diagnostic '{id}'. 'kml explain' lists them.");

        // As it is: a console would wrap what is to be copied.
        output.Profile.Out.Writer.Write(DiagnosticPages.Text(rule));
    }

    private static void List(IAnsiConsole output)
    {
        Table table = new Table { Border = TableBorder.Rounded }.AddColumns("id", "severity", "title");
        foreach (DiagnosticRule rule in Rules)
            table.AddRow(new Text(rule.Id), new Text(rule.Severity.ToString().ToLowerInvariant()), new Text(rule.Title));
        output.Write(table);
    }
}
