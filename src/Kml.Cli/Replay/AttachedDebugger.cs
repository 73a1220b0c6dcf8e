using System;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace Kml.Cli.Replay;

/// <summary>The debugger of this process, if there is one.</summary>
/// <param name="IsAttached">Whether there is one.</param>
/// <param name="Break">Stops in it.</param>
internal sealed record AttachedDebugger(Func<bool> IsAttached, Action Break)
{
    /// <summary>The real one.</summary>
    public static AttachedDebugger Real { get; } = new(() => Debugger.IsAttached, Debugger.Break);

    /// <summary>Stops before something is run, so that a step into it leads to the user's method. Without a debugger nothing is run.</summary>
    /// <param name="run">What to run.</param>
    /// <param name="wait">Whether to wait for a debugger.</param>
    /// <param name="progress">Where to say so.</param>
    public void Step(Action run, bool wait, TextWriter progress)
    {
        if (wait && !IsAttached())
        {
            progress.WriteLine(FormattableString.Invariant($"Attach a debugger to process {Environment.ProcessId}; it stops before the method is run again."));
            while (!IsAttached())
                Thread.Sleep(100);
        }

        // A break without a debugger would end the process.
        if (!IsAttached())
            return;
        Break();
        run();
    }
}
