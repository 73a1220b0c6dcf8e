using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.Runtime.Tests;

/// <summary>Whatever is switched is put back, however the holder ends. The module's attributes are files.</summary>
public sealed partial class SwitchLeaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kml-lease-").FullName;
    private readonly Dictionary<string, string> _found = new()
    {
        ["collect"] = "0\n", ["predict"] = "1\n", ["act"] = "0\n", ["path"] = "auto\n", ["holdout"] = "5\n", ["devices"] = "vda vdb\n",
    };

    public SwitchLeaseTests()
    {
        foreach ((string name, string value) in _found)
            File.WriteAllText(Path.Combine(_folder, name), value);
    }

    /// <summary>Every switch that there is; a new one belongs here.</summary>
    public static TheoryData<string> Switches => new("collect", "predict", "act", "path", "holdout", "devices");

    private ModelControls Controls => new("waits", _folder);

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Every_switch_of_the_controls_has_a_lease() =>
        typeof(ModelControls).GetProperties().Count(p => p.CanWrite).ShouldBe(_found.Count);

    [Theory]
    [MemberData(nameof(Switches))]
    public void A_switch_is_put_back_as_it_was_found(string name)
    {
        using (SwitchLease lease = new(Controls))
        {
            Turn(lease, name);
            Text(name).ShouldNotBe(_found[name]);
        }

        AllAsFound();
    }

    [Fact]
    public void All_are_put_back_after_an_exception_and_a_change_of_mind()
    {
        Should.Throw<InvalidOperationException>(() =>
        {
            using SwitchLease lease = new(Controls);
            foreach (string name in _found.Keys)
                Turn(lease, name);
            lease.HoldOut(20);
            lease.PredictBy(PredictionPath.None);
            throw new InvalidOperationException();
        });
        AllAsFound();
    }

    [Fact]
    public void What_was_empty_is_put_back_as_none()
    {
        File.WriteAllText(Path.Combine(_folder, "devices"), "\n");
        using (SwitchLease lease = new(Controls))
            lease.Observe(["vdc"]);
        Text("devices").ShouldBe("none\n");
    }

    [Fact]
    public void Who_collects_until_told_otherwise_goes_on()
    {
        File.WriteAllText(Path.Combine(_folder, "collect"), "keep\n");
        using (SwitchLease lease = new(Controls))
        {
            lease.Collect();
            Text("collect").ShouldBe("keep\n");
            lease.StopCollecting();
            Text("collect").ShouldBe("0\n");
        }

        Text("collect").ShouldBe("keep\n");
    }

    [Fact]
    public void A_refused_switch_does_not_keep_the_others_from_being_put_back()
    {
        // What can be read and refuses every write, as the module does a disk that is not there.
        File.Delete(Path.Combine(_folder, "devices"));
        File.CreateSymbolicLink(Path.Combine(_folder, "devices"), "/proc/version");
        using (SwitchLease lease = new(Controls))
        {
            lease.Act(true);
            lease.Collect();
            Should.Throw<KernelModelException>(() => lease.Observe(["vdz"]));
        }

        Text("act").ShouldBe(_found["act"]);
        Text("collect").ShouldBe(_found["collect"]);
    }

    [Fact]
    public void A_switch_that_cannot_be_put_back_is_named_and_the_others_are()
    {
        SwitchLease lease = new(Controls);
        foreach (string name in _found.Keys)
            Turn(lease, name);
        string path = Path.Combine(_folder, "path");
        File.Delete(path);
        KernelModelException error = Should.Throw<KernelModelException>(lease.Dispose);
        error.Message.ShouldContain("path of kml_waits could not be put back to 'auto'");
        foreach (string name in _found.Keys.Where(n => n != "path"))
            Text(name).ShouldBe(_found[name], name);
    }

    [Fact]
    public void A_module_that_is_gone_has_no_switches_to_put_back()
    {
        SwitchLease lease = new(Controls);
        lease.Act(true);
        Directory.Delete(_folder, recursive: true);
        lease.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(15)]
    public void A_signal_puts_everything_back_and_nothing_is_set_after_it(int number) =>
        OwnProcess.Run(typeof(SwitchLeaseTests), nameof(PutBackAt), number);

    private void PutBackAt(int number)
    {
        using TerminationSignals signals = new();
        using SwitchLease lease = new(Controls);
        foreach (string name in _found.Keys)
            Turn(lease, name);
        Raise(number).ShouldBe(0);
        if (IgnoredSignals.Contain(number))
        {
            // As in a shell's background: it does not end this process either, and the lease goes on.
            lease.HoldOut(9);
            Text("holdout").ShouldBe("9\n");
            return;
        }

        // Signals are handled on a thread of their own.
        signals.Token.WaitHandle.WaitOne(Hang.Limit).ShouldBeTrue();
        Hang.Until("the switches are put back", () => _found.All(f => Text(f.Key) == f.Value));
        AllAsFound();
        Should.Throw<OperationCanceledException>(() => lease.Act(true));
        AllAsFound();
    }

    private static void Turn(SwitchLease lease, string name)
    {
        switch (name)
        {
            case "collect": lease.Collect(); break;
            case "predict": lease.Predict(false); break;
            case "act": lease.Act(true); break;
            case "path": lease.PredictBy(PredictionPath.Int); break;
            case "holdout": lease.HoldOut(50); break;
            case "devices": lease.Observe(["vdc"]); break;
            default: throw new ArgumentOutOfRangeException(nameof(name), name, null);
        }
    }

    private static int Raise(int signal) => Kill(Environment.ProcessId, signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    private void AllAsFound()
    {
        foreach ((string name, string value) in _found)
            Text(name).ShouldBe(value, name);
    }

    // A file keeps what a shorter value does not cover; an attribute does not.
    private string Text(string name) => File.ReadLines(Path.Combine(_folder, name)).First() + "\n";
}
