using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace Kml.Structure.Tests;

/// <summary>What a user's program can name is listed, so that a change to it is a line in a review.</summary>
public class PublicSurfaceTests
{
    public static TheoryData<string> Libraries => [.. ReferenceTests.ReferencedByUsers];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_that_users_refer_to_lists_its_surface(string project)
    {
        ReferenceTests.References(project, "PackageReference").ShouldContain("Microsoft.CodeAnalysis.PublicApiAnalyzers");
        foreach (string list in (string[])["PublicAPI.Shipped.txt", "PublicAPI.Unshipped.txt"])
        {
            ReferenceTests.References(project, "AdditionalFiles").ShouldContain(list);
            SourceTree.Lines(project[..project.LastIndexOf('/')] + "/" + list)[0].ShouldBe("#nullable enable");
        }
    }

    /// <summary>The model as data comes along with these three: its types are the tool's, and follow the tool.</summary>
    [Fact]
    public void Those_libraries_are_all_that_is_packed_for_programs_but_the_model_as_data() =>
        SourceTree.Projects
            .Where(p => p.StartsWith("src/", StringComparison.Ordinal)
                && ReferenceTests.Elements(p, "IsPackable").Any(e => e.Value == "true")
                && !ReferenceTests.Elements(p, "PackAsTool").Any())
            .ShouldBe([.. ReferenceTests.ReferencedByUsers, "src/Kml.Model/Kml.Model.csproj"], ignoreOrder: true);
}
