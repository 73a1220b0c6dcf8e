using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using Kml.Model;
using Kml.Runtime;

namespace IssueTimeSample.Demo;

/// <summary>Runs in the guest: drives the workload through all phases, with both modules predicting.</summary>
internal static class Phases
{
    public static int Run(string disk, string folder, string seed)
    {
        using Recorder floating = new Recorder<IssueTime>(), fixedPoint = new Recorder<IssueTimeQ16>();
        Recorder[] recorders = [floating, fixedPoint];
        foreach (Recorder recorder in recorders)
        {
            recorder.Switches.Observe([disk]);
            recorder.Switches.Collect();
            PhaseFile.Write(folder, LoadedBytes.File(recorder.Model), LoadedBytes.Of(recorder.Model));
            Console.WriteLine($"  {recorder.Model}: weights version {recorder.Controls.WeightsVersion}, {recorder.Controls.InstructionSet}");
        }

        foreach (Phase phase in Phase.All)
        {
            floating.Switches.PredictBy(phase.Float);
            fixedPoint.Switches.PredictBy(phase.Q16);
            foreach (Recorder recorder in recorders)
                recorder.Switches.Predict(true);
            floating.Switches.Act(phase.Act);

            CounterValues[] before = [.. recorders.Select(r => r.Controls.Counters())];
            ulong merges = Merges(disk);
            string latency = Workload(disk, folder, seed, phase, recorders);
            Accounts.Settle(recorders);
            PhaseFile.Write(folder, $"{phase.Name}.io.json", Io(latency, Merges(disk) - merges));
            for (int i = 0; i < recorders.Length; i++)
            {
                Accounts.Check(recorders[i]);
                CounterValues counts = recorders[i].Controls.Counters().Since(before[i]);
                Console.WriteLine($"  {phase.Name,-7} {recorders[i].Model,-15} {recorders[i].Count,6} records, "
                    + $"{counts[CounterCatalog.Float],5} float, {counts[CounterCatalog.Integer],5} integer predictions");
                PhaseFile.Write(folder, $"{phase.Name}.{recorders[i].Model}.json", counts.ByWord);
                recorders[i].Save(Path.Combine(folder, $"{phase.Name}.{recorders[i].Model}.records.safetensors"));
            }
        }

        return 0;
    }

    private static string Workload(string disk, string folder, string seed, Phase phase, IReadOnlyList<Recorder> recorders)
    {
        string output = Path.Combine(folder, phase.Name + ".fio.json");
        ProcessStartInfo start = new(Path.Combine(AppContext.BaseDirectory, "workload", "run"))
        {
            ArgumentList = { disk, seed, phase.Seconds.ToString(CultureInfo.InvariantCulture), output },
        };
        using Process fio = Process.Start(start) ?? throw new DemoException("The workload did not start.");
        while (!fio.HasExited)
        {
            if (recorders.Sum(r => r.Drain()) == 0)
                Thread.Sleep(20);
        }

        return fio.ExitCode == 0 ? output : throw new DemoException($"The workload of phase '{phase.Name}' ended with {fio.ExitCode}.");
    }

    private static PhaseIo Io(string output, ulong merges)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(output));
        JsonElement job = json.RootElement.GetProperty("jobs")[0];
        (double Mean, double P99) read = Latency(job.GetProperty("read")), write = Latency(job.GetProperty("write"));
        return new PhaseIo(merges, read.Mean, read.P99, write.Mean, write.P99);
    }

    private static (double Mean, double P99) Latency(JsonElement direction)
    {
        JsonElement latency = direction.GetProperty("clat_ns");
        return (latency.GetProperty("mean").GetDouble() / 1000, latency.GetProperty("percentile").GetProperty("99.000000").GetDouble() / 1000);
    }

    // Fields 2 and 6 of the disk's statistics: requests merged, for reads and for writes (Documentation/block/stat.rst).
    private static ulong Merges(string disk)
    {
        string[] fields = File.ReadAllText($"/sys/block/{disk}/stat").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return ulong.Parse(fields[1], CultureInfo.InvariantCulture) + ulong.Parse(fields[5], CultureInfo.InvariantCulture);
    }
}
