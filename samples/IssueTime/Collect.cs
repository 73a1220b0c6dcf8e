using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Kml.Model;
using Kml.Runtime;

namespace IssueTimeSample;

/// <summary>Collects labelled records from the loaded modules of both models.</summary>
internal static class Collect
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static int Run(string disk, string folder, int records)
    {
        Directory.CreateDirectory(folder);
        using TerminationSignals signals = new();
        using Recorder floating = new Recorder<IssueTime>(), fixedPoint = new Recorder<IssueTimeQ16>();
        Recorder[] recorders = [floating, fixedPoint];
        foreach (Recorder recorder in recorders)
        {
            recorder.Switches.Observe([disk]);
            recorder.Switches.Collect();
        }

        Console.WriteLine($"collecting on {disk}");
        try
        {
            Fill(recorders, disk, records, signals.Token);
            foreach (Recorder recorder in recorders)
                recorder.Switches.StopCollecting();
            Accounts.Settle(recorders);
            foreach (Recorder recorder in recorders)
                Accounts.Check(recorder);
        }
        finally
        {
            // However it ended: what was read is kept.
            foreach (Recorder recorder in recorders.Where(r => r.Count > 0))
            {
                Console.WriteLine($"  {recorder.Model}: {recorder.Count} records; {recorder.Controls.Counters(CounterCatalog.Join).Text(CounterCatalog.Join)}");
                recorder.Save(Path.Combine(folder, recorder.Model + ".records.safetensors"));
            }
        }

        return 0;
    }

    private static void Fill(IReadOnlyList<Recorder> recorders, string disk, int records, CancellationToken stopped)
    {
        long start = Environment.TickCount64;
        for (int shown = 0; recorders.Min(r => r.Count) < records;)
        {
            if (stopped.IsCancellationRequested)
                throw new KernelModelException($"Only {recorders.Min(r => r.Count)} of {records} records came from {disk} before it was told to end.");
            if (Environment.TickCount64 - start > Patience.TotalMilliseconds)
            {
                throw new KernelModelException($"Only {recorders.Min(r => r.Count)} of {records} records came from {disk} "
                    + $"in {Patience.TotalMinutes} minutes; is there I/O on it?");
            }

            if (recorders.Sum(r => r.Drain()) == 0)
                Thread.Sleep(20);
            if (recorders[0].Count / 1000 > shown)
                Console.WriteLine($"  {shown = recorders[0].Count / 1000},000 of {records:N0} records");
        }
    }
}
