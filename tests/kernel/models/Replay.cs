using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Kml.Model;
using Kml.Runtime;

namespace Kml.KernelModels;

/// <summary>Takes records from a running module and does them again in the model's own C#.</summary>
internal static class Replay
{
    // What is asked for waits already: the bound only ends what hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>Replays what the kernel predicted; checks that everything is equal and that the engines are those expected.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="folder">Where weights lie.</param>
    /// <param name="count">How many records to take, at least.</param>
    /// <param name="engines">The engines that must have predicted: any of <c>float</c>, <c>integer</c>, <c>none</c>, joined by commas.</param>
    public static void Compare<TModel>(string folder, int count, string engines)
        where TModel : IKernelModel
    {
        string path = Path.Combine(folder, $"{TModel.Name}.safetensors");
        Replayer<TModel> replayer = new(File.Exists(path) ? WeightsFile.Read(path) : null);
        long none = 0, faults = 0, backwards = 0;
        ModelSpec model = ModelText.Read(TModel.CanonicalText);
        int features = model.Features.Count;

        // A field that an update sets to the time of an event of the label's first kind.
        PlacedField? last = model.State is { } state
            ? StructLayout.Of(state.Fields).Fields.FirstOrDefault(f => f.Field.Name is "LastArrivalNs" or "LastNs")
            : null;
        using (KernelModelDevice<TModel> device = KernelModelDevice<TModel>.Open())
        {
            int received = device.Receive(count, Patience, Take);
            Checks.Print(received == count, $"{TModel.Name}: {count} records arrive", $"expected {count}, saw {received}");
            RingCounts ring = device.Count();
            Checks.Print(ring.Off == 0, $"{TModel.Name}: the rings' account as the reader sees it", ring.ToString());
        }

        ReplayReport report = replayer.Report;
        string seen = FormattableString.Invariant($"{report.Floats} float, {report.Integers} integer, {none} none, {report.Labels} labels");
        Checks.Print(
            report.Different == 0,
            $"{TModel.Name}: records and their replay in C# are equal to the bit ({seen})",
            $"{report.Different} of {report.Records} differ; {report.FirstDifference}");
        Checks.Print(report.Labels == report.Records, $"{TModel.Name}: every record has its label", $"expected {report.Records}, saw {report.Labels}");
        if (last is not null)
            Checks.Print(backwards == 0, $"{TModel.Name}: no event is older than the state that it meets", $"{backwards} of {report.Records} are");
        string[] expected = engines.Split(',');
        Checks.Print(
            report.Floats > 0 == expected.Contains("float"),
            $"{TModel.Name}: float predictions are {(expected.Contains("float") ? "there" : "not there")}",
            seen);
        Checks.Print(
            report.Integers > 0 == expected.Contains("integer"),
            $"{TModel.Name}: integer predictions are {(expected.Contains("integer") ? "there" : "not there")}",
            seen);
        if (expected.Contains("none"))
        {
            Checks.Print(none > 0, $"{TModel.Name}: records without prediction are there", seen);
        }
        else
        {
            Checks.Print(
                none == faults,
                $"{TModel.Name}: where the kernel has no features, C# faults too ({faults} times)",
                $"{none} without prediction, {faults} faults in C#");
        }

        void Take(in Record record)
        {
            replayer.Add(record);
            if (last is not null && Time(record.From) < Time(record.State[last.Offset..]))
                backwards++;
            if (record.Has(RecordFlags.Predicted))
                return;
            none++;
            faults += TModel.TryFeatures(record.From, record.State, new uint[features]) ? 0 : 1;
        }
    }

    /// <summary>
    /// Runs the model's updates over the events of all records, in the order of time, and checks that the state before each first event is the one that
    /// the kernel kept. For a model that observes only the two events of its label, a freshly chosen disk, and records without merges or losses.
    /// </summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="count">How many records wait.</param>
    public static void States<TModel>(int count)
        where TModel : IKernelModel
    {
        ModelSpec model = ModelText.Read(TModel.CanonicalText);
        List<(ulong Time, EventKind Kind, byte[] Event, byte[] Before)> events = [];
        using (KernelModelDevice<TModel> device = KernelModelDevice<TModel>.Open())
        {
            int received = device.Receive(count, Patience, Take);
            Checks.Print(received == count, $"{TModel.Name}: {count} records of one disk arrive", $"expected {count}, saw {received}");
        }

        byte[] state = new byte[RecordLayout.Of(model).StateSize];
        int different = 0;
        string first = "";
        foreach ((ulong time, EventKind kind, byte[] bytes, byte[] before) in events.OrderBy(e => e.Time))
        {
            if (kind == model.From && !state.AsSpan().SequenceEqual(before) && different++ == 0)
            {
                first = string.Create(
                    CultureInfo.InvariantCulture,
                    $"at {time}: {Convert.ToHexString(before)} in the kernel, {Convert.ToHexString(state)} in C#");
            }

            TModel.TryUpdate(kind.Info().Word, bytes, state);
        }

        Checks.Print(
            different == 0 && events.Count > 0,
            $"{TModel.Name}: the states that the kernel kept are those of the updates in C# ({events.Count} events)",
            $"{different} differ, the first {first}");

        void Take(in Record record)
        {
            events.Add((Time(record.From), model.From, record.From.ToArray(), record.State.ToArray()));
            events.Add((Time(record.To), model.To, record.To.ToArray(), []));
        }
    }

    /// <summary>
    /// Checks the priorities of records made while acting: raised where the policy asked, left alone elsewhere, never lowered, and a fair share held out.
    /// </summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="count">How many records to take.</param>
    /// <param name="holdout">The share held out, in per cent.</param>
    /// <param name="kind">
    /// What traffic it was: <c>plain</c> without priorities of its own, <c>urgent</c> of the highest, or <c>off</c> as plain, with acting off.
    /// </param>
    public static void Acting<TModel>(int count, int holdout, string kind)
        where TModel : IKernelModel
    {
        int acted = 0, held = 0, wished = 0, raised = 0, lowered = 0, changed = 0, wrongShare = 0;
        int received;
        using (KernelModelDevice<TModel> device = KernelModelDevice<TModel>.Open())
            received = device.Receive(count, Patience, Take);
        Checks.Print(received == count, $"{kind}: {count} records arrive", $"expected {count}, saw {received}");
        Checks.Print(lowered == 0, $"{kind}: no priority is lowered", $"{lowered} are");
        Checks.Print(changed == 0, $"{kind}: what was not acted on keeps its priority", $"{changed} do not");
        Checks.Print(wrongShare == 0, $"{kind}: every record says with which probability it was left alone", $"{wrongShare} do not");
        if (kind != "plain")
        {
            Checks.Print(acted == 0 && raised == 0, $"{kind}: nothing is acted on", $"{acted} are");
            return;
        }

        Checks.Print(
            wished > count / 10 && acted > 0,
            $"plain: the policy asks for some ({wished}), and is obeyed ({acted})",
            $"{wished} wishes, {acted} acted on, of {count}");
        Checks.Print(raised == acted, "plain: each request that was acted on is issued in real time", $"{raised} of {acted}");
        double expected = count * holdout / 100.0, sigma = Math.Sqrt(expected * (1 - (holdout / 100.0)));
        Checks.Print(
            Math.Abs(held - expected) <= 5 * sigma,
            string.Create(CultureInfo.InvariantCulture, $"plain: {held} of {count} are held out, {holdout} % within five deviations"),
            string.Create(CultureInfo.InvariantCulture, $"expected {expected:F0} +- {5 * sigma:F0}, saw {held}"));

        void Take(in Record record)
        {
            uint before = Priority(record.From), after = Priority(record.To);
            bool isActed = record.Has(RecordFlags.Acted), isHeld = record.Has(RecordFlags.HeldOut);
            acted += isActed ? 1 : 0;
            held += isHeld ? 1 : 0;
            wished += record.Has(RecordFlags.WouldAct) ? 1 : 0;
            raised += isActed && after >> 13 == (uint)IoPriority.RealTime ? 1 : 0;
            lowered += Rank(after) < Rank(before) ? 1 : 0;
            changed += !isActed && Rank(after) != Rank(before) ? 1 : 0;
            wrongShare += record.Inclusion == (kind == "off" ? 65536 : (uint)(holdout * 65536 / 100)) ? 0 : 1;
        }
    }

    // Both kinds of event begin with the same 48 bytes.
    private static ulong Time(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    private static uint Priority(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[40..]);

    // No class is served as best effort.
    private static int Rank(uint priority) => (priority >> 13) switch { 1 => 3, 3 => 1, _ => 2 };
}
