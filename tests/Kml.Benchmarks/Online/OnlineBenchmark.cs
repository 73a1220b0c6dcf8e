using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Kml.Training.Adapting;
using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Kml.Training.Online;

namespace Kml.Benchmarks;

/// <summary>
/// The online trainer under its caps while a producer offers a million rows a second, and what is to be learned changes half way. The thread's time is the
/// kernel's own account of it, not the trainer's; offers are timed in turns with mere reading of rows. Ends with an error if a cap is broken.
/// </summary>
internal static class OnlineBenchmark
{
    private const double Share = 0.1;
    private const int Megabytes = 64;
    private const int RowsASecond = 1_000_000;
    private const double Seconds = 20;
    private const int BlockingRows = 3_000_000;
    private const int SamplesAWindow = 10;

    private static readonly OnlineOptions Options = new(
        NetworkForm.Of(
            OnlineStream.Width,
            new DenseLayer(16, Nonlinearity.Relu),
            new DenseLayer(16, Nonlinearity.Relu),
            new DenseLayer(2, Nonlinearity.Identity)),
        new CrossEntropyLoss())
    {
        CpuShare = Share,
        Megabytes = Megabytes,
    };

    internal static void Run(string table)
    {
        List<Figure> figures = [.. Dropping(), .. Blocking()];
        using StreamWriter file = new(table);
        file.WriteLine("case\tvariant\tvalue\tunit\tlimit\tholds");
        foreach (Figure figure in figures)
        {
            file.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{figure.Case}\t{figure.Variant}\t{figure.Value:R}\t{figure.Unit}\t{figure.Limit}\t{figure.Holds}"));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{figure.Variant,-9} {figure.Case,-44} {figure.Value,14:0.####} {figure.Unit,-10} {figure.Limit,-14} {(figure.Holds ? "" : "BROKEN")}"));
        }

        if (figures.Any(f => !f.Holds))
            Environment.ExitCode = 1;
    }

    /// <summary>A million rows a second, the newest win.</summary>
    private static List<Figure> Dropping()
    {
        OnlineStream stream = new(seed: 1), test = new(seed: 2);
        long memoryBefore = ThreadAccount.ResidentBytes();
        using OnlineTrainer trainer = new(Options with { Drift = new AdaptiveWindow(high: 2, risesOnly: true) });
        Intake intake = trainer.Intakes[0];
        ThreadAccount account = ThreadAccount.Find("online trainer");
        List<(double At, double Used, long Bytes)> samples = [(0, account.Seconds(), memoryBefore)];
        double offer = double.NaN;
        Thread producer = new(() => offer = Produce(intake, stream)) { Name = "producer" };
        Stopwatch watch = Stopwatch.StartNew();
        producer.Start();

        double before = double.NaN, after = double.NaN;
        while (watch.Elapsed.TotalSeconds < Seconds)
        {
            Thread.Sleep(1000 / SamplesAWindow);
            samples.Add((watch.Elapsed.TotalSeconds, account.Seconds(), ThreadAccount.ResidentBytes()));
            if (double.IsNaN(before) && watch.Elapsed.TotalSeconds > (Seconds / 2) - 0.3)
            {
                before = test.Accuracy(trainer.Current, shifted: false);
                after = test.Accuracy(trainer.Current, shifted: true);
            }
        }

        producer.Join();
        double elapsed = watch.Elapsed.TotalSeconds;
        OnlineStatus status = trainer.Status;
        double offers = status.Offered * offer / 1e9;

        // The rate of offers is steady, so that a window has its part of them.
        double thread = samples[^1].Used - samples[0].Used, perSecond = offers / elapsed;
        double worst = Enumerable.Range(0, samples.Count - SamplesAWindow)
            .Max(i => (samples[i + SamplesAWindow].Used - samples[i].Used) / (samples[i + SamplesAWindow].At - samples[i].At)) + perSecond;
        double end = test.Accuracy(trainer.Current, shifted: true);
        const string Variant = "dropping";
        return
        [
            new(
                "rows offered a second",
                Variant,
                status.Offered / elapsed,
                "rows/s",
                $">= {0.95 * RowsASecond}",
                status.Offered / elapsed >= 0.95 * RowsASecond),
            new("processor, thread and offers", Variant, 100 * ((thread + offers) / elapsed), "%", $"<= {100 * Share}", (thread + offers) / elapsed <= Share),
            new("processor, worst second", Variant, 100 * worst, "%", $"<= {100 * Share}", worst <= Share),
            new("processor, the trainer's own account", Variant, 100 * (status.CpuSeconds / elapsed), "%", "", true),
            new("an offer", Variant, offer, "ns", "", true),
            new("memory planned", Variant, status.Bytes / (double)(1 << 20), "MiB", $"<= {Megabytes}", status.Bytes <= Megabytes << 20),
            new(
                "growth of the process, greatest",
                Variant,
                (samples.Max(s => s.Bytes) - memoryBefore) / (double)(1 << 20),
                "MiB",
                $"<= {Megabytes}",
                samples.Max(s => s.Bytes) - memoryBefore <= Megabytes << 20),
            new("rows taken", Variant, status.Taken, "rows", "", true),
            new("rows dropped", Variant, status.Dropped, "rows", "", true),
            new(
                "rows neither taken, dropped nor waiting",
                Variant,
                status.Offered - status.Taken - status.Dropped - status.Waiting,
                "rows",
                "= 0",
                status.Offered == status.Taken + status.Dropped + status.Waiting),
            new("rows trained on", Variant, status.TrainedRows, "rows", "", true),
            new("models published", Variant, status.Published, "", ">= 1", status.Published >= 1),
            new("candidates rejected", Variant, status.Rejected, "", "", true),
            new("drifts noticed", Variant, status.Drifts, "", "", true),
            new("accuracy before the shift", Variant, 100 * before, "%", "> 90", before > 0.9),
            new("the same model after the shift", Variant, 100 * after, "%", "", true),
            new("accuracy at the end", Variant, 100 * end, "%", "> 90", end > 0.9),
        ];
    }

    /// <summary>As fast as the trainer takes them: every row.</summary>
    private static List<Figure> Blocking()
    {
        OnlineStream stream = new(seed: 3);
        using OnlineTrainer trainer = new(Options with { Mode = IntakeMode.Blocking });
        ThreadAccount account = ThreadAccount.Find("online trainer");
        double used = account.Seconds();
        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; i < BlockingRows; i++)
            stream.Offer(trainer.Intakes[0], i, shifted: false);
        OnlineStatus status = trainer.Status;
        double elapsed = watch.Elapsed.TotalSeconds, share = (account.Seconds() - used) / elapsed;
        const string Variant = "blocking";
        return
        [
            new("rows offered a second", Variant, BlockingRows / elapsed, "rows/s", "", true),
            new("processor, thread alone", Variant, 100 * share, "%", $"<= {100 * Share}", share <= Share),
            new("rows dropped", Variant, status.Dropped, "rows", "= 0", status.Dropped == 0 && status.Offered == BlockingRows),
        ];
    }

    /// <summary>
    /// In bursts of about a millisecond, catching up with the clock; as many other rows are only read, to know what offering adds to reading.
    /// </summary>
    /// <param name="intake">Where rows go.</param>
    /// <param name="stream">The rows.</param>
    /// <returns>Nanoseconds of an offer: the medians over the bursts, so that interruptions by other threads do not count.</returns>
    private static double Produce(Intake intake, OnlineStream stream)
    {
        List<double> offers = [], reads = [];
        Stopwatch watch = Stopwatch.StartNew();
        float sink = 0;
        int offered = 0;
        for (double now; (now = watch.Elapsed.TotalSeconds) < Seconds;)
        {
            int begin = offered, due = (int)(now * RowsASecond);
            long start = Stopwatch.GetTimestamp();
            for (; offered < due; offered++)
                stream.Offer(intake, offered, shifted: now > Seconds / 2);
            long middle = Stopwatch.GetTimestamp();
            for (int row = begin; row < due; row++)
                sink += stream.Read(row + (OnlineStream.Count / 2));
            if (due > begin)
            {
                offers.Add(Stopwatch.GetElapsedTime(start, middle).TotalNanoseconds / (due - begin));
                reads.Add(Stopwatch.GetElapsedTime(middle).TotalNanoseconds / (due - begin));
            }

            Thread.Sleep(1);
        }

        GC.KeepAlive(sink);
        return Median(offers) - Median(reads);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed record Figure(string Case, string Variant, double Value, string Unit, string Limit, bool Holds);
}
