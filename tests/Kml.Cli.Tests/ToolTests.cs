using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Kml.Cli.Commands;
using Kml.Model;
using Kml.Model.Lowering;
using Kml.Runtime;
using Shouldly;
using Spectre.Console;
using Xunit;

namespace Kml.Cli.Tests;

public sealed class ToolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kml-tool-").FullName;

    private static string OwnAssembly => typeof(Depth).Assembly.Location;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Help_calls_the_tool_as_a_user_does()
    {
        (int status, string output, _) = Run("--help");
        status.ShouldBe(0);
        output.ShouldContain("  kml [command] [options]");
        Run("collect", "--help").Output.ShouldContain("  kml collect <assembly> [options]");
    }

    [Fact]
    public void Info_shows_what_an_assembly_declares_and_what_it_costs()
    {
        (int status, string output, string errors) = Run("info", OwnAssembly);
        errors.ShouldBeEmpty();
        status.ShouldBe(0);
        output.ShouldContain("model depth");
        output.ShouldContain(Depth.Fingerprint);
        Row(output, "observes").ShouldBe("bio_queue, block_issue");
        Row(output, "features").ShouldBe("2 of F32");
        Row(output, "layers").ShouldBe("8 Relu, 1 Identity");
        Row(output, "head").ShouldBe("regression, F32");
        Row(output, "integer twin").ShouldBe("no");
        Row(output, "parameters").ShouldBe("33");
        Row(output, "multiply-adds").ShouldBe("24");
        Row(output, "record").ShouldBe("192 bytes");
        Row(output, "rings").ShouldBe("128 records a CPU, 24,576 bytes");
        Row(output, "state").ShouldBe("4 bytes a disk");
        Rows(output).Single(c => c[1] == "WaitUs(BioQueue, BlockIssue)")[2..5].ShouldBe(["13", "72 bytes", "none"]);
    }

    [Fact]
    public void Info_on_what_is_no_assembly_of_a_model_says_so()
    {
        Refuses("declares no kernel model. Name the assembly of the project that has the [KernelModel] class", "info", typeof(ModelSpec).Assembly.Location);
        Refuses("Build the project that declares the model: dotnet build", "info", Path.Combine(_folder, "absent.dll"));
        string text = Path.Combine(_folder, "text.dll");
        File.WriteAllText(text, "no assembly at all");
        Refuses("cannot be read", "info", text);
    }

    [Fact]
    public void Collecting_does_not_begin_without_a_place_for_the_records()
    {
        string text = Path.Combine(_folder, "kept.txt");
        File.WriteAllText(text, "kept");
        WholeFile.RequireWritable(text);
        File.ReadAllText(text).ShouldBe("kept");

        string fresh = Path.Combine(_folder, "new", "records.safetensors");
        WholeFile.RequireWritable(fresh);
        File.Exists(fresh).ShouldBeFalse();

        Should.Throw<IOException>(() => WholeFile.RequireWritable(Path.Combine(text, "records.safetensors")));
    }

    [Theory]
    [InlineData("info", "no_such_model")]
    [InlineData("info", "/dev/kml-no_such_model")]
    [InlineData("status", "no_such_model")]
    public void A_module_that_is_not_loaded_is_named_with_the_command(params string[] arguments) =>
        Refuses("the module kml_no_such_model is not loaded on this machine. Load it: insmod", arguments);

    [Fact]
    public void Status_shows_switches_counters_and_by_how_much_an_account_is_off()
    {
        Dictionary<string, string> told = new()
        {
            ["devices"] = "vda vdb", ["act"] = "0", ["holdout"] = "5", ["path"] = "auto", ["isa"] = "avx2",
            ["bio_queue"] = "1234567", ["contended"] = "12",
            ["queued"] = "100", ["labelled"] = "90", ["merged"] = "4", ["unissued"] = "3", ["table_full"] = "2", ["in_flight"] = "1",
            ["produced"] = "90", ["dropped"] = "5", ["consumed"] = "80", ["pending"] = "3",
            ["tried"] = "100", ["float"] = "70", ["none_fpu"] = "30",
            ["float_true_negative"] = "30", ["float_false_negative"] = "5", ["float_false_positive"] = "5", ["float_true_positive"] = "20",
        };
        (string Name, string Value)[] files =
        [
            .. SwitchCatalog.All.Select(s => (s.Word, told.GetValueOrDefault(s.Word, "1"))),
            .. CounterCatalog.Groups.SelectMany(g => g.Counters.Select(c => ($"{g.Word}/{c.Word}", told.GetValueOrDefault(c.Word, "0")))),
        ];
        foreach ((string name, string value) in files)
        {
            string path = Path.Combine(_folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, value + "\n");
        }

        using StringWriter text = new();
        IAnsiConsole console = Plain(text);
        console.Profile.Width = 300;
        StatusCommand.Show(console, new ModelControls("depth", _folder));
        string output = text.ToString();
        Row(output, "devices").ShouldBe("vda vdb");
        Row(output, "act").ShouldBe("0");
        Row(output, "holdout").ShouldBe("5");
        SwitchCatalog.All.ShouldAllBe(s => Row(output, s.Word, 2) == files.Single(f => f.Name == s.Word).Value);
        Row(output, "isa").ShouldBe("avx2");
        Row(output, "bio_queue").ShouldBe("1,234,567");
        Rows(output).Where(row => row[1] == "account").Select(row => (row[2], row[3])).ShouldBe(
        [
            ("adds up", "queued = labelled + merged + unissued + table_full + expired + in_flight; exact only while the disks are idle"),
            ("off by +2 records", "produced = consumed + dropped + pending; exact only while the disks are idle"),
            ("adds up", "tried = float + integer + none_path + none_fpu + none_fault; exact only while the disks are idle"),
        ]);
        Row(output, "right, float").ShouldBe("50 of 60, 83.33 %");
        Row(output, "right, integer").ShouldBe("no verdicts");

        // No row is left to be guessed: each says what it is, a count what it counts, and an account what is added up, by the names of rows.
        string[][] rows = [.. Rows(output)];
        rows.Length.ShouldBe(SwitchCatalog.All.Count + CounterCatalog.Groups.Sum(g => g.Counters.Count + (g.Parts.Count > 0 ? 1 : 0)) + 2);
        rows.ShouldAllBe(row => row.Length == 5 && row[3].Split(' ').Length >= 3);
        foreach (string[] account in rows.Where(row => row[1] == "account"))
            account[3].Split(';')[0].Split([" = ", " + "], StringSplitOptions.None).ShouldAllBe(name => rows.Any(row => row[1] == name));
        Row(output, "contended", column: 3).ShouldBe("times an event had to wait for its disk's lock");
        Row(output, "faults", column: 3).ShouldBe("updates of the state that faulted");

        // Of every counter a family with its type and meaning, each name once, and the mark of the end.
        ModelControls controls = new("depth", _folder);
        string[] metrics = OpenMetrics.Text("depth", controls.Counters()).Split('\n');
        metrics[..3].ShouldBe(
        [
            "# TYPE kml_events_bio_queue counter",
            "# HELP kml_events_bio_queue 'bio_queue' events of the chosen disks",
            "kml_events_bio_queue_total{model=\"depth\"} 1234567",
        ]);
        metrics.ShouldContain("# TYPE kml_join_in_flight gauge");
        metrics.ShouldContain("kml_join_in_flight{model=\"depth\"} 1");
        metrics[^2..].ShouldBe(["# EOF", ""]);
        metrics.Where(l => l.StartsWith("# TYPE ", StringComparison.Ordinal)).ShouldBeUnique();
        metrics.Length.ShouldBe((3 * CounterCatalog.Groups.Sum(g => g.Counters.Count)) + 2);
    }

    [Fact]
    public void Collect_needs_the_module()
    {
        string file = Path.Combine(_folder, "depth.records.safetensors");
        Refuses("the module kml_depth is not loaded", "collect", OwnAssembly, "--device", "vda", "--records", "5", "--out", file);
        File.Exists(file).ShouldBeFalse();
        Refuses("declares no model 'other', but: depth.", "collect", OwnAssembly, "--model", "other", "--device", "vda", "--records", "5", "--out", file);
        Refuses("--records must be at least 1", "collect", OwnAssembly, "--device", "vda", "--records", "0", "--out", file);
        Refuses("Option '--device' is required", "collect", OwnAssembly, "--records", "5", "--out", file);
    }

    [Fact]
    public void Weights_are_shown_and_checked_against_their_model()
    {
        string file = Save(Weights());
        (int status, string output, string errors) = Run("weights", file, "--for", OwnAssembly);
        errors.ShouldBeEmpty();
        status.ShouldBe(0);
        Row(output, "kml.model").ShouldBe("depth");
        Row(output, "kml.fingerprint").ShouldBe(Depth.Fingerprint);
        Row(output, "kml.weights_version").ShouldBe("3");
        Row(output, "checked").ShouldStartWith("as the build does, against Kml.Cli.Tests.dll: the format; the digest");
        output.ShouldContain("layer0.weight");
        output.ShouldContain("[2, 8]");
        Run("weights", file).Output.ShouldContain("the format; the digest over every byte; that every number is finite");
    }

    [Fact]
    public void Weights_that_cannot_be_used_are_refused_with_the_reason()
    {
        WeightsFile good = Weights();
        string other = Save(new WeightsFile(
            good.Metadata.Select(m => m.Key == WeightsFile.FingerprintKey ? KeyValuePair.Create(m.Key, new string('0', 64)) : m),
            good.Tensors));
        Refuses(new string('0', 64), "weights", other, "--for", OwnAssembly);

        string nan = Save(With(good, WeightsTensor.Of("layer1.bias", [float.NaN], 1)));
        Refuses("tensor 'layer1.bias' holds NaN or infinity", "weights", nan);
        Refuses("layer1.bias", "weights", nan, "--for", OwnAssembly);

        string cut = Path.Combine(_folder, "cut.safetensors");
        File.WriteAllBytes(cut, good.ToBytes()[..^8]);
        Refuses("is no usable weights file", "weights", cut);

        string undigested = Path.Combine(_folder, "undigested.safetensors");
        File.WriteAllText(
            undigested,
            Encoding.Latin1.GetString(good.ToBytes()).Replace(WeightsFile.DigestKey, "kml.digesu", StringComparison.Ordinal),
            Encoding.Latin1);
        Refuses("it carries no digest (metadata 'kml.digest')", "weights", undigested);
        Refuses("KML2002: ", "weights", undigested, "--for", OwnAssembly);

        // Both are half of the file, and neither is a weight.
        byte[] events = new byte[48];
        events[RecordBytes(nameof(BioQueue.Sectors))] = 8;
        string from = Save(With(good, WeightsTensor.Of(WeightsNames.GoldenFrom, events, 1, 48)));
        Refuses("KML2007: ", "weights", from, "--for", OwnAssembly);
        Refuses("golden vector 0 gives feature 1 as 0x41000000 in this build's reference, not 0x00000000", "weights", from, "--for", OwnAssembly);
        Refuses(
            "golden vector 0 gives feature 0 as 0x3f800000",
            "weights",
            Save(With(good, WeightsTensor.Of(WeightsNames.GoldenState, new byte[] { 1, 0, 0, 0 }, 1, 4))),
            "--for",
            OwnAssembly);
        Refuses("absent.safetensors", "weights", Path.Combine(_folder, "absent.safetensors"));
    }

    [Fact]
    public void Every_command_explains_itself()
    {
        (int status, string output, _) = Run();
        status.ShouldBe(1);
        foreach (string command in new[] { "info", "status", "collect", "replay", "weights", "explain" })
            Run(command, "--help").Status.ShouldBe(0);
        Refuses("'nonsense'", "nonsense");
    }

    private static void Refuses(string words, params string[] arguments)
    {
        (int status, _, string errors) = Run(arguments);
        errors.ShouldContain(words);
        status.ShouldBe(1);
    }

    private static (int Status, string Output, string Errors) Run(params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter errors = new();
        int status = Program.Run(arguments, Plain(output), errors);
        return (status, output.ToString(), errors.ToString());
    }

    private static IAnsiConsole Plain(StringWriter output)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        console.Profile.Width = 160;
        return console;
    }

    // The value beside a name in a table of facts.
    private static string Row(string output, string name, int column = 2) => Rows(output).Single(c => c[1] == name)[column];

    private static IEnumerable<string[]> Rows(string output) =>
        output.Split('\n').Select(l => l.Split('│', StringSplitOptions.TrimEntries)).Where(c => c.Length >= 4 && c[1].Length > 0);

    private string Save(WeightsFile weights)
    {
        string path = Path.Combine(_folder, Path.GetRandomFileName());
        weights.Write(path);
        return path;
    }

    private static int RecordBytes(string field) => EventKind.BioQueue.Info().Layout.OffsetOf(field);

    private static WeightsFile With(WeightsFile file, WeightsTensor changed) =>
        new(file.Metadata, file.Tensors.Select(t => t.Name == changed.Name ? changed : t));

    private static WeightsFile Weights()
    {
        ModelSpec model = ModelText.Read(Depth.CanonicalText);
        ProgramWeights weights = new(
            [0f, 0f],
            [1f, 1f],
            [new LayerWeights(new float[16], new float[8]), new LayerWeights(new float[8], [0f])],
            1f,
            0f,
            null);
        return new WeightsFile(
            new Dictionary<string, string>
            {
                [WeightsFile.ModelKey] = model.Name,
                [WeightsFile.FingerprintKey] = Depth.Fingerprint,
                [WeightsFile.VersionKey] = "3",
                [WeightsFile.ToolKey] = "tests",
            },
            [
                .. ProgramTensors.Write(ProgramShape.Of(model), weights),
                WeightsTensor.Of(WeightsNames.GoldenFrom, new byte[48], 1, 48),
                WeightsTensor.Of(WeightsNames.GoldenState, new byte[4], 1, 4),
                WeightsTensor.Of(WeightsNames.GoldenFeatures, new int[2], 1, 2),
                WeightsTensor.Of(WeightsNames.GoldenFloat, new int[1], 1),
            ]);
    }
}
