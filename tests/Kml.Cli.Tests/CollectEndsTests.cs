using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Kml.Cli.Commands;
using Kml.Model;
using Kml.Runtime;
using Kml.Runtime.Tests;
using Kml.TestSupport;
using Kml.Training;
using Shouldly;
using Xunit;

namespace Kml.Cli.Tests;

/// <summary>
/// However collecting ends, the module's switches are as they were found, and what was read is there. The module is a file, its records come all the time.
/// </summary>
public sealed class CollectEndsTests : IDisposable
{
    private const int Wanted = 2000;

    private static readonly Dictionary<string, string> Found = new() { ["collect"] = "0", ["devices"] = "vda vdb" };

    private readonly string _folder = Directory.CreateTempSubdirectory("kml-collect-").FullName;
    private readonly FakeModule _module = new(cpus: 2, ringRecords: 64);
    private readonly CancellationTokenSource _stopped = new();
    private readonly Thread _producer;
    private volatile bool _closing;

    public CollectEndsTests()
    {
        foreach ((string name, string value) in Found)
            File.WriteAllText(Path.Combine(_folder, name), value + "\n");
        _producer = new Thread(Produce);
    }

    public void Dispose()
    {
        _closing = true;
        if (_producer.IsAlive)
            Hang.Join("the producer ends", _producer);
        _module.Dispose();
        _stopped.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Enough_records()
    {
        (RecordSet? records, Exception? failure) = Collect(new Told());
        failure.ShouldBeNull();
        records!.Count.ShouldBe(Wanted);
    }

    [Fact]
    public void A_signal()
    {
        (RecordSet? records, Exception? failure) = Collect(new Told(then: _stopped.Cancel), wanted: long.MaxValue);
        failure.ShouldBeNull();
        records!.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_full_disk_under_the_progress_is_no_end()
    {
        (RecordSet? records, Exception? failure) = Collect(new Told(then: () => throw new IOException("No space left on device")));
        failure.ShouldBeNull();
        records!.Count.ShouldBe(Wanted);
    }

    [Fact]
    public void An_exception()
    {
        (RecordSet? records, Exception? failure) = Collect(new Told(then: () => throw new InvalidOperationException()), wanted: long.MaxValue);
        failure.ShouldBeOfType<InvalidOperationException>();
        records!.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_corrupt_ring()
    {
        (RecordSet? records, Exception? failure) = Collect(new Told(then: () => _module.Producer(1).Head = ulong.MaxValue), wanted: long.MaxValue);
        failure.ShouldBeOfType<KernelModelException>().Message.ShouldContain("is corrupt");
        records!.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_wrong_name_of_a_disk()
    {
        // What can be read and refuses every write.
        File.Delete(Path.Combine(_folder, "devices"));
        File.CreateSymbolicLink(Path.Combine(_folder, "devices"), "/proc/version");
        (RecordSet? records, Exception? failure) = Collect(new Told(), asFound: false);
        failure.ShouldBeOfType<KernelModelException>().Message.ShouldContain("refused 'vdc'");
        records.ShouldBeNull();
        Text("collect").ShouldBe("0");
    }

    private (RecordSet? Records, Exception? Failure) Collect(Told told, long wanted = Wanted, bool asFound = true)
    {
        string file = Path.Combine(_folder, "waits.records.safetensors");
        using RecordWriter writer = new(ModelText.Read(Waits.CanonicalText), file);
        using KernelModelDevice device = _module.Open();
        _producer.Start();
        Exception? failure = CollectCommand.Fill(
            device, new ModelControls("waits", _folder), ["vdc"], writer, wanted, Hang.Limit, told, _stopped.Token);
        _closing = true;
        if (asFound)
        {
            foreach ((string name, string value) in Found)
                Text(name).ShouldBe(value, name);
        }

        if (writer.Count == 0)
            return (null, failure);
        writer.Commit();
        RecordSet records = RecordSet.Load(file);
        records.Count.ShouldBe(writer.Count);
        return (records, failure);
    }

    // Not as fast as it can, so that the file stays small; nothing else depends on it. On CPU 0: the other ring's positions are the test's.
    private void Produce()
    {
        for (ulong key = 0; !_closing; key++)
        {
            _module.Put(0, key);
            if (key % 32 == 0)
                Thread.Sleep(1);
        }
    }

    private string Text(string name) => File.ReadLines(Path.Combine(_folder, name)).First();

    /// <summary>Where progress goes: at each line something happens.</summary>
    private sealed class Told(Action? then = null) : StringWriter
    {
        public override void WriteLine(string? value) => then?.Invoke();
    }
}
