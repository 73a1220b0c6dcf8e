using System;
using System.Linq;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Kml.Structure.Tests;

/// <summary>
/// Namespaces follow folders. A package's public types may stay in the namespace of a folder above, down to the package's own: a user finds
/// <c>Kml.DenseAttribute</c> by the package's name, not by the drawer in which we keep it. An internal type is in its folder's.
/// </summary>
public partial class NamespaceTests
{
    [Theory]
    [InlineData("generators/Kml.Generators", false)]
    [InlineData("generators/Kml.CodeFixes", false)]
    [InlineData("kmod-gen/Kml.Build", false)]
    [InlineData("kmod-gen/Kml.KmodGen", false)]
    [InlineData("src/Kml", true)]
    [InlineData("src/Kml.Cli", false)]
    [InlineData("src/Kml.Model", true)]
    [InlineData("src/Kml.Runtime", true)]
    [InlineData("tests/Kml.Structure.Tests", false)]
    public void Namespaces_follow_folders(string project, bool isPackage)
    {
        string root = project[(project.LastIndexOf('/') + 1)..];
        foreach (string file in SourceTree.FilesBelow(project, ".cs"))
        {
            string text = SourceTree.Text(file);
            string folder = (root + file[project.Length..file.LastIndexOf('/')]).Replace('/', '.');
            string? space = Namespace().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

            // Top-level statements have none, and what stands in for the framework has the framework's.
            if (space is null || space.StartsWith("System.", StringComparison.Ordinal))
                continue;
            bool mayBeAbove = isPackage && PublicType().IsMatch(text) && IsWithin(root, space);
            (space == folder || (mayBeAbove && IsWithin(space, folder))).ShouldBeTrue($"{file} is in {space}, and belongs into {folder}");
        }
    }

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

    private static bool IsWithin(string outer, string inner) => (inner + ".").StartsWith(outer + ".", StringComparison.Ordinal);

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^public .*\b(class|record|struct|enum|interface|delegate)\b", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
