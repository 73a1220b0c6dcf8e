using System;
using System.CommandLine;
using System.Diagnostics;
using System.IO;
using System.Numerics;
using System.Runtime.ExceptionServices;
using System.Threading;
using Kml.Model;
using Kml.Runtime;
using Kml.Training;

namespace Kml.Cli.Commands;

/// <summary><c>kml collect</c>: records of a running module into a file, for training elsewhere. No tables here: it also runs on slow guests.</summary>
internal static class CollectCommand
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(2);

    public static Command Create(TextWriter progress)
    {
        Argument<FileInfo> assembly = new("assembly") { Description = "the assembly that declares the model" };
        Option<string?> name = new("--model") { Description = "which model, if the assembly declares several", HelpName = "name" };
        Option<string[]> devices = new("--device") { Description = "a disk to observe, such as vda; may be repeated", Required = true, HelpName = "disk" };
        Option<long> records = new("--records") { Description = "how many records", Required = true, HelpName = "count" };
        Option<FileInfo> file = new("--out") { Description = "the file to write, <model>.records.safetensors by custom", Required = true, HelpName = "file" };
        Option<int> seconds = new("--seconds") { Description = "how long to wait for them", DefaultValueFactory = _ => 600, HelpName = "count" };
        AtLeastOne(records);
        AtLeastOne(seconds);
        Command command = new("collect", "Collects records of a loaded module into a file.") { assembly, name, devices, records, file, seconds };
        command.SetAction(result => Collect(
            DeclaredModels.One(result.GetRequiredValue(assembly), result.GetValue(name)),
            result.GetRequiredValue(devices),
            result.GetRequiredValue(records),
            TimeSpan.FromSeconds(result.GetValue(seconds)),
            result.GetRequiredValue(file),
            progress));
        return command;
    }

    private static void AtLeastOne<T>(Option<T> option)
        where T : INumber<T> => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<T>() < T.One)
            result.AddError($"{option.Name} must be at least 1.");
    });

    private static void Collect(ModelSpec model, string[] disks, long count, TimeSpan timeout, FileInfo file, TextWriter progress)
    {
        ModelControls controls = ModelControls.Of(model.Name);

        // Not after the records are collected, that there is nowhere to put them.
        WholeFile.RequireWritable(file.FullName);
        using RecordWriter writer = new(model, file.FullName);
        using TerminationSignals signals = new();
        using KernelModelDevice device = KernelModelDevice.Open(model);
        Exception? failure = Fill(device, controls, disks, writer, count, timeout, progress, signals.Token);

        // However it ended: what was read is kept.
        if (writer.Count > 0)
            writer.Commit();
        if (failure is not null)
        {
            if (writer.Count > 0)
                Tell(progress, FormattableString.Invariant($"{writer.Count:N0} records were read before, and are in {file}."));
            ExceptionDispatchInfo.Throw(failure);
        }

        CounterValues counts = controls.Counters(CounterCatalog.Ring);
        string kept = writer.Count > 0 ? FormattableString.Invariant($"{writer.Count:N0} records in {file}") : "No records, and nothing written";
        string after = controls.Collect == Collecting.Off ? "Collecting is off again." : "It goes on collecting, as it did before.";
        string made = FormattableString.Invariant($"made {counts[CounterCatalog.Produced]:N0} since its load and dropped {counts[CounterCatalog.Dropped]:N0}");
        Tell(progress, $"{kept}; the module {made}. {after}");
        if (writer.Count < count)
        {
            throw new ToolException(FormattableString.Invariant($"Only {writer.Count:N0} of {count:N0} records came") + (signals.Token.IsCancellationRequested
                ? " before it was told to end."
                : $". Are the chosen disks ({string.Join(", ", disks)}) in use?"));
        }
    }

    /// <summary>Collects until there are enough, the time is over, or it is stopped, and puts the module's switches back as they were.</summary>
    /// <returns>What went wrong; the writer has what came before it.</returns>
    internal static Exception? Fill(
        KernelModelDevice device, ModelControls controls, string[] disks, RecordWriter writer, long count, TimeSpan timeout,
        TextWriter progress, CancellationToken stopped)
    {
        try
        {
            using SwitchLease lease = new(controls);
            lease.Observe(disks);
            lease.Collect();
            Fill(device, writer, count, timeout, progress, stopped);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    // Takes records. What waits from before is passed over.
    private static void Fill(KernelModelDevice device, RecordWriter writer, long count, TimeSpan timeout, TextWriter progress, CancellationToken stopped)
    {
        device.Read((int)Math.Min(device.Count().Pending, int.MaxValue), (in Record _) => { });
        long start = Stopwatch.GetTimestamp();
        TimeSpan left = timeout;
        while (writer.Count < count && left > TimeSpan.Zero && !stopped.IsCancellationRequested)
        {
            TimeSpan wait = left < ProgressEvery ? left : ProgressEvery;
            device.Receive((int)Math.Min(count - writer.Count, int.MaxValue), wait, (in Record r) => writer.Add(r.Bytes));
            left = timeout - Stopwatch.GetElapsedTime(start);
            Tell(progress, FormattableString.Invariant($"{writer.Count:N0} of {count:N0} records, {device.Count().Dropped:N0} dropped"));
        }
    }

    // A full disk under the log, or a reader of it that went, is no reason to lose the records.
    private static void Tell(TextWriter progress, string line)
    {
        try
        {
            progress.WriteLine(line);
        }
        catch (IOException)
        {
        }
    }
}
