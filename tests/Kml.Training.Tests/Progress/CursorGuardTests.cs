using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Kml.TestSupport;
using Shouldly;
using Spectre.Console;
using Xunit;

namespace Kml.Training.Tests.Progress;

/// <summary>However a live display ends, the last that the terminal is told of its cursor is to show it.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class CursorGuardTests
{
    private const string Hide = "\e[?25l", Shown = "\e[?25h";

    public static TheoryData<PosixSignal> Signals => [.. CursorGuard.Signals];

    [Theory]
    [MemberData(nameof(Signals))]
    public void A_signal_shows_it_before_it_does_what_it_does(PosixSignal signal) =>
        OwnProcess.Run(typeof(CursorGuardTests), nameof(ShownAt), (int)signal);

    private void ShownAt(int number)
    {
        PosixSignal signal = (PosixSignal)number;

        // This process is not to end.
        using PosixSignalRegistration survive = PosixSignalRegistration.Create(signal, context => context.Cancel = true);
        Terminal terminal = new();
        TrainingDisplay.Run(terminal.Console, "wait", 10, new SideOutput("Progress"), report =>
        {
            report(Report());
            terminal.Hidden.ShouldBeTrue();
            Kill(Environment.ProcessId, Number(signal)).ShouldBe(0);
            if (!IgnoredSignals.Contain(Number(signal)))
                Hang.Until("the cursor is shown", () => !terminal.Hidden);
            return null!;
        });
        terminal.Hidden.ShouldBeFalse();
    }

    [Fact]
    public void A_failure_shows_it()
    {
        Terminal terminal = new();
        Should.Throw<InvalidOperationException>(() => TrainingDisplay.Run(terminal.Console, "wait", 10, new SideOutput("Progress"), report =>
        {
            report(Report());
            terminal.Hidden.ShouldBeTrue();
            throw new InvalidOperationException("training fails");
        }));
        terminal.Hidden.ShouldBeFalse();
    }

    private static EpochReport Report() =>
        Trainer.Train<WaitModel>(SyntheticRecords.Wait(600), new TrainingOptions { Console = null, MaxEpochs = 1 }).Epochs.Single();

    /// <summary>The system's numbers on Linux.</summary>
    private static int Number(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGQUIT => 3,
        PosixSignal.SIGTERM => 15,
        PosixSignal.SIGTSTP => 20,
        _ => throw new ArgumentOutOfRangeException(nameof(signal)),
    };

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    private sealed class Terminal : IAnsiConsoleOutput
    {
        private readonly SharedWriter _writer = new();

        internal Terminal() =>
            Console = AnsiConsole.Create(new AnsiConsoleSettings { Out = this, Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes });

        public TextWriter Writer => _writer;

        public bool IsTerminal => true;

        public int Width => 80;

        public int Height => 24;

        internal IAnsiConsole Console { get; }

        internal bool Hidden
        {
            get
            {
                string text = _writer.Text;
                return text.LastIndexOf(Hide, StringComparison.Ordinal) > text.LastIndexOf(Shown, StringComparison.Ordinal);
            }
        }

        public void SetEncoding(Encoding encoding)
        {
        }
    }

    /// <summary>A signal's handler writes from a thread of its own.</summary>
    private sealed class SharedWriter : TextWriter
    {
        private readonly StringBuilder _text = new();

        public override Encoding Encoding => Encoding.UTF8;

        internal string Text
        {
            get
            {
                lock (_text)
                    return _text.ToString();
            }
        }

        public override void Write(char value)
        {
            lock (_text)
                _text.Append(value);
        }

        public override void Write(string? value)
        {
            lock (_text)
                _text.Append(value);
        }
    }
}
