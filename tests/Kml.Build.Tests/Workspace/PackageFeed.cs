using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;

using Xunit;

namespace Kml.Build.Tests;

/// <summary>The tests that share one feed: packing takes longer than most of them.</summary>
[CollectionDefinition(Name)]
public sealed class PackageCollection : ICollectionFixture<PackageFeed>
{
    public const string Name = "Packages";
}

/// <summary>A folder in which projects know nothing of this repository but its packages.</summary>
public sealed class PackageFeed : IDisposable
{
    // Unlike any version that a cache of the machine may hold.
    public const string Version = "0.1.0-test.1";

    private static readonly string[] Packed = ["src/Kml", "src/Kml.Model", "src/Kml.Training", "src/Kml.Runtime", "src/Kml.Cli", "kmod-gen/KmlCompiler"];

    public PackageFeed()
    {
        Pack();
        Workspace.Write("nuget.config", Feeds());
    }

    /// <summary>The folder; each project has one of its own below it.</summary>
    internal TestProject Workspace { get; } = new();

    /// <summary>A project's file.</summary>
    /// <param name="properties">Properties.</param>
    /// <param name="items">Items; unless given, a reference of the package.</param>
    internal static string Project(string properties, string items = $"""<PackageReference Include="KmlCompiler" Version="{Version}" />""") =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            {properties}
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
          <ItemGroup>
            {items}
          </ItemGroup>
        </Project>
        """;

    /// <summary>Writes a project.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="project">Its file.</param>
    /// <param name="model">The model that it declares, if any.</param>
    /// <param name="source">Further source.</param>
    /// <returns>The folder.</returns>
    internal string Write(string folder, string project, string? model = null, string source = "")
    {
        Workspace.Write($"{folder}/Sample.csproj", project);
        Workspace.Write($"{folder}/Models.cs", model is null ? "" : TestModels.Source(model) + source);
        return folder;
    }

    /// <summary>Runs a verb of <c>dotnet</c> on a project.</summary>
    internal Outcome Run(string verb, string folder, params string[] arguments) =>
        Command.Run(Folder(folder), "dotnet", [verb, "-v:n", "-m:1", "-tl:off", .. arguments]);

    /// <summary>The modules that a project has emitted.</summary>
    internal IEnumerable<string> Modules(string folder) =>
        Directory.GetFiles(Folder(folder, "bin/kmod"), "Kbuild", SearchOption.AllDirectories).Select(f => Path.GetFileName(Path.GetDirectoryName(f)!));

    /// <summary>A path below a project's folder.</summary>
    internal string Folder(string folder, string path = "") => Path.Combine(Workspace.Root, folder, path);

    /// <summary>The package of one of ours, as it is in the feed.</summary>
    internal ZipArchive Open(string package) => ZipFile.OpenRead(Folder("feed", $"{package}.{Version}.nupkg"));

    public void Dispose() => Workspace.Dispose();

    private void Pack()
    {
        // As `dotnet pack` of the solution does, but of what is already built, and in one process.
        string projects = string.Join(';', Packed.Select(p => Path.Combine(Repository.Root, p, Path.GetFileName(p) + ".csproj")));
        Workspace.Write("feed/pack.proj", $"""
            <Project>
              <ItemGroup>
                <Packed Include="{projects}" />
              </ItemGroup>
              <Target Name="Pack">
                <MSBuild Projects="@(Packed)" Targets="Pack" Properties="NoBuild=true;Configuration={Repository.Configuration};MinVerSkip=true;Version={Version};PackageOutputPath={Workspace.Root}/feed/" />
              </Target>
            </Project>
            """);
        Workspace.DotNet("msbuild", "feed/pack.proj", "-t:Pack", "-v:m", "-m:1", "-tl:off").Succeeded();
    }

    /// <summary>Our packages come from the feed alone; what they depend on was restored for this repository and is taken from there.</summary>
    private string Feeds()
    {
        string restored = Workspace.DotNet("nuget", "locals", "global-packages", "--list").Succeeded().Output.Split(": ", 2)[1].Trim();
        return $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="packages" />
              </config>
              <packageSources>
                <clear />
                <add key="feed" value="feed" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="restored" value="{restored}" />
              </fallbackPackageFolders>
            </configuration>
            """;
    }
}
