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

    // What the generator has no use for, and must not be able to reach.
    private static readonly string[] OutsideTheGenerator = ["src/Kml.Model/Files", "src/Kml.Model/Weights"];

    public static TheoryData<string> Projects => [.. Product()];

    [Fact]
    public void Every_project_of_the_product_has_its_row() => Product().ShouldBe(Uses.Keys, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_uses_what_its_row_says(string project) =>
        References(project, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r)).ShouldBe(Uses[project], ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_package_that_a_project_uses_is_justified(string project)
    {
        IEnumerable<string> rows = SourceTree.Lines("docs/dependencies.md").Where(l => l.StartsWith("| ", StringComparison.Ordinal));
        HashSet<string> justified = [.. rows.SelectMany(l => l.Split('|')[1].Split(' ', ','))];
        foreach (string package in References(project, "PackageReference"))
            justified.ShouldContain(package, $"docs/dependencies.md has no row for {package}");
    }

    [Fact]
    public void The_generator_compiles_no_file_that_reads_files()
    {
        string exclude = XDocument.Parse(SourceTree.Text("generators/Kml.Generators/Kml.Generators.csproj"))
            .Descendants("Compile").Select(c => (string?)c.Attribute("Exclude")).OfType<string>().ShouldHaveSingleItem();
        foreach (string folder in OutsideTheGenerator)
            exclude.Split(';').ShouldContain($"../../{folder}/**");
    }

    private static IEnumerable<string> Product() =>
        new[] { "src", "generators", "kmod-gen" }.SelectMany(room => SourceTree.FilesBelow(room, ".csproj"));

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Parse(SourceTree.Text(project)).Descendants(kind).Select(r => (string)r.Attribute("Include")!);
}
