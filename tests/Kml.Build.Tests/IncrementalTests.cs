using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

using Shouldly;

using Xunit;

namespace Kml.Build.Tests;

public sealed class IncrementalTests : IDisposable
{
    private readonly TestProject _project = new("wait");

    public IncrementalTests() => _project.Build().Succeeded();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_build_without_changes_emits_nothing()
    {
        IReadOnlyDictionary<string, DateTime> before = _project.Snapshot();
        before.Keys.ShouldContain("wait/Makefile");

        Outcome again = _project.Build().Succeeded();

        again.Skipped("KmlEmit").ShouldBeTrue(again.Output);
        _project.Snapshot().ShouldBe(before);
    }

    [Fact]
    public void New_weights_are_emitted_without_the_compiler()
    {
        string weights = _project.Write("weights/wait.safetensors", TestWeights.For(_project.Model("wait")).ToBytes());
        _project.Build().Succeeded();
        IReadOnlyDictionary<string, DateTime> before = _project.Snapshot();
        DateTime compiled = _project.Compiled;

        // Older than what was emitted, as a file that is restored from elsewhere is.
        _project.Write("weights/wait.safetensors", TestWeights.For(_project.Model("wait"), version: 2).ToBytes());
        File.SetLastWriteTimeUtc(weights, DateTime.UtcNow.AddDays(-1));
        Outcome second = _project.Build().Succeeded();

        second.Skipped("CoreCompile").ShouldBeTrue(second.Output);
        second.Skipped("KmlEmit").ShouldBeFalse();
        _project.Compiled.ShouldBe(compiled);
        IReadOnlyDictionary<string, DateTime> after = _project.Snapshot();
        after.Keys.ShouldBe(before.Keys, ignoreOrder: true);
        string[] rewritten = [.. after.Where(f => f.Value != before[f.Key]).Select(f => f.Key)];
        rewritten.ShouldNotBeEmpty();
        rewritten.ShouldNotContain("wait/kml_math.h");
        _project.Build().Succeeded().Skipped("KmlEmit").ShouldBeTrue();

        File.Delete(weights);
        _project.Build().Succeeded().Diagnostics("KML2001").ShouldHaveSingleItem();
    }

    [Fact]
    public void An_unrelated_edit_rewrites_no_file()
    {
        _project.Write("weights/wait.safetensors", TestWeights.For(_project.Model("wait")).ToBytes());
        _project.Build().Succeeded();
        IReadOnlyDictionary<string, DateTime> before = _project.Snapshot();
        DateTime compiled = _project.Compiled;

        _project.Write("Unrelated.cs", "public class Unrelated { public int Value => 42; }");
        _project.Build().Succeeded();

        _project.Compiled.ShouldBeGreaterThan(compiled);
        _project.Snapshot().ShouldBe(before);
    }

    [Fact]
    public void What_was_deleted_comes_back()
    {
        IReadOnlyDictionary<string, DateTime> before = _project.Snapshot();
        File.Delete(Path.Combine(_project.Modules, "wait/Makefile"));

        _project.Build().Succeeded();
        IReadOnlyDictionary<string, DateTime> after = _project.Snapshot();

        after.Where(f => f.Value != before[f.Key]).Select(f => f.Key).ShouldBe(["wait/Makefile"]);
        Directory.Delete(_project.Modules, recursive: true);
        _project.Build().Succeeded();
        _project.Snapshot().Keys.ShouldBe(before.Keys, ignoreOrder: true);
    }

    [Fact]
    public void A_build_that_fails_keeps_the_former_emission_and_fails_again()
    {
        _project.Write("weights/wait.safetensors", TestWeights.For(_project.Model("wait")).ToBytes());
        _project.Build().Succeeded();
        IReadOnlyDictionary<string, DateTime> before = _project.Snapshot();

        _project.Write("weights/wait.safetensors", "damaged");
        _project.Build().Failed();
        _project.Build().Failed().Diagnostics("KML2002").ShouldHaveSingleItem();

        _project.Snapshot().ShouldBe(before);
    }

    [Fact]
    public void Directories_can_be_chosen()
    {
        _project.Write("trained/wait.safetensors", TestWeights.For(_project.Model("wait")).ToBytes());

        Outcome build = _project.Build("-p:KmlOutputPath=out/modules", "-p:KmlWeightsPath=trained").Succeeded();

        build.Diagnostics("KML2001").ShouldBeEmpty();
        string makefile = Path.Combine(_project.Root, "out/modules/wait/Makefile");
        File.ReadAllText(makefile).ShouldContain("kml_wait");

        // What lies in the other folder is as it was emitted there, without weights.
        _project.Build().Succeeded().Diagnostics("KML2010").ShouldBeEmpty();

        // And an edit here is not lost by cleaning there.
        File.WriteAllText(makefile, "mine");
        _project.Clean().Succeeded();
        _project.Build("-p:KmlOutputPath=out/modules", "-p:KmlWeightsPath=trained")
            .Succeeded().Diagnostics("KML2010").ShouldHaveSingleItem().ShouldStartWith(makefile);
    }
}
