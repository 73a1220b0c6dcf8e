using System;
using System.IO;

using Shouldly;

using Xunit;

namespace Kml.Build.Tests;

/// <summary>Whoever gets the package, and whatever its project is: models become modules, or one message says why they cannot.</summary>
[Collection(PackageCollection.Name)]
public sealed class ConsumerTests(PackageFeed feed)
{
    private const string Plain = "<TargetFramework>net10.0</TargetFramework>";

    public static TheoryData<string, string> Old => new()
    {
        { "net8.0", "<TargetFramework>net8.0</TargetFramework>" },
        { "net9.0", "<TargetFramework>net9.0</TargetFramework>" },
        { "netstandard2.0", "<TargetFramework>netstandard2.0</TargetFramework>" },
        { "net8.0", "<TargetFrameworks>net8.0;net10.0</TargetFrameworks>" },
    };

    [Theory]
    [MemberData(nameof(Old))]
    public void A_framework_that_is_too_old_is_told_so_once(string framework, string properties)
    {
        // Without the framework's own reference assemblies, which are not everywhere at hand and which none of this is about.
        string project = feed.Write(
            "old",
            PackageFeed.Project(properties + "<DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>"),
            "old");

        string message = feed.Run("build", project).Failed().Errors.ShouldHaveSingleItem();

        message.ShouldContain($"error NU1202: Package KmlCompiler {PackageFeed.Version} is not compatible with {framework} (");
        message.ShouldContain("supports: net10.0");
    }

    [Fact]
    public void A_library_hands_on_what_makes_models_of_an_applications_classes()
    {
        feed.Write("given/lib", PackageFeed.Project(Plain + "<AssemblyName>Lib</AssemblyName><PackageId>Lib</PackageId>"), "in_lib");

        // As unlike a new project as can be: the oldest language, nothing implicit, nothing by default.
        const string Odd = "<LangVersion>11</LangVersion><Nullable>disable</Nullable><ImplicitUsings>disable</ImplicitUsings>"
            + "<EnableDefaultItems>false</EnableDefaultItems>"
            + "<GenerateAssemblyInfo>false</GenerateAssemblyInfo><OutputType>Exe</OutputType>"
            + "<TreatWarningsAsErrors>true</TreatWarningsAsErrors><AnalysisMode>None</AnalysisMode>";
        string app = feed.Write(
            "given/app",
            PackageFeed.Project(Plain + Odd, """<ProjectReference Include="../lib/Sample.csproj" /><Compile Include="Models.cs" />"""),
            "in_app",
            "internal static class Start { private static void Main() { } }\n");
        string tests = feed.Write("given/tests", PackageFeed.Project(Plain, """<ProjectReference Include="../lib/Sample.csproj" />"""));

        feed.Run("build", app).Succeeded();
        feed.Modules("given/lib").ShouldBe(["in_lib"]);
        feed.Modules("given/app").ShouldBe(["in_app"]);

        // What has no model of its own gets no folder for it, and is idle all the same.
        feed.Run("build", tests).Succeeded();
        feed.Run("build", tests).Succeeded().Skips("KmlEmit").ShouldBe(2);
        Directory.Exists(feed.Folder("given/tests", "bin/kmod")).ShouldBeFalse();

        // What is wrong in the application is said there.
        feed.Workspace.Write(
            "given/app/Models.cs",
            TestModels.Source("in_app").Replace("x[1] =", "x[0] =", StringComparison.Ordinal)
                + "internal static class Start { private static void Main() { } }\n");
        feed.Run("build", app).Failed().Errors.ShouldHaveSingleItem().ShouldContain("given/app/Models.cs(");
    }

    [Fact]
    public void A_library_that_comes_as_a_package_hands_it_on_too()
    {
        string library = feed.Write("packed/lib", PackageFeed.Project(Plain + "<PackageId>Models.Of.Others</PackageId><Version>1.0.0</Version>"), "in_package");
        feed.Run("pack", library, "-o", feed.Folder("feed")).Succeeded();
        string app = feed.Write("packed/app", PackageFeed.Project(Plain, """<PackageReference Include="Models.Of.Others" Version="1.0.0" />"""), "in_app");

        feed.Run("build", app).Succeeded();

        feed.Modules("packed/app").ShouldBe(["in_app"]);
    }

    [Fact]
    public void A_framework_without_models_beside_the_one_with_them_makes_nothing_unclear()
    {
        string project = feed.Write(
            "several",
            PackageFeed.Project(
                "<TargetFrameworks>netstandard2.0;net10.0</TargetFrameworks>",
                $"""<PackageReference Include="KmlCompiler" Version="{PackageFeed.Version}" Condition="'$(TargetFramework)' == 'net10.0'" />"""),
            "several");
        feed.Workspace.Write("several/Models.cs", "#if NET\n" + TestModels.Source("several") + "#endif\n");

        feed.Run("build", project).Succeeded();
        feed.Modules("several").ShouldBe(["several"]);
        feed.Run("build", project).Succeeded().Skips("KmlEmit").ShouldBe(1);

        feed.Run("clean", project).Succeeded();
        Directory.Exists(feed.Folder("several", "bin/kmod")).ShouldBeFalse();
    }

    [Fact]
    public void A_language_that_is_too_old_is_told_so_once()
    {
        string project = feed.Write("language", PackageFeed.Project(Plain + "<LangVersion>10</LangVersion>"), "language");

        string message = feed.Run("build", project).Failed().Errors.ShouldHaveSingleItem();

        message.ShouldContain("language/Models.cs(");
        message.ShouldContain("error KML0016: The project is compiled as C# 10.0, but class 'Model_language' is");
    }
}
