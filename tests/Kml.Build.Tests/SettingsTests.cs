using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;

using Shouldly;

using Xunit;

namespace Kml.Build.Tests;

/// <summary>What a project may set has its effect wherever it is set, and however it is spelled.</summary>
public sealed class SettingsTests : IDisposable
{
    /// <summary>Properties that the repository's own projects set, and nobody else.</summary>
    private static readonly string[] Internal = ["KmlTaskPath", "KmlTaskFactory"];

    private readonly TestProject _project = new("wait");

    public void Dispose() => _project.Dispose();

    /// <summary>Where a property can be set.</summary>
    private enum Place
    {
        CommandLine,
        Project,
        BuildProps,
        BuildTargets,
    }

    [Fact]
    public void New_weights_are_seen_an_idle_build_is_idle_and_clean_leaves_nothing()
    {
        _project.Build().Succeeded();
        byte[][] weights = [.. new[] { 1, 2 }.Select(v => TestWeights.For(_project.Model("wait"), v).ToBytes())];
        List<Case> cases = [.. Cases(_project.Root)];
        ManyProjects projects = new(_project);
        cases.ForEach(c => projects.Add(c.Folder, c.Global));

        void WriteWeights(int version) => cases.ForEach(c => _project.Write(Path.Combine(c.Folder, "w/wait.safetensors"), weights[version]));
        string[] Emitted() =>
        [
            .. cases.SelectMany(c => Directory.EnumerateFiles(c.Output, "*", SearchOption.AllDirectories))
                .Select(f => $"{f} {File.GetLastWriteTimeUtc(f):O}").Order(),
        ];

        cases.ForEach(c => c.Write(_project));
        WriteWeights(0);
        projects.Do("Restore").Succeeded();
        Outcome first = projects.Do("Build").Succeeded();
        first.Diagnostics("KML2001").ShouldBeEmpty();
        first.Diagnostics("KML1010").Count.ShouldBe(cases.Count, "the bound that each project sets");
        cases.ForEach(c => File.Exists(Path.Combine(c.Output, "wait/Makefile")).ShouldBeTrue(c.ToString()));

        WriteWeights(1);
        Outcome second = projects.Do("Build").Succeeded();
        second.Skips("KmlEmit").ShouldBe(0);
        second.Skips("CoreCompile").ShouldBe(cases.Count);

        string[] before = Emitted();
        projects.Do("Build").Succeeded().Skips("KmlEmit").ShouldBe(cases.Count);
        Emitted().ShouldBe(before);

        projects.Do("Clean").Succeeded();
        cases.ForEach(c => Directory.Exists(c.Output).ShouldBeFalse(c.ToString()));
        cases.ForEach(c => Directory.Exists(Path.Combine(c.Root, "obj/kml")).ShouldBeFalse(c.ToString()));
    }

    [Fact]
    public void What_is_set_to_nothing_is_unset()
    {
        _project.Build([.. Public().Select(p => $"-p:{p}=")]).Succeeded();

        _project.Snapshot().Keys.ShouldContain("wait/Makefile");
    }

    [Theory]
    [InlineData("KmlMaxGuardedNs")]
    [InlineData("KmlMaxBodyOperations")]
    [InlineData("KmlMaxFrameBytes")]
    [InlineData("KmlMaxStateBytes")]
    [InlineData("KmlMaxWeightsBytes")]
    public void A_number_that_is_none_is_refused(string property)
    {
        _project.Build().Succeeded();

        _project.Build($"-p:{property}=20us").Failed().Errors.ShouldContain(e => e.Contains("20us", StringComparison.Ordinal));
    }

    [Fact]
    public void No_property_of_the_project_is_assigned()
    {
        // A property that is global keeps its value: what is assigned to it under its own name is lost without a word.
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(Repository.Targets)!, "*", SearchOption.AllDirectories))
        {
            XElement[] assigned = [.. XDocument.Load(file).Descendants().Where(e => e.Parent?.Name.LocalName == "PropertyGroup")];
            assigned.Select(e => e.Name.LocalName).ShouldAllBe(n => !n.StartsWith("Kml", StringComparison.OrdinalIgnoreCase), file);
        }

        Public().ShouldContain("KmlWeightsPath");
    }

    /// <summary>The properties that the targets read and no other file of ours sets, from the file itself.</summary>
    private static IEnumerable<string> Public() =>
        System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(Repository.Targets), @"\$\((Kml\w+)")
            .Select(m => m.Groups[1].Value).Distinct().Except(Internal);

    private static IEnumerable<Case> Cases(string root)
    {
        string[] spellings = ["", "/", "sub/../", " ", "/absolute"];
        int number = 0;
        foreach (string spelling in spellings)
            yield return new Case(root, number++, Place.CommandLine, spelling);
        foreach (Place place in Enum.GetValues<Place>().Where(p => p != Place.CommandLine))
            yield return new Case(root, number, place, spellings[number++ % spellings.Length]);
    }

    /// <summary>A project that sets its weights to a folder <c>w</c> and its modules to <c>kout</c>.</summary>
    private sealed record Case(string Parent, int Number, Place Place, string Spelling)
    {
        public string Folder => $"cases/{Number}";

        public string Root => Path.Combine(Parent, Folder);

        public string Output => Path.Combine(Root, "kout");

        public string[] Global => Place == Place.CommandLine ? [.. Properties.Select(p => $"{p.Key}={p.Value}")] : [];

        private Dictionary<string, string> Properties => new()
        {
            ["KmlWeightsPath"] = Spelled("w"),
            ["KmlOutputPath"] = Spelled("kout"),
            ["KmlMaxGuardedNs"] = "100",
            ["KmlMaxBodyOperations"] = "1000",
            ["KmlMaxFrameBytes"] = "500",
            ["KmlMaxStateBytes"] = "100000",
            ["KmlMaxWeightsBytes"] = "2000000",
            ["KmlTargetFramework"] = "net10.0",
        };

        public void Write(TestProject project)
        {
            string set = string.Concat(Properties.Select(p => $"<{p.Key}>{p.Value}</{p.Key}>"));
            project.Write(Path.Combine(Folder, "Models.cs"), TestModels.Source("wait"));
            project.Write(
                Path.Combine(Folder, "Sample.csproj"),
                TestProject.Project("<TargetFramework>net10.0</TargetFramework>" + (Place == Place.Project ? set : "")));
            foreach ((Place place, string file) in new[] { (Place.BuildProps, "Directory.Build.props"), (Place.BuildTargets, "Directory.Build.targets") })
                project.Write(Path.Combine(Folder, file), $"<Project><PropertyGroup>{(Place == place ? set : "")}</PropertyGroup></Project>");
        }

        private string Spelled(string folder) => Spelling switch
        {
            "/absolute" => Path.Combine(Root, folder),
            "/" => folder + "/",
            " " => $" {folder} ",
            _ => Spelling + folder,
        };
    }
}
