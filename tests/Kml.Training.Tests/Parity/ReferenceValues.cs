using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;

namespace Kml.Training.Tests.Parity;

/// <summary>What reference.py printed: in the committed file, and afresh where PyTorch is.</summary>
internal static class ReferenceValues
{
    private const string Python = "/usr/bin/python3";

    /// <summary>The committed file.</summary>
    internal static readonly Lazy<Dictionary<(string Network, string Optimiser, string Quantity), double[]>> Committed =
        new(() => Parse(File.ReadAllText(Beside("reference.tsv"))));

    /// <summary>The script's output today; null where there is no PyTorch.</summary>
    internal static readonly Lazy<Dictionary<(string Network, string Optimiser, string Quantity), double[]>?> Fresh =
        new(() => File.Exists(Python) && Run("-c", "import torch").ExitCode == 0 ? Parse(Printed()) : null);

    private static string Printed()
    {
        (int exitCode, string output) = Run(Beside("reference.py"));
        return exitCode == 0 ? output : throw new InvalidOperationException($"reference.py failed with {exitCode}.");
    }

    private static (int ExitCode, string Output) Run(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private static Dictionary<(string Network, string Optimiser, string Quantity), double[]> Parse(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .ToDictionary(f => (f[0], f[1], f[2]), f => f[3].Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray());

    private static string Beside(string file, [CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, file);
}
