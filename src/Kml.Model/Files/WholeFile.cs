using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using Kml.Model.Files;
using Microsoft.Win32.SafeHandles;

namespace Kml.Model;

/// <summary>
/// A file that is written whole or not at all: a reader sees the old content or the new, never a part. What the path names stays what it is: links are written
/// through, also those that lead to no file yet; a file keeps its owner, mode, access list and extended attributes. Where nobody may put another file in its
/// place without a change (it has several names, belongs to somebody else, is mounted, or lies in a folder that may not be written) the content is overwritten
/// once the new one is whole and there is room for it. A device or a pipe gets what is written as it comes.
/// </summary>
public sealed class WholeFile : IDisposable
{
    /// <summary>What a write could not put on the disk is the writer's to know.</summary>
    private const int Unbuffered = 1;

    private readonly FileTarget _target;
    private readonly string? _temporary;
    private bool _overwrite;

    /// <summary>Begins to write. Makes the file's folder if needed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rewinds">Whether the content is not written from its beginning to its end: what is no regular file then gets it all at the end.</param>
    /// <exception cref="IOException">It cannot be written; what was there stays.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public WholeFile(string path, bool rewinds = false)
    {
        _target = FileTarget.Of(path);
        _overwrite = _target.Kind is TargetKind.Overwritten or TargetKind.Stream;
        switch (_target.Kind)
        {
            case TargetKind.Stream when !rewinds:
                Content = OpenTarget();
                break;
            case TargetKind.New:
                Directory.CreateDirectory(_target.Folder);
                _temporary = Path.Combine(_target.Folder, $".kml-{Guid.NewGuid():N}");
                Content = new FileStream(_temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, Unbuffered);
                break;
            case TargetKind.Replaced:
                // Whoever may not write a file may not replace it.
                OpenTarget().Dispose();
                Content = Beside(out _temporary) ?? Elsewhere(out _temporary);
                break;
            default:
                if (_target.Kind == TargetKind.Overwritten)
                    OpenTarget().Dispose();
                Content = Elsewhere(out _temporary);
                break;
        }
    }

    /// <summary>Where the content is written.</summary>
    public Stream Content { get; }

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Writes the content; if it throws, what was there stays.</param>
    /// <exception cref="IOException">It cannot be written; what was there stays.</exception>
    public static void Write(string path, Action<Stream> content)
    {
        using WholeFile file = new(path);
        content(file.Content);
        file.Commit();
    }

    /// <summary>Writes a file unless it has this content already.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">The content.</param>
    /// <returns>Whether it was written.</returns>
    /// <exception cref="IOException">It cannot be written; what was there stays.</exception>
    public static bool WriteIfDifferent(string path, byte[] content)
    {
        // What is no regular file has no content to compare, and reading it may wait for ever.
        if (IsThere(path) && File.ReadAllBytes(path).SequenceEqual(content))
            return false;
        Write(path, stream => stream.Write(content, 0, content.Length));
        return true;
    }

    /// <summary>Whether a path names a file with content, behind all links: no device, no pipe, and nothing that is not there yet.</summary>
    /// <param name="path">The path.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsThere(string path) => FileTarget.Of(path).Kind is TargetKind.Replaced or TargetKind.Overwritten;

    /// <summary>Finds out whether a file could be written, and leaves what is there as it is. Makes its folder if needed.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void RequireWritable(string path)
    {
        FileTarget target = FileTarget.Of(path);

        // To open a pipe is to wait for its reader.
        if (target.Kind != TargetKind.Stream)
            new WholeFile(path).Dispose();
        else if (!LinuxFile.IsWritable(target.Path))
            throw LinuxFile.Error($"'{path}' may not be written");
    }

    /// <summary>Puts the content in its place.</summary>
    /// <exception cref="IOException">It cannot be; what was there stays.</exception>
    public void Commit()
    {
        if (_temporary is null)
        {
            Content.Dispose();
            return;
        }

        ((FileStream)Content).Flush(true);
        if (_overwrite || !Place())
        {
            Content.Position = 0;
            Overwrite();
        }

        // Whoever is told that it is there may open it.
        Content.Dispose();
    }

    /// <summary>Gives up what was not put in its place.</summary>
    public void Dispose()
    {
        Content.Dispose();
        if (_temporary is not null)
            File.Delete(_temporary);
    }

    private static FileStream? MakeOwn(string folder, out string path)
    {
        int descriptor = LinuxFile.MakeOwn(folder, out path);
        return descriptor < 0 ? null : new FileStream(new SafeFileHandle((IntPtr)descriptor, ownsHandle: true), FileAccess.ReadWrite, Unbuffered);
    }

    /// <summary>
    /// In the same folder, so that the rename stays within one file system and is atomic, and with the same attributes before there is any content.
    /// </summary>
    private FileStream? Beside(out string path)
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
        {
            path = Path.Combine(_target.Folder, $".kml-{Guid.NewGuid():N}");
            return new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, Unbuffered);
        }

        FileStream? made = MakeOwn(_target.Folder, out path);
        _overwrite = made is null || !LinuxFile.CopyAttributes(_target.Path, _target.Status, made.SafeFileHandle.DangerousGetHandle());
        return made;
    }

    private static FileStream Elsewhere(out string path) =>
        MakeOwn(Path.GetTempPath(), out path) ?? throw LinuxFile.Error($"No file can be made in '{Path.GetTempPath()}'");

    private bool Place()
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
        {
            Content.Dispose();
            if (_target.Kind == TargetKind.Replaced)
                File.Replace(_temporary, _target.Path, null);
            else
                File.Move(_temporary, _target.Path);
            return true;
        }

        if (LinuxFile.Move(_temporary!, _target.Path))
            return true;

        // Something is mounted there.
        return LinuxFile.LastError == LinuxFile.DeviceBusy ? false : throw LinuxFile.Error($"'{_target.Path}' cannot be written");
    }

    private void Overwrite()
    {
        using FileStream into = OpenTarget();
        if (_target.Kind != TargetKind.Stream)
        {
            long before = into.Length;
            try
            {
                LinuxFile.Reserve(into.SafeFileHandle.DangerousGetHandle(), Content.Length, _target.Path);
            }
            catch (IOException)
            {
                into.SetLength(before);
                throw;
            }

            into.SetLength(Content.Length);
        }

        Content.CopyTo(into);
        into.Flush(_target.Kind != TargetKind.Stream);
    }

    private FileStream OpenTarget() => new(_target.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
}
