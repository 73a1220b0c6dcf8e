using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Kml.Model;

namespace Kml.Build;

/// <summary>
/// The files that one project emits, below one directory, which other projects may share. A file is written only if its content changes, so that kbuild sees no
/// work where there is none; a file that an earlier emission of the same project wrote, and this one does not, is deleted.
/// </summary>
public sealed class Emission
{
    private readonly string _directory;
    private readonly Manifest _manifest;
    private readonly IReadOnlyList<string> _leftovers;
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <summary>Begins an emission; nothing is written before <see cref="Commit"/>.</summary>
    /// <param name="directory">The directory below which all files lie.</param>
    /// <param name="manifest">The name of the project's manifest there.</param>
    /// <param name="project">The project.</param>
    /// <param name="leftovers">Patterns of what kbuild leaves in a module's directory, which goes with the last emitted file.</param>
    public Emission(string directory, string manifest, string project, IReadOnlyList<string> leftovers)
    {
        _directory = Path.GetFullPath(directory);
        _manifest = new Manifest(_directory, manifest, project);
        _leftovers = leftovers;
    }

    /// <summary>The files added so far.</summary>
    public int Count => _files.Count;

    /// <summary>Adds a file.</summary>
    /// <param name="path">Its path below the directory, with slashes.</param>
    /// <param name="content">Its content.</param>
    /// <exception cref="ArgumentException">The path leads out of the directory, or was added before.</exception>
    public void Add(string path, byte[] content)
    {
        if (!Manifest.CanList(path))
            throw new ArgumentException($"'{path}' is no path below the output directory", nameof(path));
        _files.Add(path, content);
    }

    /// <summary>Writes what changed, deletes what is no longer emitted, and writes the manifest; nothing of it if a module is another project's.</summary>
    /// <returns>What was done.</returns>
    /// <exception cref="IOException">A file cannot be written or deleted.</exception>
    public EmissionResult Commit()
    {
        // Many a project gets the package through a library and has no model of its own.
        bool first = !_manifest.Exists;
        if (_files.Count == 0 && first)
            return new EmissionResult([], [], []);

        List<string> former = _manifest.Read();
        List<string> deleted = [.. former.Where(f => !_files.ContainsKey(f) && File.Exists(Full(f)))];

        // The manifest names every file before it exists: after a crash, the next emission and a clean still know all of them.
        // And of two projects that are built at once, at least one sees what the other is about to write.
        _manifest.Write(former.Concat(_files.Keys));
        if (_manifest.Taken(_files.Keys).ToArray() is { Length: > 0 } taken)
        {
            if (first)
                _manifest.Delete();
            else
                _manifest.Write(former);
            return new EmissionResult([], [], taken);
        }

        List<string> written = [.. _files.Where(f => WholeFile.WriteIfDifferent(Full(f.Key), f.Value)).Select(f => f.Key)];
        foreach (string file in deleted)
            File.Delete(Full(file));
        foreach (string directory in Directories(former).Except(Directories(_files.Keys)))
            DeleteLeftovers(directory);

        _manifest.Write(_files.Keys);
        return new EmissionResult(written, deleted, []);
    }

    private IEnumerable<string> Directories(IEnumerable<string> files) => files.Select(f => Path.GetDirectoryName(Full(f))!).Distinct();

    private void DeleteLeftovers(string directory)
    {
        if (!Directory.Exists(directory))
            return;
        foreach (string leftover in _leftovers.SelectMany(p => Directory.GetFiles(directory, p)).Distinct())
            File.Delete(leftover);
        if (!Directory.EnumerateFileSystemEntries(directory).Any())
            Directory.Delete(directory);
    }

    private string Full(string path) => Path.Combine(_directory, path);
}

/// <summary>What an emission did.</summary>
/// <param name="Written">Files whose content changed.</param>
/// <param name="Deleted">Files of the former emission that gone.</param>
/// <param name="Taken">Modules that another project has emitted to the same place.</param>
public sealed record EmissionResult(IReadOnlyList<string> Written, IReadOnlyList<string> Deleted, IReadOnlyList<TakenModule> Taken);
