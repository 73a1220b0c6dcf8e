using System;
using System.IO;

namespace Kml.Model;

/// <summary>Files that are there whole or not at all.</summary>
public static class WholeFile
{
    /// <summary>Writes a file: a reader sees the old content or the new, never a part. Makes its folder if needed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Writes the content; if it throws, what was there stays.</param>
    /// <exception cref="IOException">It cannot be written; what was there stays.</exception>
    public static void Write(string path, Action<Stream> content)
    {
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full) ?? throw new IOException($"'{path}' is no file.");
        Directory.CreateDirectory(folder);

        // In the same folder, so that the rename stays within one file system and is atomic.
        string temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                content(stream);
                stream.Flush(true);
            }

            if (File.Exists(full))
                File.Replace(temporary, full, null);
            else
                File.Move(temporary, full);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
