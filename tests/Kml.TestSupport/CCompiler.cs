using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace Kml.TestSupport;

/// <summary>Compiles and runs C in a folder of its own, which is removed afterwards.</summary>
public sealed class CCompiler : IDisposable
{
    /// <summary>Warnings that emitted C must not cause.</summary>
    public static readonly IReadOnlyList<string> Strict = ["-std=gnu11", "-Wall", "-Wextra", "-Werror"];

    /// <summary>What fixes the arithmetic of float objects, as <c>kml_ieee.h</c> asks.</summary>
    public static readonly IReadOnlyList<string> Float = ["-ffp-contract=off", "-frounding-math"];

    /// <summary>The flags of a compute object: those that fix the arithmetic, and every warning an error.</summary>
    public static readonly IReadOnlyList<string> Compute = ["-O2", .. Strict, .. Float, "-fno-strict-aliasing"];

    private readonly List<nint> _libraries = [];

    /// <summary>The folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("kml-c-").FullName;

    /// <summary>Puts a file into the folder.</summary>
    /// <param name="path">Its name there.</param>
    /// <param name="content">Its content.</param>
    public void Add(string path, byte[] content)
    {
        string full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, content);
    }

    /// <summary>Puts a text file into the folder.</summary>
    /// <param name="path">Its name there.</param>
    /// <param name="text">Its text.</param>
    public void Add(string path, string text) => Add(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Puts text files into the folder.</summary>
    /// <param name="files">The name and the text of each.</param>
    public void Add(IEnumerable<(string Path, string Text)> files)
    {
        foreach ((string path, string text) in files)
            Add(path, text);
    }

    /// <summary>Builds a shared library from files of the folder, with <see cref="Compute"/>, and loads it for as long as this lives.</summary>
    /// <param name="library">The library's file.</param>
    /// <param name="sources">Its sources.</param>
    /// <param name="flags">Further flags.</param>
    /// <returns>Its handle.</returns>
    public nint Load(string library, IEnumerable<string> sources, params IEnumerable<string> flags)
    {
        Run("gcc", [.. Compute, .. flags, "-shared", "-fPIC", "-o", library, .. sources]);
        nint handle = NativeLibrary.Load(Path.Combine(Folder, library));
        _libraries.Add(handle);
        return handle;
    }

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
    public void Dispose()
    {
        foreach (nint library in _libraries)
            NativeLibrary.Free(library);
        Directory.Delete(Folder, recursive: true);
    }

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
