using System;
using System.Linq;
using System.Runtime.InteropServices;
using Spectre.Console;

namespace Kml.Training;

/// <summary>
/// Gives a terminal its cursor back, however the program ends while a live display hides it: by a signal (which then does what it does), an exit that another
/// thread asks for, an exception that nobody catches. Nothing can be done about being killed.
/// </summary>
internal sealed class CursorGuard : IDisposable
{
    /// <summary>Signals that end or stop a program which does not handle them.</summary>
    internal static readonly PosixSignal[] Signals = OperatingSystem.IsWindows()
        ? []
        : [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT, PosixSignal.SIGTSTP];

    private readonly IAnsiConsole _console;
    private readonly SideOutput _output = new("The cursor", tryAgain: true);
    private readonly PosixSignalRegistration[] _signals;

    /// <summary>Begins to guard.</summary>
    /// <param name="console">The terminal.</param>
    internal CursorGuard(IAnsiConsole console)
    {
        _console = console;
        _signals = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal, _ => Show()))];
        AppDomain.CurrentDomain.ProcessExit += Exiting;
        AppDomain.CurrentDomain.UnhandledException += Failing;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
            signal.Dispose();
        AppDomain.CurrentDomain.ProcessExit -= Exiting;
        AppDomain.CurrentDomain.UnhandledException -= Failing;
        Show();
    }

    private void Exiting(object? sender, EventArgs e) => Show();

    private void Failing(object? sender, UnhandledExceptionEventArgs e) => Show();

    private void Show() => _output.Write(() =>
    {
        _console.Cursor.Show(true);
        _console.Profile.Out.Writer.Flush();
    });
}
