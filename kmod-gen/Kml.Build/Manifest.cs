using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Kml.Model;

namespace Kml.Build;

/// <summary>
/// What one project emitted into a directory that others may share: below a line that names the project, its files, one relative path a line, sorted.
/// </summary>
internal sealed class Manifest
{
    private const string Pattern = "kml.*.manifest";

    // No file of a module begins with it.
    private const string ProjectMark = "# ";

    private readonly string _directory;
    private readonly string _path;
    private readonly string _project;

    /// <summary>Names a manifest; nothing is read or written yet.</summary>
    /// <param name="directory">The directory below which all files lie, as a full path.</param>
    /// <param name="name">The manifest's name there: another one for each project.</param>
    /// <param name="project">The project.</param>
    public Manifest(string directory, string name, string project)
    {
        _directory = directory;
        _path = Path.Combine(directory, name);
        _project = project;
    }

    /// <summary>Whether the project has emitted here.</summary>
    public bool Exists => File.Exists(_path);

    /// <summary>Whether a path is one below the directory, with slashes.</summary>
    public static bool CanList(string path) =>
        path.Length > 0 && !Path.IsPathRooted(path) && !path.Contains('\\') && path.Split('/').All(part => part is not ("" or "." or ".."));

    /// <summary>The files that the project has emitted.</summary>
    public List<string> Read() => Exists ? [.. Files(File.ReadAllLines(_path))] : [];

    /// <summary>Lists files instead of those listed so far.</summary>
    public void Write(IEnumerable<string> files)
    {
        // Escaped, because the targets read the line too, and a quote in it would end theirs.
        string project = string.Join('/', Path.GetRelativePath(_directory, _project).Split('/').Select(Uri.EscapeDataString));
        IEnumerable<string> lines = files.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Prepend(ProjectMark + project);
        WholeFile.WriteIfDifferent(_path, Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n"))));
    }

    /// <summary>Forgets that the project has emitted here.</summary>
    public void Delete() => File.Delete(_path);

    /// <summary>Which modules, of those to which files belong, another project has emitted here. One that was renamed or moved since is no other.</summary>
    /// <param name="files">Files of this project.</param>
    public IEnumerable<TakenModule> Taken(IReadOnlyCollection<string> files)
    {
        foreach (string path in Directory.GetFiles(_directory, Pattern).Where(p => p != _path).Order(StringComparer.Ordinal))
        {
            string[] lines = File.ReadAllLines(path);
            if (!lines.FirstOrDefault("").StartsWith(ProjectMark, StringComparison.Ordinal))
                continue;
            string project = Path.GetFullPath(Uri.UnescapeDataString(lines[0][ProjectMark.Length..]), _directory);
            if (!File.Exists(project))
                continue;
            foreach (string module in Files(lines).Intersect(files).Select(f => f.Split('/')[0]).Distinct())
                yield return new TakenModule(module, project);
        }
    }

    private static IEnumerable<string> Files(IEnumerable<string> lines) =>
        lines.Where(l => !l.StartsWith(ProjectMark, StringComparison.Ordinal) && CanList(l));
}

/// <summary>A module that another project has emitted.</summary>
/// <param name="Name">The module's directory.</param>
/// <param name="Project">The other project.</param>
public sealed record TakenModule(string Name, string Project);
