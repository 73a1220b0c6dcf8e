using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using Kml.Model;

namespace Kml.Runtime;

/// <summary>
/// Switches of a loaded module, set for as long as this lasts: each is put back as it was found, the last one set first. That happens at
/// <see cref="Dispose"/>, and if it does not come to that, when the process exits, dies of an exception, or is told to end by SIGINT, SIGTERM, SIGHUP or
/// SIGQUIT; a program that wants to end in its own way handles these as well (<see cref="TerminationSignals"/>). Only a SIGKILL leaves
/// switches as they are, except <c>collect</c>, which the module itself ends with its reader. Use it from any thread.
/// </summary>
public sealed class SwitchLease : IDisposable
{
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];

    private readonly ModelControls _controls;
    private readonly Lock _lock = new();
    private readonly List<(SwitchInfo Switch, string Found)> _found = [];
    private readonly PosixSignalRegistration[] _signals;
    private bool _over;

    /// <summary>Begins; nothing is changed yet.</summary>
    /// <param name="controls">The module's switches.</param>
    public SwitchLease(ModelControls controls)
    {
        _controls = controls;
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        AppDomain.CurrentDomain.UnhandledException += OnExit;
        _signals = [.. Signals.Select(s => PosixSignalRegistration.Create(s, _ => TryPutBack()))];
    }

    /// <summary>Collects for as long as the device is open; where the module already collects until it is switched off, leaves it so.</summary>
    /// <exception cref="KernelModelException">The module refused; the device must be open, and there must be memory for the rings.</exception>
    public void Collect()
    {
        if (_controls.Collect != Collecting.Keep)
            Set(SwitchCatalog.Collect, c => c.Collect = Collecting.WithReader);
    }

    /// <summary>Makes no further records while this lasts; those of requests under way still come.</summary>
    /// <exception cref="KernelModelException">The module refused.</exception>
    public void StopCollecting() => Set(SwitchCatalog.Collect, c => c.Collect = Collecting.Off);

    /// <summary>Chooses disks.</summary>
    /// <param name="disks">By the kernel's names.</param>
    /// <exception cref="KernelModelException">The module refused.</exception>
    public void Observe(IReadOnlyList<string> disks) => Set(SwitchCatalog.Devices, c => c.Devices = disks);

    /// <summary>Predicts or does not.</summary>
    /// <param name="on">Whether to.</param>
    /// <exception cref="KernelModelException">The module refused.</exception>
    public void Predict(bool on) => Set(SwitchCatalog.Predict, c => c.Predict = on);

    /// <summary>Acts or does not.</summary>
    /// <param name="on">Whether to.</param>
    /// <exception cref="KernelModelException">The module refused.</exception>
    public void Act(bool on) => Set(SwitchCatalog.Act, c => c.Act = on);

    /// <summary>Says who may predict.</summary>
    /// <param name="path">The engine.</param>
    /// <exception cref="KernelModelException">The module refused.</exception>
    public void PredictBy(PredictionPath path) => Set(SwitchCatalog.Path, c => c.Path = path);

    /// <summary>Holds a share of predictions out.</summary>
    /// <param name="percent">The share, 0 to 100.</param>
    /// <exception cref="KernelModelException">The module refused.</exception>
    public void HoldOut(int percent) => Set(SwitchCatalog.Holdout, c => c.HoldoutPercent = percent);

    /// <summary>Puts every switch back. A module that is gone has none.</summary>
    /// <exception cref="KernelModelException">A switch could not be put back; the message names it and its value. The others were.</exception>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        AppDomain.CurrentDomain.UnhandledException -= OnExit;
        foreach (PosixSignalRegistration signal in _signals)
            signal.Dispose();
        PutBack();
    }

    private void Set(SwitchInfo info, Action<ModelControls> set)
    {
        lock (_lock)
        {
            if (_over)
                throw new OperationCanceledException($"The switches of kml_{_controls.Model} were put back: this process is ending.");
            string found = _controls.Read(info);

            // Before it is set: even a refusal may come from a switch that took a part.
            if (_found.All(f => f.Switch != info))
                _found.Add((info, found));
            set(_controls);
        }
    }

    private void PutBack()
    {
        List<KernelModelException> failures = [];
        lock (_lock)
        {
            _over = true;
            for (; _found.Count > 0 && _controls.Exists; _found.RemoveAt(_found.Count - 1))
            {
                (SwitchInfo info, string found) = _found[^1];
                try
                {
                    if (_controls.Read(info) != found)
                        _controls.Write(info, found.Length == 0 ? "none" : found);
                }
                catch (KernelModelException e)
                {
                    string what = $"{info.Word} of kml_{_controls.Model} could not be put back to '{found}': {e.Message}";
                    failures.Add(new KernelModelException(what, e.ErrorNumber));
                }
            }
        }

        if (failures.Count > 0 && _controls.Exists)
            throw failures.Count == 1 ? failures[0] : new KernelModelException(string.Join(" ", failures.Select(f => f.Message)), failures[0].ErrorNumber);
    }

    private void OnExit(object? sender, EventArgs e) => TryPutBack();

    // Where nobody is left to tell.
    private void TryPutBack()
    {
        try
        {
            PutBack();
        }
        catch (KernelModelException)
        {
        }
    }
}
