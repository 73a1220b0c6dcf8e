using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Kml.Model;
using Kml.Runtime.Native;
using Shouldly;
using Xunit;

namespace Kml.Runtime.Tests;

public sealed class ModelControlsTests : IDisposable
{
    private static readonly CounterGroup[] Accounts = [.. CounterCatalog.Groups.Where(g => g.Parts.Count > 0)];

    private readonly string _folder = Directory.CreateTempSubdirectory("kml-controls-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Switches_write_what_the_module_reads()
    {
        SwitchInfo[] switches = [.. SwitchCatalog.All.Where(s => s.IsWritable)];
        foreach (SwitchInfo info in switches)
            Put(info.Word, "");
        ModelControls controls = new("waits", _folder)
        {
            Collect = Collecting.WithReader,
            Predict = false,
            Act = true,
            Path = PredictionPath.Int,
            HoldoutPercent = 7,
            Devices = ["vda", "254:16"],
        };
        Text("collect").ShouldBe("1\n");
        Text("predict").ShouldBe("0\n");
        Text("act").ShouldBe("1\n");
        Text("path").ShouldBe("int\n");
        Text("holdout").ShouldBe("7\n");
        Text("devices").ShouldBe("vda 254:16\n");
        controls.Collect.ShouldBe(Collecting.WithReader);
        controls.Predict.ShouldBeFalse();
        controls.Act.ShouldBeTrue();
        controls.Path.ShouldBe(PredictionPath.Int);
        controls.HoldoutPercent.ShouldBe(7);
        controls.Devices.ShouldBe(["vda", "254:16"]);
        switches.ShouldAllBe(s => Text(s.Word).Length > 0, "a switch that no property writes");
    }

    [Fact]
    public void What_a_module_tells_is_read_from_the_file_of_its_row()
    {
        foreach (SwitchInfo info in SwitchCatalog.All.Where(s => !s.IsWritable))
            Put(info.Word, "7\n");
        ModelControls controls = new("waits", _folder);
        new[] { controls.Fingerprint, controls.WeightsVersion.ToString(CultureInfo.InvariantCulture), controls.InstructionSet }
            .ShouldBe([.. SwitchCatalog.All.Where(s => !s.IsWritable).Select(_ => "7")]);
    }

    [Fact]
    public void The_words_of_a_path_are_those_of_its_row() =>
        Enum.GetNames<PredictionPath>().Select(n => n.ToLowerInvariant()).ShouldBe(SwitchCatalog.Path.Choices.Select(c => c.Word));

    [Fact]
    public void What_another_version_tells_is_named_and_not_taken_for_a_value()
    {
        ModelControls controls = new("waits", _folder);
        (SwitchInfo Switch, string Text, Func<object> Read)[] readings =
        [
            (SwitchCatalog.Collect, "2", () => controls.Collect),
            (SwitchCatalog.Predict, "2", () => controls.Predict),
            (SwitchCatalog.Act, "", () => controls.Act),
            (SwitchCatalog.Path, "npu", () => controls.Path),
            (SwitchCatalog.Path, "1", () => controls.Path),
            (SwitchCatalog.Holdout, "101", () => controls.HoldoutPercent),
            (SwitchCatalog.Holdout, "-1", () => controls.HoldoutPercent),
            (SwitchCatalog.WeightsVersion, "new", () => controls.WeightsVersion),
        ];
        foreach ((SwitchInfo info, string text, Func<object> read) in readings)
        {
            Put(info.Word, text + "\n");
            Should.Throw<KernelModelException>(read, info.Word).Message
                .ShouldBe($"{_folder}/{info.Word} holds '{text}', which this version of KmlCompiler does not know.");
        }
    }

    [Fact]
    public void No_devices_are_written_as_none_and_read_as_none()
    {
        Put("devices", "");
        ModelControls controls = new("waits", _folder) { Devices = [] };
        Text("devices").ShouldBe("none\n");
        Put("devices", "\n");
        controls.Devices.ShouldBeEmpty();
    }

    [Fact]
    public void Identities_say_by_how_much_they_are_off()
    {
        // A whole of 100, and parts of 1 each but for the first, which makes it up.
        foreach (CounterGroup group in Accounts)
        {
            PutAll(group.Word, [.. group.Counters.Select(c => (c.Word, 1UL))]);
            Put($"{group.Word}/{group.Whole!.Word}", "100\n");
            Put($"{group.Word}/{group.Parts[0].Word}", FormattableString.Invariant($"{101 - group.Parts.Count}\n"));
        }

        ModelControls controls = new("waits", _folder);
        CounterValues before = controls.Counters(Accounts);
        Accounts.Select(before.Off).ShouldBe([0L, 0, 0]);
        before[CounterCatalog.TableFull].ShouldBe(1UL);
        before.Text(CounterCatalog.Ring).ShouldBe("produced 100, dropped 1, consumed 98, pending 1, bad_tail 1");

        Put("join/merged", "2\n");
        Put("ring/consumed", "96\n");
        Put("prediction/tried", "107\n");
        CounterValues after = controls.Counters(Accounts);
        Accounts.Select(after.Off).ShouldBe([-1L, 2, 7]);
        Accounts.Select(after.Since(before).Off).ShouldBe([-1L, 2, 7]);
        after.Since(before)[CounterCatalog.Tried].ShouldBe(7UL);
        CounterValues.Of(after.ByWord).ByWord.ShouldBe(after.ByWord);
    }

    [Fact]
    public void Verdicts_are_counted_by_engine()
    {
        PutAll("accuracy", ("float_true_negative", 6), ("float_false_negative", 1), ("float_false_positive", 1), ("float_true_positive", 2));
        PutAll("accuracy", ("integer_true_negative", 0), ("integer_false_negative", 0), ("integer_false_positive", 0), ("integer_true_positive", 0));
        CounterValues counters = new ModelControls("waits", _folder).Counters(CounterCatalog.Accuracy);
        counters.Verdicts(PredictionFormat.Float).ShouldBe(new VerdictCounts(6, 1, 1, 2));
        counters.Verdicts(PredictionFormat.Float).Accuracy.ShouldBe(0.8);
        counters.Verdicts(PredictionFormat.Integer).Accuracy.ShouldBe(double.NaN);
        Should.Throw<ArgumentOutOfRangeException>(() => counters.Verdicts(PredictionFormat.None));
    }

    [Fact]
    public void Every_counter_is_read_from_the_file_of_its_row()
    {
        ulong next = 1;
        foreach (CounterGroup group in CounterCatalog.Groups)
            PutAll(group.Word, [.. group.Counters.Select(c => (c.Word, next++))]);

        CounterValues counters = new ModelControls("waits", _folder).Counters();

        CounterCatalog.Groups.SelectMany(g => g.Counters).Select(c => counters[c]).ShouldBe(Enumerable.Range(1, (int)next - 1).Select(n => (ulong)n));
    }

    [Fact]
    public void A_module_that_is_not_loaded_is_named_with_the_command() =>
        Should.Throw<KernelModelException>(() => ModelControls.Of("no_such_model")).Message
            .ShouldContain("the module kml_no_such_model is not loaded on this machine. Load it: insmod");

    [Fact]
    public void A_refused_value_names_the_file_the_value_and_the_reason()
    {
        // The kernel's own file that refuses every write.
        File.CreateSymbolicLink(Path.Combine(_folder, "holdout"), "/dev/full");
        ModelControls controls = new("waits", _folder);
        KernelModelException error = Should.Throw<KernelModelException>(() => controls.HoldoutPercent = 5);
        error.Message.ShouldBe($"{_folder}/holdout refused '5': No space left on device (errno 28).");
        error.ErrorNumber.ShouldBe(28);
    }

    [Theory]
    [InlineData("devices", LibC.NoDevice, "no such block device")]
    [InlineData("devices", LibC.NotSupported, "makes no requests")]
    [InlineData("holdout", LibC.NotSupported, "(errno 95)")]
    [InlineData("holdout", LibC.TooMany, "(errno 7)")]
    [InlineData("path", LibC.NoData, "(errno 61)")]
    [InlineData("devices", LibC.TooMany, "fewer devices")]
    [InlineData("act", LibC.NoData, "without weights: train, build again")]
    [InlineData("act", LibC.NotSupported, "no [Policy]")]
    [InlineData("path", LibC.NotSupported, "no integer twin")]
    [InlineData("path", LibC.Invalid, "no value of this attribute")]
    [InlineData("holdout", LibC.OutOfRange, "out of range")]
    [InlineData("collect", LibC.AccessDenied, "CAP_SYS_ADMIN")]
    [InlineData("collect", LibC.NotConnected, "open it first, or collect without a reader (keep)")]
    [InlineData("collect", LibC.NoSpace, "ring_mib")]
    [InlineData("collect", LibC.NoMemory, "not enough memory")]
    [InlineData("collect", 5, "Input/output error (errno 5)")]
    public void Every_refusal_is_a_sentence(string attribute, int error, string words) =>
        ModelControls.Reason(attribute, error).ShouldContain(words);

    [Fact]
    public void An_absent_or_broken_counter_is_named()
    {
        ModelControls controls = new("waits", _folder);
        Should.Throw<KernelModelException>(() => controls.Counters(CounterCatalog.Ring)).Message.ShouldContain("ring/produced could not be read");
        PutAll("ring", ("dropped", 0), ("consumed", 0), ("pending", 0));
        Put("ring/produced", "-1\n");
        Should.Throw<KernelModelException>(() => controls.Counters(CounterCatalog.Ring)).Message.ShouldEndWith("ring/produced holds '-1', not a count.");
    }

    private void PutAll(string group, params (string Name, ulong Value)[] counters)
    {
        foreach ((string name, ulong value) in counters)
            Put($"{group}/{name}", FormattableString.Invariant($"{value}\n"));
    }

    private void Put(string name, string text)
    {
        string file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private string Text(string name) => File.ReadAllText(Path.Combine(_folder, name));
}
