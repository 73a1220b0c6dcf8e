using System;
using System.IO;
using Spectre.Console;

namespace Kml.Training;

/// <summary>
/// The standard output, for results and progress: the one place that decides whether escape codes may be written. They may on a terminal that takes them: not
/// into a file or a pipe, and not where <c>TERM</c> is <c>dumb</c> or missing. Colours may not where <c>NO_COLOR</c> is set.
/// </summary>
public static class OutputConsole
{
    // Wide enough for a fingerprint beside its name, where no terminal says how wide it is.
    private const int RedirectedWidth = 120;

    private static readonly Lazy<IAnsiConsole> OfProcess = new(() => Of(Console.Out, Console.IsOutputRedirected, Environment.GetEnvironmentVariable));

    /// <summary>The console of this process.</summary>
    public static IAnsiConsole Standard => OfProcess.Value;

    /// <summary>Decides.</summary>
    /// <param name="output">Where the output goes.</param>
    /// <param name="redirected">Whether that is no terminal.</param>
    /// <param name="variable">The value of an environment variable; null if it is not set.</param>
    /// <returns>The console.</returns>
    internal static IAnsiConsole Of(TextWriter output, bool redirected, Func<string, string?> variable)
    {
        bool codes = !redirected && variable("TERM") is { Length: > 0 } and not "dumb", colours = codes && string.IsNullOrEmpty(variable("NO_COLOR"));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = codes ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = codes ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        if (redirected)
            console.Profile.Width = RedirectedWidth;
        return console;
    }
}
