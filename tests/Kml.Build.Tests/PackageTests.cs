using System;
using System.IO;
using System.Linq;

using Shouldly;

using Xunit;

namespace Kml.Build.Tests;

/// <summary>A project that knows nothing of this repository but the package.</summary>
public sealed class PackageTests : IDisposable
{
    // Unlike any version that a cache of the machine may hold.
    private const string Version = "0.1.0-test.1";

    private static readonly string[] Packed = ["src/Kml", "src/Kml.Model", "src/Kml.Training", "src/Kml.Runtime", "kmod-gen/KmlCompiler"];

    private readonly TestProject _project = new("outside");

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_project_that_references_only_the_package_builds_to_a_module()
    {
        Pack();
        _project.Write("nuget.config", Feeds());
        _project.Write("Sample.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="KmlCompiler" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);

        Outcome build = _project.Build().Succeeded();

        build.Output.ShouldContain("0 Warning(s)");
        build.Diagnostics("KML2001").ShouldHaveSingleItem();
        string module = Path.Combine(_project.Modules, "outside");
        Command.Run(module, "make", $"KDIR={KernelBuildDirectory()}").Succeeded();
        new FileInfo(Path.Combine(module, "kml_outside.ko")).Length.ShouldBeGreaterThan(0);
        _project.Build().Succeeded().Skipped("KmlEmit").ShouldBeTrue();

        _project.Clean().Succeeded();
        Directory.Exists(_project.Modules).ShouldBeFalse();
    }

    private static string KernelBuildDirectory() =>
        Command.Run(Repository.Root, Path.Combine(Repository.Root, "eng/vm/kdir"), "6.1").Succeeded().Output.Split('\n').First(l => l.StartsWith('/'));

    private void Pack()
    {
        // As `dotnet pack` of the solution does, but of what is already built, and in one process.
        string projects = string.Join(';', Packed.Select(p => Path.Combine(Repository.Root, p, Path.GetFileName(p) + ".csproj")));
        _project.Write("feed/pack.proj", $"""
            <Project>
              <ItemGroup>
                <Packed Include="{projects}" />
              </ItemGroup>
              <Target Name="Pack">
                <MSBuild Projects="@(Packed)" Targets="Pack" Properties="NoBuild=true;Configuration={Repository.Configuration};Version={Version};PackageOutputPath={_project.Root}/feed/" />
              </Target>
            </Project>
            """);
        _project.DotNet("msbuild", "feed/pack.proj", "-t:Pack", "-v:m", "-m:1", "-tl:off").Succeeded();
    }

    /// <summary>Our packages come from the feed alone; what they depend on was restored for this repository and is taken from there.</summary>
    private string Feeds()
    {
        string restored = _project.DotNet("nuget", "locals", "global-packages", "--list").Succeeded().Output.Split(": ", 2)[1].Trim();
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
