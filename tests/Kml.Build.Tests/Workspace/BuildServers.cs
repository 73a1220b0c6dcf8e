using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace Kml.Build.Tests;

/// <summary>
/// MSBuild and the C# compiler as servers, as a developer's builds have them: some hundred builds would else each start and warm up processes
/// of their own, which is most of what they cost.
/// </summary>
/// <remarks>
/// They are of these tests alone and end with them: they load the task and the generator that are under test. An MSBuild server serves one
/// build at a time, so each build that runs takes one that is free.
/// </remarks>
internal static class BuildServers
{
    private static readonly string Mark = $"kml-build-tests-{Environment.ProcessId}-";
    private static readonly ConcurrentBag<string> Free = [];
    private static int _started;

    /// <summary>Takes a server for one command.</summary>
    /// <param name="environment">The environment that the command is to have.</param>
    /// <returns>What <see cref="Return"/> takes back.</returns>
    public static string Take(IDictionary<string, string?> environment)
    {
        string server = Free.TryTake(out string? free) ? free : $"{Mark}{Interlocked.Increment(ref _started)}";
        Name(environment, server);
        return server;
    }

    /// <summary>Gives a server back, for the next command.</summary>
    /// <param name="server">What <see cref="Take"/> answered.</param>
    public static void Return(string server) => Free.Add(server);

    /// <summary>Ends all of them, with what they started: the processes whose environment has the mark.</summary>
    public static void End()
    {
        foreach (Process process in Process.GetProcesses())
        {
            using (process)
            {
                if (StartedWith(process).Contains($"={Mark}", StringComparison.Ordinal))
                    process.Kill();
            }
        }
    }

    private static void Name(IDictionary<string, string?> environment, string server)
    {
        environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "1";
        environment["MSBUILDNODEHANDSHAKESALT"] = server;
        environment["UseSharedCompilation"] = "true";
        environment["SharedCompilationId"] = $"{Mark}compiler";
    }

    private static string StartedWith(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/environ");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // It has ended, or is another user's.
        }
    }
}
