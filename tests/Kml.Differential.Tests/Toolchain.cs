using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using Shouldly;

namespace Kml.Differential;

/// <summary>A folder of C files beside the plain headers of templates/, and the compiler over it. Deleted on disposal.</summary>
internal sealed class Toolchain : IDisposable
{
    /// <summary>The flags of every object: those that fix the arithmetic, and every warning an error.</summary>
    public static readonly string[] CommonFlags = ["-O2", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-ffp-contract=off", "-fno-strict-aliasing"];

    private readonly List<nint> _libraries = [];

    public Toolchain()
    {
        Folder = Directory.CreateTempSubdirectory("kml-differential-").FullName;
        foreach (string header in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "templates")))
            File.Copy(header, Path.Combine(Folder, Path.GetFileName(header)));
    }

    public string Folder { get; }

    public void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    /// <summary>Builds a shared library from files of the folder and loads it.</summary>
    public nint Load(string library, IEnumerable<string> sources, params IEnumerable<string> flags)
    {
        Run("gcc", [.. CommonFlags, .. flags, "-shared", "-fPIC", "-o", library, .. sources]);
        nint handle = NativeLibrary.Load(Path.Combine(Folder, library));
        _libraries.Add(handle);
        return handle;
    }

    /// <summary>Runs a tool in the folder; the test fails with its words if it fails.</summary>
    public string Run(string tool, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(tool, arguments) { WorkingDirectory = Folder, RedirectStandardError = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start).ShouldNotBeNull();
        System.Threading.Tasks.Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"{tool} {string.Join(' ', arguments.Take(40))}\n{error.Result}");
        return output;
    }

    public void Dispose()
    {
        foreach (nint library in _libraries)
            NativeLibrary.Free(library);
        Directory.Delete(Folder, recursive: true);
    }
}
