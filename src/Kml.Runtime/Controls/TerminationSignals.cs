using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Kml.Runtime;

/// <summary>
/// Makes of SIGINT, SIGTERM, SIGHUP and SIGQUIT a request to end: the first cancels <see cref="Token"/>, and the process goes on to put its things in order.
/// A second one ends it at once, with the status that a shell gives it.
/// </summary>
public sealed class TerminationSignals : IDisposable
{
    private readonly CancellationTokenSource _stopped = new();
    private readonly PosixSignalRegistration[] _signals;

    /// <summary>Begins.</summary>
    public TerminationSignals() => _signals =
    [
        Handle(PosixSignal.SIGINT, 2), Handle(PosixSignal.SIGTERM, 15), Handle(PosixSignal.SIGHUP, 1), Handle(PosixSignal.SIGQUIT, 3),
    ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stopped.Token;

    /// <summary>The signals have their ordinary effect again.</summary>
    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
            signal.Dispose();
        _stopped.Dispose();
    }

    private PosixSignalRegistration Handle(PosixSignal signal, int number) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        if (_stopped.IsCancellationRequested)
            Environment.Exit(128 + number);
        _stopped.Cancel();
    });
}
