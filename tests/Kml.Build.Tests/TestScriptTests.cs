using System;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;

using Shouldly;

using Xunit;

namespace Kml.Build.Tests;

/// <summary>
/// What eng/test brings before it builds: packages and kernels, and neither for a suite that needs none. Stand-ins say what was asked for, and nothing is
/// built.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class TestScriptTests : IDisposable
{
    private const string Suites = "tests/kernel/suites";

    private readonly string _folder = Directory.CreateTempSubdirectory("kml-test-").FullName;

    public TestScriptTests()
    {
        Script("eng/test", File.ReadAllText(Path.Combine(Repository.Root, "eng/test")));
        Script("eng/vm/setup", "#!/bin/sh\necho '[setup]'\n");
        Script("eng/vm/fetch-all", "#!/bin/sh\necho '[kernels]'\n");
        Script("bin/dotnet", "#!/bin/sh\nexit 1\n");
        foreach (string suite in Directory.EnumerateFiles(Path.Combine(Repository.Root, Suites)))
            Script($"{Suites}/{Path.GetFileName(suite)}", "#!/bin/sh\nexit 1\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("", "[setup][kernels]")]
    [InlineData("Generators", "")]
    [InlineData("Kml.Build", "[setup]")]
    [InlineData("kernel-load", "[setup][kernels]")]
    [InlineData("Structure predict", "[setup][kernels]")]
    public void Only_a_suite_that_boots_kernels_has_them_fetched(string words, string brought)
    {
        string path = $"PATH={Path.Combine(_folder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        string[] wanted = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        Outcome outcome = Command.Run(_folder, "env", [path, Path.Combine(_folder, "eng/test"), .. wanted]).Failed();

        string.Concat(outcome.Output.Split('\n').Where(l => l.StartsWith('['))).ShouldBe(brought, outcome.Output);
        outcome.Output.ShouldContain("== build\n0 passed, 1 failed\n");
    }

    private void Script(string path, string text)
    {
        string full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        File.SetUnixFileMode(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
