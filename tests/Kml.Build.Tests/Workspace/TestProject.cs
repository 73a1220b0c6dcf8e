using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

using Kml.Model;

namespace Kml.Build.Tests;

/// <summary>A project in a directory of its own, built by real <c>dotnet build</c> runs.</summary>
internal sealed class TestProject : IDisposable
{
    /// <summary>The manifest's name, of a project that emits where it does by default.</summary>
    public const string Manifest = "kml.Sample.1c1df05a.manifest";

    private const string Name = "Sample";

    /// <summary>Makes a project that declares models; nothing is built yet.</summary>
    /// <param name="models">The models' names.</param>
    public TestProject(params string[] models)
    {
        Root = Directory.CreateTempSubdirectory("kml-build-").FullName;
        Write($"{Name}.csproj", Project("<TargetFramework>net10.0</TargetFramework>"));
        WriteModels(models);
    }

    public string Root { get; }

    /// <summary>Where modules are emitted unless the project says otherwise.</summary>
    public string Modules => Path.Combine(Root, "bin/kmod");

    /// <summary>When the compiler last wrote its output.</summary>
    public DateTime Compiled => File.GetLastWriteTimeUtc(Assembly);

    private string Assembly => Path.Combine(Root, $"obj/Debug/net10.0/{Name}.dll");

    /// <summary>A model as the built project carries it.</summary>
    /// <param name="name">The model's name.</param>
    public ModelSpec Model(string name) => TestModels.Read(Assembly, name);

    public void WriteModels(params string[] models) => Write("Models.cs", TestModels.Source(models));

    /// <summary>A project file that brings the task in as the package does, from this repository.</summary>
    /// <param name="properties">Further properties.</param>
    public static string Project(string properties) =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            {properties}
            <KmlTaskPath>{Repository.TaskPath}</KmlTaskPath>
          </PropertyGroup>
          <ItemGroup Condition="$(TargetFramework.StartsWith('net10.0'))">
            <Reference Include="{Repository.TaskPath}Kml.dll;{Repository.TaskPath}Kml.Model.dll" />
            <Analyzer Include="{Repository.Generator}" />
          </ItemGroup>
          <Import Project="{Repository.Targets}" />
        </Project>
        """;

    public string Write(string path, string text)
    {
        string full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    public string Write(string path, byte[] content)
    {
        string full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, content);
        return full;
    }

    /// <summary>Builds; restores packages only if the project file is new.</summary>
    /// <param name="arguments">Further arguments.</param>
    public Outcome Build(params string[] arguments)
    {
        string assets = Path.Combine(Root, "obj/project.assets.json");
        bool restored = File.Exists(assets) && File.GetLastWriteTimeUtc(assets) > File.GetLastWriteTimeUtc(Path.Combine(Root, $"{Name}.csproj"));
        return DotNet(["build", "-v:n", "-m:1", "-tl:off", .. restored ? new[] { "--no-restore" } : [], .. arguments]);
    }

    public Outcome Clean() => DotNet("clean", "-v:m", "-m:1", "-tl:off");

    public Outcome DotNet(params string[] arguments) => Command.Run(Root, "dotnet", arguments);

    /// <summary>Every file below the modules' directory, with the time of its last change.</summary>
    public IReadOnlyDictionary<string, DateTime> Snapshot() =>
        Directory.EnumerateFiles(Modules, "*", SearchOption.AllDirectories)
            .ToDictionary(f => Path.GetRelativePath(Modules, f), File.GetLastWriteTimeUtc);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
