using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace Kml.Structure.Tests;

/// <summary>Which assembly may use which: data passes one way through the house, and an assembly sees what lies before it.</summary>
public class ReferenceTests
{
    // The generator and its fixes load alone into the compiler; they have the model as source.
    private static readonly Dictionary<string, string[]> Uses = new()
    {
        ["src/Kml.Model/Kml.Model.csproj"] = [],
        ["src/Kml/Kml.csproj"] = ["Kml.Model"],
        ["src/Kml.Training/Kml.Training.csproj"] = ["Kml", "Kml.Model"],
        ["src/Kml.Runtime/Kml.Runtime.csproj"] = ["Kml", "Kml.Model"],
        ["src/Kml.Cli/Kml.Cli.csproj"] = ["Kml", "Kml.Model", "Kml.Runtime", "Kml.Training", "Kml.KmodGen"],
        ["generators/Kml.Generators/Kml.Generators.csproj"] = [],
        ["generators/Kml.CodeFixes/Kml.CodeFixes.csproj"] = [],
        ["kmod-gen/Kml.KmodGen/Kml.KmodGen.csproj"] = ["Kml.Model"],
        ["kmod-gen/Kml.Build/Kml.Build.csproj"] = ["Kml", "Kml.KmodGen", "Kml.Model"],

        // The package: it holds all that a user's project needs.
        ["kmod-gen/KmlCompiler/KmlCompiler.csproj"] = ["Kml", "Kml.Build", "Kml.CodeFixes", "Kml.Generators", "Kml.Model", "Kml.Runtime", "Kml.Training"],
    };

    // Sources from elsewhere, which no reference shows. What the generator has no use for, files and weights, it must not be able to reach.
    private static readonly Dictionary<string, string[]> Sources = new()
    {
        ["generators/Kml.Generators/Kml.Generators.csproj"] =
        [
            "Include ../../src/Kml.Model/**/*.cs",
            "Exclude ../../src/Kml.Model/obj/**;../../src/Kml.Model/bin/**;../../src/Kml.Model/Weights/**;../../src/Kml.Model/Files/**",
        ],
        ["generators/Kml.CodeFixes/Kml.CodeFixes.csproj"] =
        [
            "Include ../../src/Kml.Model/Diagnostics/DiagnosticRule.cs",
            "Include ../../src/Kml.Model/Diagnostics/ModelRules.cs",
            "Include ../../src/Kml.Model/Diagnostics/SourceRules.cs",
            "Include ../../src/Kml.Model/Form/EquatableArray.cs",
            "Include ../Kml.Generators/Parsing/Fixes/Fix.cs",
            "Include ../../src/Kml.Model/Polyfill/IsExternalInit.cs",
        ],
        ["src/Kml.Cli/Kml.Cli.csproj"] = ["Include ../../kmod-gen/Kml.Build/AssemblyModels.cs"],

        // What two suites share, where a reference would bring a third along.
        ["tests/Kml.Benchmarks/Kml.Benchmarks.csproj"] =
        [
            "Include ../../samples/IssueTime/Model.cs",
            "Include ../../samples/IssueTime/Deadline.cs",
            "Include ../Kml.Training.Tests/Dense/NaiveDense.cs",
            "Include ../Kml.Generators.Tests/Harness/HabitFiles.cs",
            "Include ../Kml.Generators.Tests/Harness/HalfTyped.cs",
            "Include ../Kml.Generators.Tests/Harness/HostileSources.cs",
            "Include ../Kml.Generators.Tests/Harness/Repository.cs",
            "Include ../Kml.Generators.Tests/Harness/TestCompilation.cs",
        ],
        ["tests/Kml.Build.Tests/Kml.Build.Tests.csproj"] = [Patience],
        ["tests/Kml.Cli.Tests/Kml.Cli.Tests.csproj"] = ["Include ../Kml.Runtime.Tests/FakeModule.cs", "Include ../Kml.Runtime.Tests/Waits.cs"],
        ["tests/Kml.EveryFloat/Kml.EveryFloat.csproj"] =
        [
            "Include ../Kml.Differential.Tests/Sweeps/*.cs",
            "Include ../Kml.Differential.Tests/Engine.cs",
            "Include ../Kml.Differential.Tests/Operation.cs",
            "Include ../Kml.Differential.Tests/Operations*.cs",
            Compiler,
        ],
        ["tests/Kml.Mutants/Kml.Mutants.csproj"] =
        [
            "Include ../Kml.Differential.Tests/Operation*.cs",
            "Include ../Kml.Differential.Tests/Draw.cs",
            "Include ../Kml.Differential.Tests/Sweeps/Arguments.cs",
            "Include ../Kml.Differential.Tests/Sweeps/UnaryFunction.cs",
            "Include ../Kml.KmodGen.Tests/Bodies/BodyBed.cs",
            "Include ../Kml.KmodGen.Tests/Bodies/BodyProgram.cs",
            "Include ../Kml.KmodGen.Tests/Bodies/EdgeBodies*.cs",
            "Include ../Kml.KmodGen.Tests/Bodies/RandomCases.cs",
        ],
        ["tests/Kml.Programs/Kml.Programs.csproj"] =
        [
            "Include ../Kml.KmodGen.Tests/Bodies/BodyBed.cs",
            "Include ../Kml.KmodGen.Tests/Bodies/BodyProgram.cs",
        ],
        ["tests/Kml.Runtime.Tests/Kml.Runtime.Tests.csproj"] = [Patience, Compiler, Signals],
        ["tests/Kml.Training.Tests/Kml.Training.Tests.csproj"] =
            ["Include ../Kml.Benchmarks/Accuracy/DeadlineFeatures.cs", Patience, Signals, Compiler],
        ["tests/Kml.TestSupport/Kml.TestSupport.csproj"] = ["Remove Models/*.cs", "Remove Signals/*.cs"],
        ["eng/Replay/Kml.Replay.csproj"] =
        [
            "Remove Models/**",
            "Include ../../tests/Kml.TestSupport/Sources/*.cs",
        ],
        ["eng/Replay/Models/ReplayModels.csproj"] = ["Include ../tests/kernel/models/Simulation.cs"],
    };

    private const string Patience = "Include ../Kml.TestSupport/Patience/*.cs";
    private const string Signals = "Include ../Kml.TestSupport/Signals/*.cs";
    private const string Compiler = "Include ../Kml.TestSupport/CCompiler.cs";

    // What MSBuild reads for a project beside it, from its folder up.
    private static readonly string[] Shared = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"];

    /// <summary>The libraries that a user's program calls.</summary>
    internal static readonly string[] ReferencedByUsers = ["src/Kml/Kml.csproj", "src/Kml.Training/Kml.Training.csproj", "src/Kml.Runtime/Kml.Runtime.csproj"];

    public static TheoryData<string> Projects => [.. Product()];

    public static TheoryData<string> AllProjects => [.. SourceTree.Projects];

    [Fact]
    public void Every_project_of_the_product_has_its_row() => Product().ShouldBe(Uses.Keys, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_uses_what_its_row_says(string project) =>
        References(project, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r)).ShouldBe(Uses[project], ignoreOrder: true);

    [Theory]
    [MemberData(nameof(AllProjects))]
    public void A_project_compiles_no_source_from_elsewhere_but_what_its_row_says(string project) =>
        Elements(project, "Compile").SelectMany(c => c.Attributes())
            .Where(a => a.Name.LocalName is not ("Link" or "LinkBase"))
            .Select(a => $"{a.Name.LocalName} {a.Value}")
            .ShouldBe(Sources.GetValueOrDefault(project, []));

    /// <summary>What is imported could reference anything; assemblies by their path are MSBuild's own, beside which the task runs.</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_has_no_other_way_to_use_an_assembly(string project)
    {
        Elements(project, "Import").ShouldBeEmpty();
        References(project, "Reference").Where(r => !r.StartsWith("$(MSBuildToolsPath)/Microsoft.Build.", StringComparison.Ordinal)).ShouldBeEmpty();
        References(project, "Analyzer").ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_package_that_a_project_uses_is_justified(string project)
    {
        IEnumerable<string> rows = SourceTree.Lines("docs/dependencies.md").Where(l => l.StartsWith("| ", StringComparison.Ordinal));
        HashSet<string> justified = [.. rows.SelectMany(l => l.Split('|')[1].Split(' ', ','))];
        foreach (string package in References(project, "PackageReference").Concat(References(project, "GlobalPackageReference")))
            justified.ShouldContain(package, $"docs/dependencies.md has no row for {package}");
    }

    private static IEnumerable<string> Product() =>
        new[] { "src", "generators", "kmod-gen" }.SelectMany(room => SourceTree.FilesBelow(room, ".csproj"));

    internal static IEnumerable<string> References(string project, string kind) => Elements(project, kind).Select(r => (string)r.Attribute("Include")!);

    /// <summary>The elements of a kind, of the project and of all that is read for it without being named there.</summary>
    internal static IEnumerable<XElement> Elements(string project, string kind)
    {
        string[] parts = project.Split('/');
        return Enumerable.Range(0, parts.Length).Select(depth => string.Concat(parts.Take(depth).Select(p => p + "/")))
            .SelectMany(folder => Shared.Select(name => folder + name))
            .Where(SourceTree.Exists)
            .Append(project)
            .SelectMany(file => XDocument.Parse(SourceTree.Text(file)).Descendants(kind));
    }
}
