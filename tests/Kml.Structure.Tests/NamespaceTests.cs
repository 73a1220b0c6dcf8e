using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace Kml.Structure.Tests;

/// <summary>
/// Namespaces follow folders. A package's public types may stay in the namespace of a folder above, down to the package's own: a user finds
/// <c>Kml.DenseAttribute</c> by the package's name, not by the drawer in which we keep it. An internal type is in its folder's.
/// </summary>
public partial class NamespaceTests
{
    /// <summary>Projects of which the rule does not hold, and why. A row goes when it does: none may be added for a new project.</summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["src/Kml.Training/Kml.Training.csproj"] = "has a rule of its own, below",
        ["tests/Kml.Benchmarks/Kml.Benchmarks.csproj"] = "some folders only sort",
        ["tests/Kml.Build.Tests/Kml.Build.Tests.csproj"] = "its workspace is in the tests' namespace",
        ["tests/Kml.Differential.Tests/Kml.Differential.Tests.csproj"] = "is called without its last word",
        ["tests/Kml.TestSupport/Kml.TestSupport.csproj"] = "its folders only sort, and its models are of none",
        ["tests/Kml.Training.Tests/Kml.Training.Tests.csproj"] = "folders follow the library's",
    };

    public static TheoryData<string> Projects => [.. SourceTree.Projects.Except(Exceptions.Keys)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Namespaces_follow_folders(string project) => Misplaced(project).ShouldBeEmpty();

    [Fact]
    public void An_exception_is_one() => Exceptions.Keys.Where(p => !SourceTree.Exists(p) || !Misplaced(p).Any()).ShouldBeEmpty();

    /// <summary>
    /// The training library is one room to its users but for what few of them need: its first folders are the namespaces, and deeper ones only sort.
    /// </summary>
    [Fact]
    public void In_the_training_library_the_first_folder_is_the_namespace()
    {
        const string Project = "src/Kml.Training";
        string[] common = [Project, .. new[] { "Data", "Learners", "Metrics", "Output", "Progress", "Records", "Samples" }.Select(f => $"{Project}/{f}")];
        foreach (string file in SourceTree.FilesBelow(Project, ".cs"))
        {
            string folder = string.Join('/', file.Split('/').SkipLast(1).Take(3));
            string space = common.Contains(folder) ? "Kml.Training" : "Kml.Training." + folder[(Project.Length + 1)..];
            Namespace().Match(SourceTree.Text(file)).Groups[1].Value.ShouldBe(space, file);
        }
    }

    private static IEnumerable<string> Misplaced(string project)
    {
        string room = project[..project.LastIndexOf('/')];
        XDocument content = XDocument.Parse(SourceTree.Text(project));
        string root = Property(content, "RootNamespace") ?? Path.GetFileNameWithoutExtension(project);
        bool isPackage = Property(content, "IsPackable") == "true" && Property(content, "PackAsTool") != "true";
        foreach (string file in SourceTree.FilesBelow(room, ".cs"))
        {
            string text = SourceTree.Text(file);
            string folder = (root + file[room.Length..file.LastIndexOf('/')]).Replace('/', '.');
            string? space = Namespace().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

            // Top-level statements have none, and what stands in for the framework has the framework's.
            if (space is null || space.StartsWith("System.", StringComparison.Ordinal))
                continue;
            bool mayBeAbove = isPackage && PublicType().IsMatch(text) && IsWithin(root, space);
            if (space != folder && !(mayBeAbove && IsWithin(space, folder)))
                yield return $"{file} is in {space}, and belongs into {folder}";
        }
    }

    private static string? Property(XDocument project, string name) => (string?)project.Descendants(name).FirstOrDefault();

    private static bool IsWithin(string outer, string inner) => (inner + ".").StartsWith(outer + ".", StringComparison.Ordinal);

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^public .*\b(class|record|struct|enum|interface|delegate)\b", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
