using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Shouldly;
using Spectre.Console;
using Xunit;

namespace Kml.Training.Tests.Progress;

public sealed class OutputConsoleTests
{
    /// <summary>Everything that the library prints, on a terminal and not.</summary>
    [Theory]
    [InlineData(true, "xterm-256color", null, false, false)]
    [InlineData(true, "dumb", null, false, false)]
    [InlineData(true, "xterm-256color", "1", false, false)]
    [InlineData(false, "xterm-256color", null, true, true)]
    [InlineData(false, "xterm-256color", "", true, true)]
    [InlineData(false, "xterm-256color", "1", true, false)]
    [InlineData(false, "dumb", null, false, false)]
    [InlineData(false, "", null, false, false)]
    [InlineData(false, null, null, false, false)]
    public void Escape_codes_are_written_to_a_terminal_that_takes_them_and_nowhere_else(
        bool redirected,
        string? term,
        string? noColour,
        bool codes,
        bool colours)
    {
        using StringWriter text = new();
        Dictionary<string, string?> variables = new() { ["TERM"] = term, ["NO_COLOR"] = noColour, ["COLORTERM"] = "truecolor" };
        IAnsiConsole console = OutputConsole.Of(text, redirected, variables.GetValueOrDefault);
        (console.Profile.Capabilities.Ansi, console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors).ShouldBe((codes, colours));
        TrainingResult result = Trainer.Train<WaitModel>(SyntheticRecords.Wait(600), new TrainingOptions { Console = console, MaxEpochs = 3 });
        result.Print(console);
        console.Write(new Table().Title("a").AddColumn("b").AddRow(new Markup("[bold red]c[/]")));
        console.Cursor.Show(false);
        if (!codes)
            text.ToString().ShouldNotContain('\e');
        if (redirected)
            console.Profile.Width.ShouldBe(120);
    }

    /// <summary>One place decides, and a live display is guarded.</summary>
    [Theory]
    [InlineData("AnsiConsole.", "OutputConsole.cs")]
    [InlineData(".Live(", "TrainingDisplay.cs")]
    [InlineData(".Progress()", null)]
    [InlineData(".Status()", null)]
    [InlineData("Cursor.Hide", null)]
    [InlineData("CursorVisible", null)]
    [InlineData("\\u001b", null)]
    [InlineData("\\x1b", null)]
    [InlineData("ForegroundColor", null)]
    public void Nobody_else_writes_to_the_terminal(string words, string? file)
    {
        string root = Path.GetFullPath(Path.Combine(Folder(), "../../.."));
        new[] { "src", "samples", "kmod-gen" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Where(path => File.ReadLines(path)
                .Any(line => line.Replace("IAnsiConsole", "", StringComparison.Ordinal).Contains(words, StringComparison.Ordinal)))
            .Select(path => Path.GetFileName(path)!)
            .ShouldBe(file is null ? [] : [file]);
    }

    private static string Folder([CallerFilePath] string source = "") => Path.GetDirectoryName(source)!;
}
