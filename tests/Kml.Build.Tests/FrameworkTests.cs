using System;
using System.Linq;

using Shouldly;

using Xunit;

namespace Kml.Build.Tests;

/// <summary>For which of its frameworks a project emits, decided without building anything.</summary>
public sealed class FrameworkTests : IDisposable
{
    private readonly TestProject _project = new();

    public void Dispose() => _project.Dispose();

    /// <summary>The framework that is built, those of the project, the one it chooses, and what comes of it.</summary>
    private sealed record Row(string Built, string All, string Chosen, bool Emits, string Unclear = "");

    private static readonly Row[] Rows =
    [
        new("net10.0", "", "", true),
        new("net8.0", "", "", false),
        new("netstandard2.0", "", "", false),
        new("net10.0", "net10.0", "", true),

        // Nothing is unclear where one framework alone can have models.
        new("net10.0", "net8.0;net10.0", "", true),
        new("net8.0", "net8.0;net10.0", "", false),
        new("net10.0", " net10.0 ;\n netstandard2.0;net472 ", "", true),
        new("net472", "net10.0;netstandard2.0;net472", "", false),
        new("net10.0", "net8.0;net10.0", "net10.0", true),
        new("net8.0", "net8.0;net10.0", "net10.0", false),

        // Two could: the one that is chosen does; without a choice each looks, and says so if it has models.
        new("net10.0", "net10.0;net10.0-windows", "", true, "net10.0;net10.0-windows"),
        new("net10.0-windows", "net10.0;net10.0-windows", "", true, "net10.0;net10.0-windows"),
        new("net10.0", "net10.0;net10.0-windows;net8.0", "net10.0-windows", false),
        new("net10.0-windows", "net10.0;net10.0-windows;net8.0", "net10.0-windows", true),
        new("net10.0", "net9.0;net10.0;net11.0", "NET10.0", true),
        new("net11.0", "net9.0;net10.0;net11.0", "", true, "net10.0;net11.0"),

        // A choice that cannot be is none, and must not silence the emission.
        new("net10.0", "net8.0;net10.0", "net8.0", true, "net10.0"),
        new("net10.0", "net8.0;net10.0", "net1.0", true, "net10.0"),

        // Of one framework there is nothing to choose: a repository may set the property for all its projects.
        new("net10.0", "", "net9.0", true),
        new("net10.0-windows", "", "net10.0", true),
    ];

    [Fact]
    public void One_framework_emits_and_a_choice_is_asked_for_only_where_there_is_one()
    {
        static string Version(string framework) => framework switch
        {
            "netstandard2.0" => ".NETStandard,v2.0",
            "net472" => ".NETFramework,v4.7.2",
            _ => $".NETCoreApp,v{framework["net".Length..].Split('-')[0]}",
        };

        // In the project, as a list is: of a global property a semicolon stays a part.
        string properties = string.Concat(Rows.Select((r, i) =>
            $"""
            <PropertyGroup Condition="'$(Row)' == '{i}'">
              <TargetFramework>{r.Built}</TargetFramework>
              <TargetFrameworks>{r.All}</TargetFrameworks>
              <KmlTargetFramework>{r.Chosen}</KmlTargetFramework>
              <TargetFrameworkIdentifier>{Version(r.Built).Split(',')[0]}</TargetFrameworkIdentifier>
              <TargetFrameworkVersion>{Version(r.Built).Split(',')[1]}</TargetFrameworkVersion>
            </PropertyGroup>
            """));
        _project.Write("row.proj", $"""
            <Project>
              {properties}
              <Import Project="{Repository.Targets}" />
              <Target Name="Show" DependsOnTargets="_KmlSettings">
                <Message Importance="high" Text="row $(Row): [$(_KmlEmits)] [$(_KmlUnclearFrameworks)]" />
                <!-- Visual Studio is told what will be touched, where anything will; a choice that cannot be ends in an error. -->
                <Error Condition="'@(UpToDateCheckOutput)' != '' and '@(UpToDateCheckOutput)' != '$(_KmlStamp)'" Text="row $(Row): @(UpToDateCheckOutput) is not $(_KmlStamp)" />
                <Error Condition="'@(UpToDateCheckOutput)' == '' and '$(_KmlEmits)' == 'true' and ('$(KmlTargetFramework)' == '' or '$(_KmlUnclearFrameworks)' == '')" Text="row $(Row): emits, but nobody is told" />
                <Error Condition="'@(UpToDateCheckOutput)' != '' and '$(_KmlEmits)' != 'true'" Text="row $(Row): does not emit" />
              </Target>
            </Project>
            """);
        string rows = string.Concat(Rows.Select((_, i) => $"<MSBuild Projects=\"row.proj\" Targets=\"Show\" Properties=\"Row={i}\" />"));
        _project.Write("rows.proj", $"<Project><Target Name=\"Rows\">{rows}</Target></Project>");

        string output = _project.DotNet("msbuild", "rows.proj", "-v:m", "-m:1", "-tl:off").Succeeded().Output;

        output.Split('\n').Where(l => l.Contains("row ", StringComparison.Ordinal)).Select(l => l.Trim())
            .ShouldBe(Rows.Select((r, i) => $"row {i}: [{(r.Emits ? "true" : "")}] [{r.Unclear}]"));
    }
}
