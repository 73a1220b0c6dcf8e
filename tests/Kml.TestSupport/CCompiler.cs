using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;

namespace Kml.TestSupport;

/// <summary>Compiles and runs C in a folder of its own, which is removed afterwards.</summary>
public sealed class CCompiler : IDisposable
{
    /// <summary>Warnings that emitted C must not cause.</summary>
    public static readonly IReadOnlyList<string> Strict = ["-std=gnu11", "-Wall", "-Wextra", "-Werror"];

    /// <summary>What fixes the arithmetic of float objects, as <c>kml_ieee.h</c> asks.</summary>
    public static readonly IReadOnlyList<string> Float = ["-ffp-contract=off", "-frounding-math"];

    /// <summary>The folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("kml-c-").FullName;

    /// <summary>Puts a file into the folder.</summary>
    /// <param name="path">Its name there.</param>
    /// <param name="content">Its content.</param>
    public void Add(string path, byte[] content) => File.WriteAllBytes(Path.Combine(Folder, path), content);

    /// <summary>Puts a text file into the folder.</summary>
    /// <param name="path">Its name there.</param>
    /// <param name="text">Its text.</param>
    public void Add(string path, string text) => File.WriteAllText(Path.Combine(Folder, path), text);

    /// <summary>Runs a program in the folder.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it wrote to both streams.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message is what it wrote.</exception>
    public string Run(string program, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = Folder, RedirectStandardError = true, RedirectStandardOutput = true };
        using Process process = Start(start);
        System.Threading.Tasks.Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + error.GetAwaiter().GetResult();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: status {process.ExitCode}\n{output}");
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{start.FileName} cannot be run ({e.Message}): install it, then run the tests again.", e);
        }
    }
}
