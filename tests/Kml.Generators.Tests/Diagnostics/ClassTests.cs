using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests.Diagnostics;

/// <summary>Each diagnostic about the class of a model: what it is, where it stands, and how often it has a part.</summary>
public class ClassTests
{
    private const string BioUpdate = "[Update]\n    private static void On(in BioQueue e, ref Queue q)\n    {\n        q.Waiting++;\n    }";
    private const string SecondUpdate = "[Update] private static void Second(in BioQueue e, ref Queue q) => q.Waiting *= 2;";

    [Fact]
    public Task KML0001_a_class_that_is_not_partial() => AnalyzerRun.ShouldReport(
        SourceRules.NotPartial,
        ModelSource.With(("partial class IssueTime", "class [|IssueTime|]")),
        "IssueTime");

    [Fact]
    public Task KML0002_no_features_method() => AnalyzerRun.ShouldReport(
        SourceRules.NoFeatures,
        ModelSource.With(("class IssueTime", "class [|IssueTime|]"), ("[Features(2)]\n", string.Empty)),
        "IssueTime");

    [Fact]
    public Task KML0008_no_label_method() => AnalyzerRun.ShouldReport(
        SourceRules.NoLabel,
        ModelSource.With(("class IssueTime", "class [|IssueTime|]"), ("[Label]\n", string.Empty), ("[Verdict]\n", string.Empty), ("[Policy]\n", string.Empty)),
        "IssueTime");

    [Theory]
    [InlineData("[Features(1)] private static void [|Second|](in BioQueue e, Span<float> x) => x[0] = 1;", "[Features] method")]
    [InlineData("[Label] private static float [|Second|](in BioQueue a, in BlockIssue b) => 1;", "[Label] method")]
    [InlineData("[Verdict] private static bool [|Second|](in BioQueue e, float us) => true;", "[Verdict] method")]
    [InlineData("[Policy] private static void [|Second|](ref BioQueue e, float us) { }", "[Policy] method")]
    [InlineData("[State] public struct [|Second|] { public int A; }", "[State] struct")]
    public Task KML0009_a_second_one(string member, string what) => AnalyzerRun.ShouldReport(
        SourceRules.MoreThanOne,
        ModelSource.With(("e.RaisePriority(IoPriority.RealTime);\n    }", $"e.RaisePriority(IoPriority.RealTime);\n    }}\n\n    {member}")),
        "IssueTime",
        what);

    // The compiler puts parts in the order in which it is given their files, and layers and updates in that of the parts.
    [Theory]
    [InlineData("[Dense(1)]\n", "[Dense(1)] public partial class IssueTime;", "Dense(1)", "file with [Dense] attributes")]
    [InlineData(
        BioUpdate + "\n",
        "public partial class IssueTime\n{\n    " + SecondUpdate + "\n}",
        "Second",
        "file with an [Update] of 'BioQueue'",
        BioUpdate + "\n")]
    public async Task KML0009_parts_whose_order_would_have_a_meaning(string before, string part, string place, string what, string after = "")
    {
        string first = ModelSource.With((before, after));
        string second = "using Kml;\nnamespace Tests;\n" + part;
        string[] sources = [first, second];
        foreach (int[] order in new int[][] { [0, 1], [1, 0] })
        {
            CSharpCompilation compilation = TestCompilation.Of(string.Empty);
            compilation = compilation.AddSyntaxTrees(order.Select(i => TestCompilation.Parse(sources[i], $"Part{i}.cs")));

            Diagnostic found = (await AnalyzerRun.Run(compilation)).ShouldHaveSingleItem();

            found.Id.ShouldBe("KML0009");
            found.GetMessage(null).ShouldBe(string.Format(null, SourceRules.MoreThanOne.Format, "IssueTime", what));
            found.Location.SourceTree!.FilePath.ShouldBe("Part1.cs");
            second.Substring(found.Location.SourceSpan.Start, found.Location.SourceSpan.Length).ShouldBe(place);
            GeneratorRun run = GeneratorRun.Of(compilation);
            run.Refusals.ShouldBe([GeneratorRun.Line(found)]);
            run.Models.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Parts_whose_order_has_no_meaning_are_one_model()
    {
        string one = ModelSource.With((BioUpdate, string.Empty));
        string other = "using Kml;\nnamespace Tests;\npublic partial class IssueTime\n{\n    "
            + SecondUpdate + "\n    " + SecondUpdate.Replace("Second", "Third", StringComparison.Ordinal) + "\n}";
        List<ModelSpec> models = [];
        foreach (string[] order in new string[][] { [one, other], [other, one] })
        {
            CSharpCompilation compilation = TestCompilation.Of(order[0]).AddSyntaxTrees(TestCompilation.Parse(order[1], "Other.cs"));

            (await AnalyzerRun.Run(compilation)).ShouldBeEmpty();
            models.Add(GeneratorRun.Of(compilation).Models.ShouldHaveSingleItem());
        }

        models[0].Updates.Select(u => u.Name).ShouldBe(["Second", "Third", "On"]);
        ModelText.Write(models[1]).ShouldBe(ModelText.Write(models[0]));
        ModelText.Fingerprint(models[1]).ShouldBe(ModelText.Fingerprint(models[0]));
    }

    [Fact]
    public Task KML0013_a_project_that_checks_arithmetic() => AnalyzerRun.ShouldReport(
        ModelSource.With(("class IssueTime", "class [|IssueTime|]")),
        checkOverflow: true,
        (SourceRules.CheckedArithmetic, []));

    [Theory]
    [InlineData("public partial record [|IssueTime|]", "a record")]
    [InlineData("public static partial class [|IssueTime|]", "static")]
    [InlineData("public partial class [|IssueTime|]<T>", "generic")]
    [InlineData("file partial class [|IssueTime|]", "local to its file")]
    public Task KML0014_a_class_that_cannot_be_completed(string declaration, string what) => AnalyzerRun.ShouldReport(
        SourceRules.Placement,
        ModelSource.With(("public partial class IssueTime", declaration)),
        "IssueTime",
        what);

    [Fact]
    public Task KML0014_a_class_inside_another() => AnalyzerRun.ShouldReport(
        SourceRules.Placement,
        ModelSource.With(
            ("[KernelModel(", "public partial class Outer {\n[KernelModel("),
            ("partial class IssueTime", "partial class [|IssueTime|]")) + "\n}\n",
        "IssueTime",
        "nested in 'Outer'");

    // What is generated into both would have the same names, and the base's would be called through the derived class.
    [Theory]
    [InlineData("Base", "[KernelModel(\"base\")] public partial class Base;", true)]
    [InlineData("Base", "public class Base : Between; public class Between : Base1; [KernelModel(\"base\")] public partial class Base1;", true)]
    [InlineData("Base", "[KernelModel(\"base\")] public class Base;", false)]
    public async Task KML0014_a_class_that_derives_from_a_model(string baseClass, string declarations, bool sameProject)
    {
        string model = ModelSource.With(("class IssueTime", $"class IssueTime : {baseClass}"));
        CSharpCompilation compilation = TestCompilation.Of(sameProject ? model + "\n" + declarations : model);
        if (!sameProject)
        {
            CSharpCompilation library = CSharpCompilation.Create(
                "Library",
                [TestCompilation.Parse("using Kml;\nnamespace Tests;\n" + declarations, "Library.cs")],
                TestCompilation.References,
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
            compilation = compilation.AddReferences(library.ToMetadataReference());
        }

        Diagnostic found = (await AnalyzerRun.Run(compilation)).Where(d => d.Id == "KML0014").ShouldHaveSingleItem();

        string name = declarations.Contains("Base1", StringComparison.Ordinal) ? "Base1" : "Base";
        found.GetMessage(null).ShouldBe(string.Format(null, SourceRules.Placement.Format, "IssueTime", $"derived from the model '{name}'"));
        found.Location.SourceSpan.Start.ShouldBe(model.IndexOf("IssueTime :", StringComparison.Ordinal));
        GeneratorRun run = GeneratorRun.Of(compilation);
        run.Refusals.ShouldContain(GeneratorRun.Line(found));
        run.Models.ShouldBeEmpty();
    }
}
