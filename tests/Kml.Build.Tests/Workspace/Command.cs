using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using Kml.TestSupport;

namespace Kml.Build.Tests;

/// <summary>What a command left behind.</summary>
/// <param name="Line">The command, for messages.</param>
/// <param name="Status">Its exit status.</param>
/// <param name="Output">Standard output, then standard error.</param>
internal sealed record Outcome(string Line, int Status, string Output)
{
    /// <summary>Checks that it succeeded.</summary>
    public Outcome Succeeded() =>
        Status == 0 ? this : throw new InvalidOperationException($"'{Line}' ended with {Status}:\n{Output}");

    /// <summary>Checks that it failed.</summary>
    public Outcome Failed() =>
        Status != 0 ? this : throw new InvalidOperationException($"'{Line}' should have failed:\n{Output}");

    /// <summary>The lines that carry a diagnostic's id, each once: a build repeats them in its summary.</summary>
    public IReadOnlyList<string> Diagnostics(string id) =>
        [.. Output.Split('\n').Where(l => l.Contains($" {id}: ", StringComparison.Ordinal)).Select(WithoutNode).Distinct()];

    /// <summary>The lines that are errors, each once.</summary>
    public IReadOnlyList<string> Errors =>
        [.. Output.Split('\n').Where(l => l.Contains(": error ", StringComparison.Ordinal)).Select(WithoutNode).Distinct()];

    /// <summary>Whether the build found a target's outputs newer than its inputs.</summary>
    public bool Skipped(string target) => Skips(target) > 0;

    /// <summary>In how many projects it did.</summary>
    public int Skips(string target) => Output.Split($"Skipping target \"{target}\" because all output files are up-to-date").Length - 1;

    // Within a build, lines begin with the number of the node.
    private static string WithoutNode(string line) => line[Math.Max(0, line.IndexOf('/', StringComparison.Ordinal))..].Trim();
}

/// <summary>Runs commands.</summary>
internal static class Command
{
    public static Outcome Run(string directory, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // A build must not inherit the one that runs these tests.
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";

        string line = $"{program} {string.Join(' ', arguments)}";
        string? server = program == "dotnet" ? BuildServers.Take(start.Environment) : null;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Hang.Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{line}' took longer than {Hang.Limit}.");
        }

        if (server is not null)
            BuildServers.Return(server);
        return new Outcome(line, process.ExitCode, output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult());
    }
}
