using System;
using System.IO;
using System.Linq;
using System.Threading;
using Kml.Runtime;

namespace IssueTimeSample;

/// <summary>Collects labelled records from the loaded modules of both forms.</summary>
internal static class Collect
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static int Run(string disk, string folder, int records)
    {
        Directory.CreateDirectory(folder);
        using Recorder floating = new Recorder<IssueTime>(), fixedPoint = new Recorder<IssueTimeQ16>();
        Recorder[] recorders = [floating, fixedPoint];
        foreach (Recorder recorder in recorders)
        {
            recorder.Controls.Devices = [disk];
            recorder.Controls.Collect = true;
        }

        Console.WriteLine($"collecting on {disk}");
        long start = Environment.TickCount64;
        for (int shown = 0; recorders.Min(r => r.Count) < records;)
        {
            if (Environment.TickCount64 - start > Patience.TotalMilliseconds)
                throw new KernelModelException($"Only {recorders.Min(r => r.Count)} of {records} records came from {disk} in {Patience.TotalMinutes} minutes; is there I/O on it?");
            if (recorders.Sum(r => r.Drain()) == 0)
                Thread.Sleep(20);
            if (floating.Count / 1000 > shown)
                Console.WriteLine($"  {shown = floating.Count / 1000},000 of {records:N0} records");
        }

        foreach (Recorder recorder in recorders)
            recorder.Controls.Collect = false;
        Accounts.Settle(recorders);
        foreach (Recorder recorder in recorders)
        {
            Accounts.Check(recorder);
            Console.WriteLine($"  {recorder.Model}: {recorder.Count} records; {recorder.Controls.Join()}");
            recorder.Save(Path.Combine(folder, recorder.Model + ".records.safetensors"));
        }

        return 0;
    }
}
