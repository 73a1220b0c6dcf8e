using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;

namespace Kml.TestSupport;

/// <summary>Emitted files against those that were read and approved. A difference fails with a diff, and says how to approve it.</summary>
public static class ApprovedFolder
{
    /// <summary>Compares files with a folder of approved ones, beside the test's source: each must be there, alike, and nothing else.</summary>
    /// <param name="name">The folder's name, below <c>Approved</c>.</param>
    /// <param name="files">The files: names and texts.</param>
    /// <param name="source">The test's file; the compiler's to say.</param>
    /// <exception cref="InvalidOperationException">They differ; the message is the diff.</exception>
    public static void Check(string name, IEnumerable<(string Path, string Text)> files, [CallerFilePath] string source = "")
    {
        string approved = Path.Combine(Path.GetDirectoryName(source)!, "Approved", name), received = approved + ".received";
        if (Directory.Exists(received))
            Directory.Delete(received, recursive: true);
        Directory.CreateDirectory(approved);
        Directory.CreateDirectory(received);

        // Of a name that an editor or a build would take up here, such as Makefile or x.c, the end is another.
        foreach ((string path, string text) in files)
            File.WriteAllText(Path.Combine(received, path + ".txt"), text);

        string difference = Diff(approved, received);
        if (difference.Length > 0)
        {
            throw new InvalidOperationException($"{difference}\nWhat is emitted is not what was approved. "
                + $"If it is meant: rm -r '{approved}' && mv '{received}' '{approved}'");
        }

        Directory.Delete(received, recursive: true);
    }

    private static string Diff(string approved, string received)
    {
        using Process diff = Process.Start(new ProcessStartInfo("diff", ["-ruN", approved, received]) { RedirectStandardOutput = true })!;
        string text = diff.StandardOutput.ReadToEnd();
        diff.WaitForExit();
        return text;
    }
}
