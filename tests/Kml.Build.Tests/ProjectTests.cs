using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

using Kml.Model;

using Shouldly;

using Xunit;

namespace Kml.Build.Tests;

public sealed class ProjectTests : IDisposable
{
    private readonly TestProject _project = new("wait", "size");

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Two_models_of_a_project_are_two_modules_and_one_that_goes_takes_its_files_along()
    {
        _project.Build().Succeeded();
        IReadOnlyDictionary<string, DateTime> both = _project.Snapshot();
        both.Keys.Where(f => f.StartsWith("wait/", StringComparison.Ordinal)).ShouldNotBeEmpty();
        both.Keys.Count(f => f.StartsWith("wait/", StringComparison.Ordinal)).ShouldBe(both.Keys.Count(f => f.StartsWith("size/", StringComparison.Ordinal)));

        _project.Write("bin/kmod/size/kml_size.ko", "");
        _project.WriteModels("wait");
        _project.Build().Succeeded();

        Directory.Exists(Path.Combine(_project.Modules, "size")).ShouldBeFalse();
        _project.Snapshot().Where(f => f.Key != TestProject.Manifest)
            .ShouldBe(both.Where(f => f.Key.StartsWith("wait/", StringComparison.Ordinal)), ignoreOrder: true);
    }

    [Fact]
    public void Clean_removes_what_was_emitted_and_what_make_left_and_nothing_else()
    {
        _project.Build().Succeeded();
        string[] leftovers =
            ["kml_wait.ko", "wait_main.o", ".wait_main.o.cmd", "kml_wait.mod", "kml_wait.mod.c", "modules.order", "Module.symvers", ".module-common.o"];
        foreach (string leftover in leftovers)
            _project.Write($"bin/kmod/wait/{leftover}", "");
        string notes = _project.Write("bin/kmod/size/notes.txt", "mine");

        _project.Clean().Succeeded();

        Directory.GetFiles(_project.Modules, "*", SearchOption.AllDirectories).ShouldBe([notes]);
        Directory.Exists(Path.Combine(_project.Modules, "wait")).ShouldBeFalse();
        File.Delete(notes);
        _project.Build().Succeeded();
        _project.Clean().Succeeded();
        Directory.Exists(_project.Modules).ShouldBeFalse();
        Directory.Exists(Path.Combine(_project.Root, "obj/kml")).ShouldBeFalse();
    }

    [Fact]
    public void Limits_are_the_projects()
    {
        string warning = _project.Build("-p:KmlMaxGuardedNs=100")
            .Succeeded().Diagnostics("KML1010").Single(w => w.Contains("'wait'", StringComparison.Ordinal));
        warning.ShouldContain("Models.cs(");
        warning.ShouldContain("warning KML1010: Model 'wait' takes 24 multiply-adds in one guarded section, about 144 ns, over the bound of 100 ns");

        IReadOnlyList<string> errors = _project.Build("-p:KmlMaxWeightsBytes=100").Failed().Diagnostics("KML2008");
        errors.Count.ShouldBe(2);
        errors[0].ShouldContain("Model 'wait': the size of its weights is");
        errors[0].ShouldContain("over the limit of 100 bytes; use smaller layers, or raise KmlMaxWeightsBytes");
    }

    [Fact]
    public void Text_of_another_version_is_refused()
    {
        _project.Build().Succeeded();
        string text = ModelText.Write(_project.Model("wait"));
        _project.Write("Models.cs", TestModels.Carrier("wait", text.Replace("(kml-model 2 ", "(kml-model 9 ", StringComparison.Ordinal)));

        string message = _project.Build().Failed().Diagnostics("KML2006").ShouldHaveSingleItem();

        message.ShouldContain("Sample.dll : error KML2006: ");
        message.ShouldContain("version 9");
    }

    [Fact]
    public void A_second_target_framework_with_models_needs_a_choice()
    {
        _project.Write("Sample.csproj", TestProject.Project(
            "<TargetFrameworks>net10.0;net10.0-windows</TargetFrameworks><EnableWindowsTargeting>true</EnableWindowsTargeting>"
            + "<DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>"));
        _project.Write("Models.cs", "");
        _project.Build().Succeeded();
        Directory.Exists(_project.Modules).ShouldBeFalse();

        _project.WriteModels("wait");
        IReadOnlyList<string> errors = _project.Build().Failed().Errors;
        errors.ShouldAllBe(e => e.StartsWith($"{_project.Root}/Sample.csproj : error KML2005: ", StringComparison.Ordinal));
        errors[0].ShouldContain(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, BuildRules.SecondFramework.Format, "net10.0, net10.0-windows"));
        Directory.Exists(_project.Modules).ShouldBeFalse();
        _project.Build("-p:KmlTargetFramework=net8.0").Failed().Diagnostics("KML2005").ShouldNotBeEmpty();

        _project.Build("-p:KmlTargetFramework=net10.0-windows").Succeeded();
        _project.Snapshot().Keys.ShouldContain("wait/Makefile");
    }

    [Fact]
    public void Projects_are_built_at_once_and_built_again_whatever_their_folders_names()
    {
        string[] folders = ["in a folder (1)", "other"];
        foreach (string folder in folders)
        {
            _project.Write($"{folder}/Sample.csproj", TestProject.Project("<TargetFramework>net10.0</TargetFramework>"));
            _project.Write($"{folder}/Models.cs", TestModels.Source("wait"));
        }

        string all = _project.Write("all/all.proj", """
            <Project>
              <Target Name="Restore"><MSBuild Projects="../in a folder (1)/Sample.csproj;../other/Sample.csproj" Targets="Restore" /></Target>
              <Target Name="Rebuild"><MSBuild Projects="../in a folder (1)/Sample.csproj;../other/Sample.csproj" Targets="Rebuild" BuildInParallel="true" /></Target>
            </Project>
            """);
        _project.DotNet("msbuild", all, "-restore", "-t:Rebuild", "-m:2", "-tl:off").Succeeded();
        _project.DotNet("msbuild", all, "-t:Rebuild", "-m:2", "-tl:off").Succeeded();

        foreach (string folder in folders)
            File.ReadAllText(Path.Combine(_project.Root, folder, "bin/kmod/wait/Makefile")).ShouldContain("kml_wait");
        Outcome make = Command.Run(Path.Combine(_project.Root, folders[0], "bin/kmod/wait"), "make", "KDIR=/nonexistent").Failed();
        make.Output.ShouldContain("kml_wait: kbuild can take no path with: ( ) white space (CURDIR is ");
    }

    [Fact]
    public void Without_kernel_headers_make_says_what_to_install()
    {
        _project.Build().Succeeded();

        Outcome make = Command.Run(Path.Combine(_project.Modules, "wait"), "make", "KDIR=/nonexistent").Failed();

        make.Output.ShouldContain("kml_wait: no kernel headers in /nonexistent.");
        make.Output.ShouldContain("apt-get install linux-headers-");
        make.Output.ShouldContain("or set KDIR");
    }
}
