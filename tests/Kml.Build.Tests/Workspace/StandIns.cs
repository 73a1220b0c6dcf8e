using System;
using System.IO;

namespace Kml.Build.Tests;

/// <summary>A folder in which a script of ours runs with stand-ins beside it, so that only what it decides is tested.</summary>
internal sealed class StandIns : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("kml-script-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Copies the script that is tested.</summary>
    /// <param name="path">Its path in the repository, and here.</param>
    public void Copy(string path) => Script(path, File.ReadAllText(Path.Combine(Repository.Root, path)));

    /// <summary>Writes what a script finds: a program, which stands in for that of its name if it is in <c>bin/</c>, or a plain file.</summary>
    public void Script(string path, string text)
    {
        string full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Runs a script of the folder.</summary>
    public Outcome Run(string script, params string[] words) => Command.Run(
        Folder,
        "env",
        [$"PATH={Path.Combine(Folder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}", Path.Combine(Folder, script), .. words]);
}
