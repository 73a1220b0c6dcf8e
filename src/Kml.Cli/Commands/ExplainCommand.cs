using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using Kml.Model;
using Spectre.Console;

namespace Kml.Cli.Commands;

/// <summary><c>kml explain</c>: the page of a diagnostic, all diagnostics in a table, or what a line of an emitted file comes from.</summary>
internal static class ExplainCommand
{
    private static IEnumerable<DiagnosticRule> Rules => SourceRules.All.Concat(ModelRules.All).Concat(BuildRules.All);

    public static Command Create(IAnsiConsole output)
    {
        Argument<string?> subject = new("subject")
        {
            Description = "a diagnostic, such as KML0003; or an assembly that declares a model; without one, all diagnostics are listed",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Argument<string?> place = new("line")
        {
            Description = "of the assembly's model: a line of an emitted file, <file>:<line>",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<FileInfo> weights = new("--weights")
        {
            Description = "the weights that the module was emitted with, if not those of the project's folder",
            HelpName = "file",
        };
        Command command = new("explain", "Prints a diagnostic's page; or says what a line of an emitted file comes from.") { subject, place, weights };
        command.SetAction(result =>
        {
            if (result.GetValue(place) is string line)
                Explain(output, EmittedLine.Find(new FileInfo(result.GetRequiredValue(subject)!), line, result.GetValue(weights)));
            else if (result.GetValue(subject) is string id)
                Explain(output, id);
            else
                List(output);
        });
        return command;
    }

    private static void Explain(IAnsiConsole output, EmittedLine line)
    {
        // Not a table: paths are to be copied, and a console would wrap them.
        TextWriter writer = output.Profile.Out.Writer;
        writer.WriteLine(line.Text.Trim());
        writer.WriteLine($"  from {line.Origin.Template}:{line.Origin.Line}");
        if (line.Origin.Row is string row)
            writer.WriteLine($"  for  {row}");
        if (line.Origin.Source is string source)
            writer.WriteLine($"  says {source}");
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
