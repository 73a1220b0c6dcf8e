using System;
using System.IO;
using System.IO.Pipes;
using System.Linq;
using Kml.Training.Optimisation;
using Kml.Training.Tests.Learners;
using Shouldly;
using Spectre.Console;
using Xunit;

namespace Kml.Training.Tests;

/// <summary>What is written beside the result fails without taking the result with it: said once, in the warnings.</summary>
public sealed class SideOutputTests : IDisposable
{
    private static readonly FitOptions Quiet = new() { Console = null, MaxEpochs = 25, Patience = 25 };

    private readonly string _folder = Directory.CreateTempSubdirectory("kml-side").FullName;

    public static TheoryData<string> Consoles => ["full disk, plain", "full disk, live", "closed pipe, plain", "closed pipe, live", "in use", "closed writer"];

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void A_log_on_a_full_disk_costs_nothing_but_itself() => SaidOnce(Quiet with { LogPath = "/dev/full" }, "/dev/full");

    [Fact]
    public void A_log_that_cannot_be_opened_costs_nothing_but_itself()
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        SaidOnce(Quiet with { LogPath = Path.Combine(file, "below.tsv") }, "below.tsv");
        SaidOnce(Quiet with { LogPath = _folder }, _folder);
    }

    [Fact]
    public void A_log_whose_reader_goes_costs_nothing_but_itself()
    {
        // The header lies in the pipe by the first step; from then on nobody reads.
        using AnonymousPipeServerStream reader = new(PipeDirection.In);
        SaidOnce(
            Quiet with { LogPath = $"/proc/self/fd/{reader.ClientSafePipeHandle.DangerousGetHandle()}", Schedule = new AtEachStep(reader.Dispose) },
            "/proc/self/fd");
    }

    [Theory]
    [MemberData(nameof(Consoles))]
    public void Progress_that_cannot_be_shown_costs_nothing_but_itself(string kind)
    {
        using TextWriter writer = Broken(kind);
        IAnsiConsole console = Console(writer, live: !kind.EndsWith("plain", StringComparison.Ordinal));
        if (kind == "in use")
            console.Live(Text.Empty).Start(_ => SaidOnce(Quiet with { Console = console }, "progress"));
        else
            SaidOnce(Quiet with { Console = console }, "progress");
    }

    [Fact]
    public void A_training_from_records_keeps_its_result_too()
    {
        using TextWriter writer = Broken("full disk, plain");
        TrainingOptions options = new() { Console = Console(writer, live: false), LogPath = "/dev/full", MaxEpochs = 12, Patience = 12 };
        TrainingResult result = Trainer.Train<WaitModel>(SyntheticRecords.Wait(600), options);
        result.Warnings.Count(w => w.Kind.ToString() == "OutputNotWritten").ShouldBe(2);
        result.BestEpoch.ShouldBeGreaterThan(0);
        result.Print(Console(writer, live: false));
        result.Save(Path.Combine(_folder, "wait.safetensors")).ShouldBe(1u);
    }

    [Theory]
    [MemberData(nameof(Consoles))]
    public void Printing_a_result_costs_nothing_but_itself(string kind)
    {
        if (kind == "in use")
            return;
        using TextWriter writer = Broken(kind);
        IAnsiConsole console = Console(writer, live: !kind.EndsWith("plain", StringComparison.Ordinal));
        Samples rows = LearnerCase.Rows(200, 2, 2);
        NetworkFit fit = new NetworkLearner { Options = Quiet with { MaxEpochs = 2 } }.FitAndReport(rows);
        fit.Print(console);
        Evaluation.Of(fit.Predictor, rows, rows).Print(console);
        PrecisionComparison.Run(new NetworkLearner { Options = Quiet with { MaxEpochs = 1, LearningRate = 0.01f } }, [(rows, rows, rows)], seeds: 1)
            .Print(console);
    }

    [Fact]
    public void Whatever_fails_the_bits_are_those_of_a_quiet_training()
    {
        using TextWriter writer = Broken("full disk, live");
        Samples rows = LearnerCase.Rows(200, 2, 2);
        NetworkLearner loud = new() { Options = Quiet with { LogPath = "/dev/full", Console = Console(writer, live: true) } };
        Tests.Optimisation.Course.Bits(loud.FitAndReport(rows))
            .ShouldBe(Tests.Optimisation.Course.Bits(new NetworkLearner { Options = Quiet }.FitAndReport(rows)));
    }

    [Fact]
    public void A_training_that_fails_still_fails()
    {
        // What the display catches is its own.
        foreach (bool live in (bool[])[true, false])
        {
            using StringWriter writer = new();
            AtEachStep failing = new(() => throw new IOException("of training itself"));
            NetworkLearner learner = new() { Options = Quiet with { Console = Console(writer, live), Schedule = failing } };
            Should.Throw<IOException>(() => learner.FitAndReport(LearnerCase.Rows(200, 2, 2))).Message.ShouldBe("of training itself");
        }
    }

    private static void SaidOnce(FitOptions options, string what)
    {
        NetworkFit fit = new NetworkLearner { Options = options }.FitAndReport(LearnerCase.Rows(200, 2, 2));
        fit.Epochs.Count.ShouldBe(options.MaxEpochs);
        fit.BestEpoch.ShouldBeGreaterThan(0);
        fit.Warnings.Where(w => w.Kind.ToString() == "OutputNotWritten").ShouldHaveSingleItem().Message.ShouldContain(what);
    }

    private static TextWriter Broken(string kind)
    {
        if (kind == "in use")
            return new StringWriter();
        if (kind.StartsWith("full disk", StringComparison.Ordinal))
            return new StreamWriter(new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0)) { AutoFlush = true };
        using AnonymousPipeServerStream reader = new(PipeDirection.In);
        AnonymousPipeClientStream writer = new(PipeDirection.Out, reader.GetClientHandleAsString());
        StreamWriter text = new(new Stubborn(writer)) { AutoFlush = true };
        if (kind == "closed writer")
            text.Dispose();
        return text;
    }

    private static IAnsiConsole Console(TextWriter writer, bool live) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = live ? AnsiSupport.Yes : AnsiSupport.No,
        Interactive = live ? InteractionSupport.Yes : InteractionSupport.No,
        Out = new Output(writer, live),
    });

    private sealed record AtEachStep(Action Step) : Schedule
    {
        internal override void Check()
        {
        }

        internal override double Factor(in ScheduleState state)
        {
            Step();
            return 1;
        }
    }

    private sealed class Output(TextWriter writer, bool terminal) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => terminal;

        public int Width => 80;

        public int Height => 25;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }

    /// <summary>A stream whose end does not fail a second time, so that the test may end.</summary>
    private sealed class Stubborn(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
