using System;
using System.CommandLine;
using System.CommandLine.Help;
using System.IO;
using Kml.Cli.Commands;
using Kml.Cli.Replay;
using Kml.Runtime;
using Kml.Training;
using Spectre.Console;

namespace Kml.Cli;

/// <summary>The <c>kml</c> tool.</summary>
internal static class Program
{
    public static int Main(string[] arguments) => Run(arguments, OutputConsole.Standard, Console.Error);

    /// <summary>Runs one command line.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="errors">Where errors and progress go, a line each.</param>
    /// <returns>0, or 1 after an error.</returns>
    internal static int Run(string[] arguments, IAnsiConsole output, TextWriter errors)
    {
        // Not a RootCommand: that one is called as its assembly is.
        Command root = new("kml", "Looks at kernel models: declared, trained, and running.")
        {
            new HelpOption(),
            new VersionOption(),
            InfoCommand.Create(output),
            StatusCommand.Create(output),
            CollectCommand.Create(errors),
            ReplayCommand.Create(output, errors, AttachedDebugger.Real),
            WeightsCommand.Create(output),
            ExplainCommand.Create(output),
        };
        try
        {
            InvocationConfiguration streams = new() { EnableDefaultExceptionHandler = false, Output = output.Profile.Out.Writer, Error = errors };
            return root.Parse(arguments).Invoke(streams);
        }
        catch (Exception e) when (e is KernelModelException or ToolException or TrainingException or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"kml: {e.Message}");
            return 1;
        }
    }
}
