using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace Kml.Benchmarks.Training;

/// <summary>A case of <c>training.py</c>, in a process that lives as long as it is measured.</summary>
internal sealed class PythonContender : IContender
{
    /// <summary>The distribution's, which has its PyTorch and scikit-learn; another first on the path has not.</summary>
    private const string Python = "/usr/bin/python3";

    private readonly Process _process;

    private PythonContender(Process process) => _process = process;

    /// <summary>Starts a case; says so and gives null where it cannot run.</summary>
    /// <param name="name">The case of the script.</param>
    /// <param name="threads">Threads that it may use.</param>
    /// <param name="folder">Where the rows are.</param>
    /// <param name="arguments">What the case takes.</param>
    /// <returns>The contender.</returns>
    internal static PythonContender? Start(string name, int threads, string folder, params IEnumerable<string> arguments)
    {
        if (!File.Exists(Python))
        {
            Console.WriteLine($"{name}: {Python} is absent; ours alone is measured");
            return null;
        }

        string script = Path.Combine(AppContext.BaseDirectory, "python", "training.py");
        string number = threads.ToString(CultureInfo.InvariantCulture);
        ProcessStartInfo start = new(Python, [script, name, number, Cores.List(threads), folder, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)
            ?? throw new InvalidOperationException($"{Python} did not start.");
        PythonContender contender = new(process);
        string[] answer = contender.Read();
        if (answer[0] == "ready")
            return contender;
        Console.WriteLine($"{name}: {answer[^1]}; ours alone is measured");
        contender.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public Lap Run()
    {
        _process.StandardInput.WriteLine();
        _process.StandardInput.Flush();
        string[] cells = Read();
        return new Lap(double.Parse(cells[0], CultureInfo.InvariantCulture), double.Parse(cells[1], CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string[] Read() =>
        _process.StandardOutput.ReadLine()?.Split('\t') ?? throw new InvalidOperationException("training.py ended; its message is above.");
}
