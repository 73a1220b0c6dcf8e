using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using Kml.KmodGen.Compute;
using Kml.TestSupport;

namespace Kml.Differential;

/// <summary>The compiler over a folder that holds the headers of compute files, and the libraries loaded from there.</summary>
internal sealed class Toolchain : IDisposable
{
    /// <summary>The flags of every object: those that fix the arithmetic, and every warning an error.</summary>
    public static readonly string[] CommonFlags = ["-O2", .. CCompiler.Strict, .. CCompiler.Float, "-fno-strict-aliasing"];

    private readonly CCompiler _compiler = new();
    private readonly List<nint> _libraries = [];

    public Toolchain()
    {
        foreach ((string path, string text) in ComputeFiles.Headers)
            Write(path, text);
    }

    public void Write(string name, string text) => _compiler.Add(name, text);

    /// <summary>Builds a shared library from files of the folder and loads it.</summary>
    public nint Load(string library, IEnumerable<string> sources, params IEnumerable<string> flags)
    {
        Run("gcc", [.. CommonFlags, .. flags, "-shared", "-fPIC", "-o", library, .. sources]);
        nint handle = NativeLibrary.Load(Path.Combine(_compiler.Folder, library));
        _libraries.Add(handle);
        return handle;
    }

    /// <summary>Runs a tool in the folder; the test fails with its words if it fails.</summary>
    public string Run(string tool, params IEnumerable<string> arguments) => _compiler.Run(tool, arguments);

    public void Dispose()
    {
        foreach (nint library in _libraries)
            NativeLibrary.Free(library);
        _compiler.Dispose();
    }
}
