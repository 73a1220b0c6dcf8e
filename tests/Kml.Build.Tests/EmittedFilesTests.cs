using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

using Shouldly;

using Xunit;

namespace Kml.Build.Tests;

/// <summary>What happens to emitted files between builds, and where else they must come.</summary>
public sealed class EmittedFilesTests : IDisposable
{
    private readonly TestProject _project = new("wait");

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Whatever_was_done_to_emitted_files_the_next_build_puts_right_and_says()
    {
        _project.Build().Succeeded();
        Dictionary<string, byte[]> right = Contents();
        IReadOnlyDictionary<string, DateTime> before = _project.Snapshot();

        Dictionary<string, byte[]> changed = new()
        {
            ["wait/Kbuild"] = [.. right["wait/Kbuild"], .. "ccflags-y += -DDEBUG\n"u8],
            ["wait/kml_ring.c"] = right["wait/kml_ring.c"][..100],
            ["wait/kml_request_join.c"] = [],
            ["wait/kml_request_join.h"] = right["wait/kml_ring.h"],
            [TestProject.Manifest] = right[TestProject.Manifest][..40],
        };
        foreach ((string file, byte[] content) in changed)
            _project.Write($"bin/kmod/{file}", content);

        // Of the same length and age as before.
        byte[] turned = (byte[])right["wait/Makefile"].Clone();
        turned[^2] ^= 1;
        changed["wait/Makefile"] = turned;
        File.SetLastWriteTimeUtc(_project.Write("bin/kmod/wait/Makefile", turned), before["wait/Makefile"]);
        File.Delete(Path.Combine(_project.Modules, "wait/README.md"));
        string[] touched = [.. changed.Keys, "wait/README.md"];

        Outcome build = _project.Build().Succeeded();

        Contents().ShouldBe(right, new ContentComparer(), ignoreOrder: true);
        _project.Snapshot().Where(f => !touched.Contains(f.Key)).ShouldBe(before.Where(f => !touched.Contains(f.Key)), ignoreOrder: true);

        build.Diagnostics("KML2010").Count.ShouldBe(changed.Count);
        foreach ((string file, byte[] content) in changed)
        {
            build.Diagnostics("KML2010").ShouldContain(m => m.Contains($"'{file}' was changed after it was emitted", StringComparison.Ordinal), file);
            File.ReadAllBytes(Path.Combine(_project.Root, "obj/kml/edited", file)).ShouldBe(content, file);
        }

        _project.Build().Succeeded().Skipped("KmlEmit").ShouldBeTrue();
    }

    [Fact]
    public void An_edit_is_named_and_kept()
    {
        _project.Build().Succeeded();
        string makefile = _project.Write("bin/kmod/wait/Makefile", "mine");

        Outcome build = _project.Build().Succeeded();

        string said = build.Diagnostics("KML2010").ShouldHaveSingleItem();
        said.ShouldStartWith(makefile);
        string kept = Path.Combine(_project.Root, "obj/kml/edited/wait/Makefile");
        said.ShouldContain($"'wait/Makefile' was changed after it was emitted, and is emitted again; what it was is kept in '{kept}'. "
            + "To change a module by hand, copy its folder (kml explain KML2010)");
        File.ReadAllText(kept).ShouldBe("mine");
        File.ReadAllText(makefile).ShouldContain("kml_wait");

        _project.Build("--no-incremental").Succeeded().Diagnostics("KML2010").ShouldBeEmpty();
        _project.Build().Succeeded().Skipped("KmlEmit").ShouldBeTrue();
    }

    [Fact]
    public void Publishing_takes_the_modules_along_from_the_project_and_from_one_that_it_references()
    {
        // The program references a framework for which nothing is emitted.
        _project.Write("Sample.csproj", TestProject.Project("""
            <TargetFrameworks>net10.0;net10.0-windows</TargetFrameworks><KmlTargetFramework>net10.0-windows</KmlTargetFramework>
            <EnableWindowsTargeting>true</EnableWindowsTargeting><DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
            <DefaultItemExcludes>$(DefaultItemExcludes);app/**</DefaultItemExcludes>
            """));
        _project.Write("app/App.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><ProjectReference Include="../Sample.csproj" /></ItemGroup>
            </Project>
            """);
        _project.Write("app/Program.cs", "return 0;");
        _project.Build().Succeeded();
        _project.Write("bin/kmod/wait/kml_wait.ko", "of one kernel");
        IReadOnlyDictionary<string, DateTime> before = _project.Snapshot();
        string[] emitted = [.. before.Keys.Where(f => f is not (TestProject.Manifest or "wait/kml_wait.ko")).Order(StringComparer.Ordinal)];

        _project.DotNet("publish", "app", "-v:m", "-m:1", "-tl:off").Succeeded();
        _project.DotNet("publish", "-f", "net10.0-windows", "-v:m", "-m:1", "-tl:off").Succeeded();

        _project.Snapshot().ShouldBe(before);
        foreach (string place in new[] { "bin/Release/net10.0-windows/publish/kmod", "app/bin/Release/net10.0/publish/kmod" })
        {
            string published = Path.Combine(_project.Root, place);
            string[] files =
            [
                .. Directory.GetFiles(published, "*", SearchOption.AllDirectories)
                    .Select(f => Path.GetRelativePath(published, f))
                    .Order(StringComparer.Ordinal),
            ];
            files.ShouldBe(emitted, customMessage: place);
        }

        Directory.Exists(Path.Combine(_project.Root, "bin/Release/net10.0/kmod")).ShouldBeFalse();
    }

    [Fact]
    public void Visual_Studio_is_told_of_weights()
    {
        string weights = _project.Write("weights/wait.safetensors", "");
        _project.DotNet("restore").Succeeded();

        string items = _project.DotNet("msbuild", "-p:DesignTimeBuild=true", "-getItem:UpToDateCheckInput,UpToDateCheckOutput").Succeeded().Output;

        items.ShouldContain(weights);
        items.ShouldContain(Path.Combine(_project.Root, "obj/kml/emitted.net10.0.stamp"));
        items.Split("\"Set\": \"Kml\"").Length.ShouldBe(3, items);
    }

    [Fact]
    public void A_folder_that_kbuild_cannot_take_is_told_before_make_is()
    {
        string place = Path.Combine(_project.Root, "it's R&D, \"#1\" $(x) 100% [a] {b}");
        _project.Write($"{Path.GetFileName(place)}/Sample.csproj", TestProject.Project("<TargetFramework>net10.0</TargetFramework>"));
        _project.Write($"{Path.GetFileName(place)}/Models.cs", TestModels.Source("wait"));
        Outcome Build() => Command.Run(place, "dotnet", "build", "-v:n", "-m:1", "-tl:off").Succeeded();

        const string faults = "\" # $ % & ' ( ) , [ ] { } white space";
        Build().Diagnostics("KML2009").ShouldHaveSingleItem()
            .ShouldContain($"warning KML2009: No module can be built in '{place}/bin/kmod/': kbuild can take no path with {faults} in it. "
                + "Set KmlOutputPath to another folder, or copy the module's folder before make (kml explain KML2009)");
        Outcome make = Command.Run(Path.Combine(place, "bin/kmod/wait"), "make", "KDIR=/nonexistent").Failed();
        make.Output.ShouldContain($"kml_wait: kbuild can take no path with: {faults} (CURDIR is {place}/bin/kmod/wait)");
        Build().Skipped("KmlEmit").ShouldBeTrue();
        Command.Run(place, "dotnet", "clean", "-v:m", "-m:1", "-tl:off").Succeeded();
        Directory.Exists(Path.Combine(place, "bin/kmod")).ShouldBeFalse();
    }

    private Dictionary<string, byte[]> Contents() =>
        _project.Snapshot().Keys.ToDictionary(f => f, f => File.ReadAllBytes(Path.Combine(_project.Modules, f)));

    private sealed class ContentComparer : IEqualityComparer<KeyValuePair<string, byte[]>>
    {
        public bool Equals(KeyValuePair<string, byte[]> x, KeyValuePair<string, byte[]> y) => x.Key == y.Key && x.Value.AsSpan().SequenceEqual(y.Value);

        public int GetHashCode(KeyValuePair<string, byte[]> file) => file.Key.GetHashCode(StringComparison.Ordinal);
    }
}
