using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

using Shouldly;

using Xunit;

namespace Kml.Build.Tests;

/// <summary>Projects that emit into one folder, as those of a repository do that sets the folder for all.</summary>
public sealed class SharedFolderTests : IDisposable
{
    private readonly TestProject _workspace = new();

    private string Shared => Path.Combine(_workspace.Root, "it's shared");

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Each_project_keeps_and_cleans_its_own_modules_there()
    {
        _workspace.Write(
            "Directory.Build.props",
            "<Project><PropertyGroup><KmlOutputPath>$(MSBuildThisFileDirectory)it's shared</KmlOutputPath></PropertyGroup></Project>");
        ManyProjects all = Projects(("it's one", ["wait"]), ("two", ["size"]), ("none", []));
        all.Do("Restore").Succeeded();

        all.Do("Build").Succeeded();
        IReadOnlyDictionary<string, DateTime> emitted = Emitted();
        Modules().ShouldBe(["size", "wait"]);

        Outcome again = all.Do("Build").Succeeded();
        again.Skips("KmlEmit").ShouldBe(3);
        again.Diagnostics("KML2010").ShouldBeEmpty();
        Emitted().ShouldBe(emitted, ignoreOrder: true);

        // A model that another project has already is emitted by neither.
        Outcome twice = Projects(("two", ["size", "wait"])).Do("Build").Failed();
        twice.Diagnostics("KML2012").ShouldHaveSingleItem().ShouldContain(
            $"error KML2012: '{_workspace.Root}/two/Sample.csproj' and '{_workspace.Root}/it's one/Sample.csproj' both emit a module 'wait' into '{Shared}/'");
        Emitted().ShouldBe(emitted, ignoreOrder: true);

        Projects(("two", ["size"])).Do("Clean").Succeeded();
        Modules().ShouldBe(["wait"]);

        // One that was moved is no other project.
        Directory.Move(Path.Combine(_workspace.Root, "it's one"), Path.Combine(_workspace.Root, "moved"));
        ManyProjects moved = Projects(("moved", ["wait"]));
        moved.Do("Restore").Succeeded();
        moved.Do("Build").Succeeded();
    }

    private ManyProjects Projects(params (string Folder, string[] Models)[] projects)
    {
        ManyProjects all = new(_workspace);
        foreach ((string folder, string[] models) in projects)
        {
            if (!File.Exists(Path.Combine(_workspace.Root, folder, "Sample.csproj")))
                _workspace.Write($"{folder}/Sample.csproj", TestProject.Project("<TargetFramework>net10.0</TargetFramework>"));
            string path = Path.Combine(_workspace.Root, folder, "Models.cs");
            if (!File.Exists(path) || File.ReadAllText(path) != TestModels.Source(models))
                _workspace.Write($"{folder}/Models.cs", TestModels.Source(models));
            all.Add(folder, []);
        }

        return all;
    }

    private IEnumerable<string> Modules() => Directory.GetDirectories(Shared).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal);

    private IReadOnlyDictionary<string, DateTime> Emitted() =>
        Directory.GetDirectories(Shared)
            .SelectMany(d => Directory.GetFiles(d, "*", SearchOption.AllDirectories))
            .ToDictionary(f => f, File.GetLastWriteTimeUtc);
}
