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

    private readonly StandIns _standIns = new();

    public TestScriptTests()
    {
        _standIns.Copy("eng/test");
        _standIns.Script("eng/vm/setup", "#!/bin/sh\necho '[setup]'\n");
        _standIns.Script("eng/vm/fetch-all", "#!/bin/sh\necho '[kernels]'\n");
        _standIns.Script("bin/dotnet", "#!/bin/sh\nexit 1\n");
        foreach (string suite in Directory.EnumerateFiles(Path.Combine(Repository.Root, Suites)))
            _standIns.Script($"{Suites}/{Path.GetFileName(suite)}", "#!/bin/sh\nexit 1\n");
    }

    public void Dispose() => _standIns.Dispose();

    [Theory]
    [InlineData("", "[setup][kernels]")]
    [InlineData("Generators", "")]
    [InlineData("Kml.Build", "[setup]")]
    [InlineData("checklists", "[setup]")]
    [InlineData("kernel-load", "[setup][kernels]")]
    [InlineData("Structure predict", "[setup][kernels]")]
    public void Only_a_suite_that_boots_kernels_has_them_fetched(string words, string brought)
    {
        Outcome outcome = _standIns.Run("eng/test", words.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Failed();

        string.Concat(outcome.Output.Split('\n').Where(l => l.StartsWith('['))).ShouldBe(brought, outcome.Output);
        outcome.Output.ShouldContain("== build\n0 passed, 1 failed\n");
    }
}
