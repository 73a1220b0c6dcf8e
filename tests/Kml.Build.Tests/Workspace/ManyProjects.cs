using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Kml.Build.Tests;

/// <summary>
/// Many small projects of one kind, built by one process: what is tested are ways of saying one thing, and starting a build costs more than running it.
/// </summary>
/// <param name="workspace">The project whose folder they lie in.</param>
internal sealed class ManyProjects(TestProject workspace)
{
    private readonly List<(string Folder, IReadOnlyList<string> Global)> _projects = [];

    /// <summary>Adds a project; its files are written by the caller.</summary>
    /// <param name="folder">The project's folder, below the workspace; the project is its <c>Sample.csproj</c>.</param>
    /// <param name="global">Properties that it gets as from the command line, each <c>name=value</c>.</param>
    public void Add(string folder, IReadOnlyList<string> global) => _projects.Add((folder, global));

    /// <summary>Builds a target of each; the first that fails does not keep the others from it.</summary>
    /// <param name="target">The target.</param>
    public Outcome Do(string target)
    {
        IEnumerable<string> members = _projects.Select((p, i) =>
            $"<Member Include=\"../{p.Folder}/Sample.csproj\" AdditionalProperties=\"{string.Join(';', p.Global.Append($"Member={i}"))}\" />");
        workspace.Write("all/all.proj", $"""
            <Project>
              <ItemGroup>
                {string.Concat(members)}
              </ItemGroup>
              <Target Name="Do"><MSBuild Projects="@(Member)" Targets="{target}" ContinueOnError="ErrorAndContinue" /></Target>
            </Project>
            """);
        return workspace.DotNet("msbuild", Path.Combine("all", "all.proj"), "-t:Do", "-v:n", "-m:1", "-tl:off");
    }
}
