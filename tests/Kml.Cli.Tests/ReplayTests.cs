using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Kml.Cli.Commands;
using Kml.Cli.Replay;
using Kml.Model;
using Kml.Runtime;
using Kml.TestSupport;
using Kml.Training;
using Shouldly;
using Spectre.Console;
using Xunit;

namespace Kml.Cli.Tests;

public sealed class ReplayTests : IDisposable
{
    // Each method faults on some records.
    private const string Source = """
        using System;
        using Kml;

        [KernelModel("share")]
        [Observe(typeof(BioQueue))]
        [Observe(typeof(BlockIssue))]
        [Dense(1)]
        public partial class Share
        {
            [State]
            public struct Disk
            {
                public uint Queued;
                public Levels Recent;
            }

            [System.Runtime.CompilerServices.InlineArray(2)]
            public struct Levels
            {
                private short _level;
            }

            [Update]
            static void On(in BioQueue e, ref Disk d) => d.Recent[(int)(d.Queued++ & 3)] = 1;

            [Features(2)]
            static void Extract(in BioQueue e, in Disk d, Span<int> x)
            {
                x[0] = Part(e, d);
                x[1] = (int)e.Sectors;
            }

            [Label]
            static int WaitUs(in BioQueue a, in BlockIssue b) => checked((int)((b.TimeNs - a.TimeNs) / 1000));

            [Verdict]
            static bool Late(in BioQueue e, int waitUs) => Math.Clamp(waitUs, 0, (int)e.Cpu - 1) > 5;

            [Policy]
            static void Act(ref BioQueue e, int waitUs)
            {
                if (1000 / waitUs > 1)
                    e.RaisePriority(IoPriority.RealTime);
            }

            private static int Part(in BioQueue e, in Disk d) => (int)(e.Sectors / d.Queued);
        }
        """;

    private static readonly ModelSpec Model = SourceModels.Parse(Source).Single();
    private static readonly RecordLayout Layout = RecordLayout.Of(Model);

    private readonly string _folder = Directory.CreateTempSubdirectory("kml-replay-").FullName;
    private readonly string _assembly;

    public ReplayTests()
    {
        _assembly = Path.Combine(_folder, "Models.dll");
        SourceModels.Emit(_assembly, Source);
    }

    // What each method of the model faults on, and how that is told.
    public static TheoryData<string, string> Faults => new()
    {
        { "Extract", "Extract faults: DivideByZeroException, KML_FAULT_DIVIDE in the kernel" },
        { "On", "On(BioQueue) faults: IndexOutOfRangeException, KML_FAULT_INDEX in the kernel" },
        { "WaitUs", "WaitUs faults: OverflowException, KML_FAULT_OVERFLOW in the kernel" },
        { "Late", "Late of the label faults: ArgumentException, KML_FAULT_ARGUMENT in the kernel" },
        { "Act", "Act faults: DivideByZeroException, KML_FAULT_DIVIDE in the kernel" },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Faults))]
    public void The_first_record_on_which_a_method_faults_is_shown(string method, string words)
    {
        string file = Save(Good(), Good(), Faulting(method), Good());

        (int status, string output, string errors) = Run(file, "--break-on", "fault");

        errors.ShouldBeEmpty();
        status.ShouldBe(1);
        output.ShouldContain($"record 2 (number 17 of its CPU, device 254:16): {words}");
        output.ShouldContain($"  at Share.{method}, ");
        output.ShouldContain("0.cs:");
    }

    [Fact]
    public void What_the_method_was_run_on_is_shown_by_its_names()
    {
        string output = Run(Save(Faulting("Extract")), "--break-on", "fault").Output;

        Row(output, "Operation").ShouldBe("Write (1)");
        Row(output, "Queued").ShouldBe("0");
        Row(output, "Recent[1]").ShouldBe("-7");
        Row(output, "flags").ShouldBe("LabelValid");
        Row(output, "label").ShouldBe("1500");
        string[] places = [.. output.Split('\n').Where(l => l.StartsWith("  at ", StringComparison.Ordinal))];
        places.Length.ShouldBe(2);
        places[0].ShouldStartWith("  at Share.Part, ");
    }

    [Fact]
    public void Without_a_fault_there_is_nothing_to_stop_at() =>
        Run(Save(Good(), Good()), "--break-on", "fault").ShouldBe((0, "There is no fault in 2 records.\n", ""));

    [Fact]
    public void The_first_record_that_differs_is_shown()
    {
        byte[] other = Good();
        MemoryMarshal.Write(other.AsSpan(RecordHeader.LabelOffset), 1501);
        string file = Save(Good(), other);

        (int status, string output, _) = Run(file, "--break-on", "difference");
        status.ShouldBe(1);
        output.ShouldContain("record 1 (number 17 of its CPU, device 254:16): the label is 1501 in the kernel, 1500 in C#");

        (status, output, _) = Run(file);
        status.ShouldBe(1);
        Row(output, "equal to the bit").ShouldBe("1");
        Row(output, "different").ShouldBe("1");
        output.ShouldContain("the label is 1501 in the kernel, 1500 in C#. Look at it: --break-on difference");
        Run(Save(Good()), "--break-on", "difference").ShouldBe((0, "There is no difference in 1 records.\n", ""));
        Run(Save(Good())).Status.ShouldBe(0);
    }

    [Fact]
    public void A_debugger_stops_once_before_the_method_is_run_again()
    {
        string file = Save(Good(), Faulting("Extract"));
        int breaks = 0, faults = 0;
        void Count(object? sender, FirstChanceExceptionEventArgs e) => faults += breaks > 0 && e.Exception is DivideByZeroException ? 1 : 0;
        AppDomain.CurrentDomain.FirstChanceException += Count;
        try
        {
            Run(new AttachedDebugger(() => true, () => breaks++), file, "--break-on", "fault").Status.ShouldBe(1);
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Count;
        }

        (breaks, faults).ShouldBe((1, 1));
    }

    [Fact]
    public void It_waits_for_a_debugger_where_asked_and_says_to_which_process_it_belongs()
    {
        int asked = 0, breaks = 0;
        AttachedDebugger debugger = new(() => ++asked > 3, () => breaks++);

        (int status, _, string errors) = Run(debugger, Save(Faulting("Act")), "--break-on", "fault", "--attach");

        status.ShouldBe(1);
        breaks.ShouldBe(1);
        errors.ShouldBe($"Attach a debugger to process {Environment.ProcessId}; it stops before the method is run again.{Environment.NewLine}");
    }

    [Fact]
    public void Without_a_debugger_nothing_breaks() =>
        Run(new AttachedDebugger(() => false, () => throw new InvalidOperationException()), Save(Faulting("Act")), "--break-on", "fault").Status.ShouldBe(1);

    [Fact]
    public void What_cannot_be_done_is_refused_with_the_remedy()
    {
        string file = Save(Good());
        Refuses("--break-on takes 'fault' or 'difference', not 'mismatch'.", "replay", file, "--for", _assembly, "--break-on", "mismatch");
        Refuses("add --break-on fault, or --break-on difference", "replay", file, "--for", _assembly, "--attach");
        Refuses("Option '--for' is required", "replay", file);
        Refuses("Build the project that declares the model", "replay", file, "--for", Path.Combine(_folder, "absent.dll"));
        Refuses("absent.safetensors", "replay", Path.Combine(_folder, "absent.safetensors"), "--for", _assembly);

        string other = Path.Combine(_folder, "other.safetensors");
        ModelSpec wider = SourceModels.Parse(Source.Replace("uint Queued", "ulong Queued", StringComparison.Ordinal)).Single();
        new RecordSet(wider, new byte[RecordLayout.Of(wider).Size]).Save(other);
        Refuses("with other state than it has in", "replay", other, "--for", _assembly);

        string changed = Path.Combine(_folder, "changed.safetensors");
        new RecordSet(Model with { Layers = new[] { new LayerSpec(2, LayerActivation.Relu) }.Concat(Model.Layers).ToEquatableArray() }, Good()).Save(changed);
        Refuses("'share' has changed since these records were collected", "replay", changed, "--for", _assembly);
        Run(changed, "--break-on", "fault").Status.ShouldBe(0);
    }

    private static byte[] Good() => Record(queued: 1, nanoseconds: 1_500_000, cpu: 2);

    private static byte[] Faulting(string method) => method switch
    {
        "Extract" => Record(queued: 0, nanoseconds: 1_500_000, cpu: 2),
        "On" => Record(queued: 2, nanoseconds: 1_500_000, cpu: 2),
        "WaitUs" => Record(queued: 1, nanoseconds: 1L << 60, cpu: 2),
        "Late" => Record(queued: 1, nanoseconds: 1_500_000, cpu: 0),
        _ => Predicted(Good()),
    };

    // As the kernel leaves it where the policy faults on a prediction of 0: features, and no mark that it predicted.
    private static byte[] Predicted(byte[] record)
    {
        MemoryMarshal.Write(record.AsSpan(RecordHeader.WeightsVersionOffset), 3);
        MemoryMarshal.Write(record.AsSpan(Layout.FeaturesOffset), 8);
        MemoryMarshal.Write(record.AsSpan(Layout.FeaturesOffset + 4), 8);
        return record;
    }

    private static byte[] Record(uint queued, ulong nanoseconds, uint cpu)
    {
        byte[] record = new byte[Layout.Size];
        Span<byte> bytes = record;
        MemoryMarshal.Write(bytes[RecordHeader.SequenceOffset..], 17UL);
        MemoryMarshal.Write(bytes[RecordHeader.DeviceOffset..], (254 << 20) | 16);
        MemoryMarshal.Write(bytes[RecordHeader.LabelOffset..], 1500);
        MemoryMarshal.Write(bytes[RecordHeader.FlagsOffset..], RecordFlags.LabelValid);
        MemoryMarshal.Write(bytes[Layout.FromOffset..], new BioQueue { TimeNs = 7, Sectors = 8, Operation = IoOperation.Write, Cpu = cpu });
        MemoryMarshal.Write(bytes[Layout.ToOffset..], new BlockIssue { TimeNs = 7 + nanoseconds });
        MemoryMarshal.Write(bytes[Layout.StateOffset..], queued);
        MemoryMarshal.Write(bytes[(Layout.StateOffset + 6)..], (short)-7);
        return record;
    }

    private static string Row(string output, string name) =>
        output.Split('\n').Select(l => l.Split('│', StringSplitOptions.TrimEntries)).First(c => c.Length >= 4 && c[1] == name)[2];

    private string Save(params byte[][] records)
    {
        string path = Path.Combine(_folder, Path.GetRandomFileName());
        new RecordSet(Model, records.SelectMany(r => r).ToArray()).Save(path);
        return path;
    }

    private static void Refuses(string words, params string[] arguments)
    {
        using StringWriter output = new(), errors = new();
        Program.Run(arguments, Plain(output), errors).ShouldBe(1);
        errors.ToString().ShouldContain(words);
    }

    private (int Status, string Output, string Errors) Run(string file, params string[] options) =>
        Run(new AttachedDebugger(() => false, () => { }), file, options);

    private (int Status, string Output, string Errors) Run(AttachedDebugger debugger, string file, params string[] options)
    {
        using StringWriter output = new(), errors = new();
        Command command = ReplayCommand.Create(Plain(output), errors, debugger);
        int status = command.Parse([file, "--for", _assembly, .. options])
            .Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = errors });
        return (status, output.ToString(), errors.ToString());
    }

    private static IAnsiConsole Plain(StringWriter output)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        console.Profile.Width = 160;
        return console;
    }
}
