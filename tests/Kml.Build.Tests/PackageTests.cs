using System;
using System.IO;
using System.IO.Compression;
using System.Linq;

using Kml.Model;

using Shouldly;

using Xunit;

namespace Kml.Build.Tests;

/// <summary>A project that knows nothing of this repository but the package.</summary>
[Collection(PackageCollection.Name)]
public sealed class PackageTests(PackageFeed feed)
{
    [Fact]
    public void The_package_carries_the_page_of_every_diagnostic()
    {
        using ZipArchive package = feed.Open("KmlCompiler");
        DiagnosticRule[] rules = [.. SourceRules.All, .. ModelRules.All, .. BuildRules.All];
        rules.Select(r => r.Page).ShouldBeSubsetOf(package.Entries.Select(e => e.FullName));
    }

    [Theory]
    [InlineData("KmlCompiler")]
    [InlineData("Kml.Tool")]
    public void A_package_carries_the_licence_of_whatever_is_not_ours_in_it(string name)
    {
        using ZipArchive package = feed.Open(name);
        string[] files = [.. package.Entries.Select(e => e.FullName)];
        string[] licences = [.. files.Where(f => f.StartsWith("licenses/", StringComparison.Ordinal)).Select(f => Path.GetFileNameWithoutExtension(f))];
        string[] assemblies = [.. files.Where(f => f.EndsWith(".dll", StringComparison.Ordinal)).Select(f => Path.GetFileNameWithoutExtension(f))];
        string[] others = [.. assemblies.Where(a => a != "Kml" && !a.StartsWith("Kml.", StringComparison.Ordinal))];

        others.ShouldNotBeEmpty();
        others.Where(a => !licences.Any(l => a == l || a.StartsWith(l + ".", StringComparison.Ordinal))).ShouldBeEmpty();
        licences.Where(l => !others.Contains(l)).ShouldBeEmpty();
    }

    [Fact]
    public void A_project_that_references_only_the_package_builds_to_a_module()
    {
        string project = feed.Write("alone", PackageFeed.Project("<TargetFramework>net10.0</TargetFramework>"), "outside");

        Outcome build = feed.Run("build", project).Succeeded();

        build.Output.ShouldContain("0 Warning(s)");
        build.Diagnostics("KML2001").ShouldHaveSingleItem();
        string module = feed.Folder(project, "bin/kmod/outside");
        Command.Run(module, "make", $"KDIR={KernelBuildDirectory()}").Succeeded();
        new FileInfo(Path.Combine(module, "kml_outside.ko")).Length.ShouldBeGreaterThan(0);
        feed.Run("build", project).Succeeded().Skipped("KmlEmit").ShouldBeTrue();

        feed.Run("clean", project).Succeeded();
        Directory.Exists(feed.Folder(project, "bin/kmod")).ShouldBeFalse();
    }

    private static string KernelBuildDirectory() =>
        Command.Run(Repository.Root, Path.Combine(Repository.Root, "eng/vm/kdir"), "6.1").Succeeded().Output.Split('\n').First(l => l.StartsWith('/'));
}
