using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.Cli.Tests;

/// <summary>The tool as a process whose output goes to a pipe, in the environment of a colourful terminal: plain text, whatever the command.</summary>
public sealed class RedirectedOutputTests
{
    private static readonly Dictionary<string, string[][]> Commands = new()
    {
        [""] = [[], ["--help"], ["--version"], ["nonsense"]],
        ["info"] = [[Own], ["--help"], ["no_such_model"], ["absent.dll"], []],
        ["status"] = [["no_such_model"], ["--help"], []],
        ["collect"] = [[Own, "--device", "vda", "--records", "5", "--out", "/dev/null"], [Own, "--records", "0"], ["--help"]],
        ["replay"] = [["absent.safetensors", "--for", Own], [Own, "--for", Own], ["absent.safetensors", "--for", Own, "--break-on", "mismatch"], ["--help"]],
        ["weights"] = [["absent.safetensors"], [Own], ["--help"]],
        ["explain"] = [[], ["KML0003"], ["KML9999"], ["--help"]],
    };

    private static string Own => typeof(Depth).Assembly.Location;

    public static TheoryData<string, string[]> Lines
    {
        get
        {
            TheoryData<string, string[]> lines = [];
            foreach ((string command, string[][] each) in Commands)
            {
                foreach (string[] arguments in each)
                    lines.Add(command, arguments);
            }

            return lines;
        }
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void No_command_writes_escape_codes_into_a_pipe(string command, string[] arguments)
    {
        string output = Run(command.Length == 0 ? arguments : [command, .. arguments]);
        output.ShouldNotBeEmpty();
        output.ShouldNotContain('\e');
    }

    [Fact]
    public void Every_command_is_tried()
    {
        string[] help = Run(["--help"]).Split('\n');
        help.SkipWhile(line => !line.StartsWith("Commands:", StringComparison.Ordinal)).Skip(1)
            .Where(line => line.StartsWith("  ", StringComparison.Ordinal))
            .Select(line => line.Trim().Split(' ')[0])
            .ShouldBe(Commands.Keys.Where(command => command.Length > 0), ignoreOrder: true);
    }

    private static string Run(string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Kml.Tool.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (start.Environment["TERM"], start.Environment["COLORTERM"]) = ("xterm-256color", "truecolor");
        start.Environment.Remove("NO_COLOR");
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit(Hang.Limit).ShouldBeTrue();
        return output + errors.GetAwaiter().GetResult();
    }
}
