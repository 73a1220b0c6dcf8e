using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Kml.Model;

namespace Kml.Build;

/// <summary>
/// The files that one project emits, below one directory. A file is written only if its content changes, so that kbuild sees no work where there is none;
/// a file that an earlier emission wrote, and this one does not, is deleted.
/// </summary>
public sealed class Emission
{
    /// <summary>The name of the manifest in the directory: the emitted files, one relative path a line, sorted.</summary>
    public const string ManifestName = "kml.manifest";

    private readonly string _directory;
    private readonly IReadOnlyList<string> _leftovers;
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <summary>Begins an emission; nothing is written before <see cref="Commit"/>.</summary>
    /// <param name="directory">The directory below which all files lie.</param>
    /// <param name="leftovers">Patterns of what kbuild leaves in a module's directory, which goes with the last emitted file.</param>
    public Emission(string directory, IReadOnlyList<string> leftovers)
    {
        _directory = Path.GetFullPath(directory);
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
        if (!IsInside(path))
            throw new ArgumentException($"'{path}' is no path below the output directory", nameof(path));
        _files.Add(path, content);
    }

    /// <summary>Writes what changed, deletes what is no longer emitted, and writes the manifest.</summary>
    /// <returns>What was done.</returns>
    /// <exception cref="IOException">A file cannot be written or deleted.</exception>
    public EmissionResult Commit()
    {
        // Many a project gets the package through a library and has no model of its own.
        if (_files.Count == 0 && !File.Exists(Full(ManifestName)))
            return new EmissionResult([], []);

        List<string> former = ReadManifest();
        List<string> deleted = [.. former.Where(f => !_files.ContainsKey(f) && File.Exists(Full(f)))];

        // The manifest names every file before it exists: after a crash, the next emission and a clean still know all of them.
        WriteManifest(former.Concat(_files.Keys));
        List<string> written = [.. _files.Where(f => WholeFile.WriteIfDifferent(Full(f.Key), f.Value)).Select(f => f.Key)];
        foreach (string file in deleted)
            File.Delete(Full(file));
        foreach (string directory in Directories(former).Except(Directories(_files.Keys)))
            DeleteLeftovers(directory);

        WriteManifest(_files.Keys);
        return new EmissionResult(written, deleted);
    }

    private static bool IsInside(string path) =>
        path.Length > 0 && !Path.IsPathRooted(path) && !path.Contains('\\') && path.Split('/').All(part => part is not ("" or "." or ".."));

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

    private List<string> ReadManifest()
    {
        string path = Full(ManifestName);
        return File.Exists(path) ? [.. File.ReadAllLines(path).Where(IsInside)] : [];
    }

    private void WriteManifest(IEnumerable<string> files)
    {
        IEnumerable<string> lines = files.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        WholeFile.WriteIfDifferent(Full(ManifestName), Encoding.UTF8.GetBytes(string.Concat(lines.Select(f => f + "\n"))));
    }

    private string Full(string path) => Path.Combine(_directory, path);
}

/// <summary>What an emission did.</summary>
/// <param name="Written">Files whose content changed.</param>
/// <param name="Deleted">Files of the former emission that are gone.</param>
public sealed record EmissionResult(IReadOnlyList<string> Written, IReadOnlyList<string> Deleted);
