using System;
using System.Collections.Generic;
using Spectre.Console;

namespace Kml.Training;

/// <summary>
/// Something that is written beside a result: a log, progress, a checkpoint. Whatever keeps it from being written (a full disk, a reader that went, a console
/// in use) never takes the result with it: it is kept for a warning.
/// </summary>
/// <param name="what">What is written, and where, as the warning names it.</param>
/// <param name="tryAgain">Whether a later attempt may make good what failed, as of a file that is written anew each time; else nothing more is written.</param>
internal sealed class SideOutput(string what, bool tryAgain = false)
{
    /// <summary>Why it is not complete; null if it is.</summary>
    internal string? Failure { get; private set; }

    /// <summary>The warning, if there is one.</summary>
    internal IEnumerable<TrainingWarning> Warnings =>
        Failure is null
            ? []
            : [new TrainingWarning(TrainingWarningKind.OutputNotWritten, $"{what} could not be written: {Failure.TrimEnd('.')}. The result stands")];

    /// <summary>Prints a result. What cannot be printed is said on the error output, if that can be written.</summary>
    /// <param name="console">Where to print; null for the standard output.</param>
    /// <param name="print">Prints.</param>
    internal static void Print(IAnsiConsole? console, Action<IAnsiConsole> print)
    {
        SideOutput printed = new("The result"), said = new("The reason");
        printed.Write(() => print(console ?? OutputConsole.Standard));
        foreach (TrainingWarning warning in printed.Warnings)
            said.Write(() => Console.Error.WriteLine($"{warning.Kind}: {warning.Message}"));
    }

    /// <summary>Writes, unless it is known to be in vain.</summary>
    /// <param name="write">Writes.</param>
    internal void Write(Action write)
    {
        if (Failure is not null && !tryAgain)
            return;
        try
        {
            write();
            Failure = null;
        }
        catch (Exception failure)
        {
            Failure = failure.Message;
        }
    }
}
