using System;
using System.IO;
using System.Runtime.InteropServices;

namespace Kml.Model.Files;

/// <summary>What a path that is to be written names, behind all links.</summary>
internal sealed class FileTarget
{
    private const int MostLinks = 40;

    private FileTarget(string path, TargetKind kind, FileStatus status)
    {
        Path = path;
        Kind = kind;
        Status = status;
    }

    /// <summary>The path, without links.</summary>
    internal string Path { get; }

    /// <summary>How it is written.</summary>
    internal TargetKind Kind { get; }

    /// <summary>Its status, if it is there.</summary>
    internal FileStatus Status { get; }

    /// <summary>Its folder.</summary>
    internal string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>Finds out.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The target.</returns>
    /// <exception cref="IOException">It cannot be a file; the message says why.</exception>
    internal static FileTarget Of(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(full) || System.IO.Path.GetFileName(full).Length == 0)
            throw new IOException($"'{path}' is a folder, not a file: name a file in it.");
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
            return new FileTarget(full, File.Exists(full) ? TargetKind.Replaced : TargetKind.New, default);
        if (!Directory.Exists(System.IO.Path.GetDirectoryName(full)))
            return new FileTarget(full, TargetKind.New, default);

        FileStatus? status = LinuxFile.Status(full, follow: true);
        if (status is { IsRegular: false } special)
            return new FileTarget(full, TargetKind.Stream, special);
        string at = Behind(full, path);
        if (status is not { } there)
            return new FileTarget(at, TargetKind.New, default);

        // A descriptor's own link in /proc has no place where another file could be put, and a file of several names is to stay one.
        bool descriptor = at.StartsWith("/proc/", StringComparison.Ordinal);
        return new FileTarget(at, descriptor || there.Names > 1 ? TargetKind.Overwritten : TargetKind.Replaced, there);
    }

    private static string Behind(string full, string path)
    {
        string at = full;
        for (int links = 0; !at.StartsWith("/proc/", StringComparison.Ordinal) && LinuxFile.Link(at) is { } next; links++)
        {
            if (links == MostLinks)
                throw new IOException($"'{path}' is a link that leads to links without end.");
            try
            {
                // What it says is meant from where it truly lies, and '..' from there too.
                string said = System.IO.Path.Combine(LinuxFile.RealFolder(System.IO.Path.GetDirectoryName(at)!), next);
                at = System.IO.Path.Combine(LinuxFile.RealFolder(System.IO.Path.GetDirectoryName(said) ?? "/"), System.IO.Path.GetFileName(said));
            }
            catch (IOException e)
            {
                throw new IOException($"'{path}' is a link to '{next}', which cannot be made. {e.Message}", e);
            }
        }

        return at;
    }
}

/// <summary>How a target is written.</summary>
internal enum TargetKind
{
    /// <summary>There is none: a file is put there when it is whole.</summary>
    New,

    /// <summary>A file takes its place when it is whole, with its owner, mode, access list and extended attributes.</summary>
    Replaced,

    /// <summary>Its content is overwritten, once the new one is whole and there is room for it: it has other names, or nobody may take its place.</summary>
    Overwritten,

    /// <summary>A device, a pipe, a terminal: what is written goes there at once.</summary>
    Stream,
}
