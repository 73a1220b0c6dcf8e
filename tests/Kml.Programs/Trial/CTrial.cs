using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Kml.KmodGen.Tests.Bodies;
using Kml.TestSupport;

namespace Kml.Programs.Trial;

/// <summary>Programs of a file with what they run on, as C in a folder.</summary>
internal sealed class CTrial : IDisposable
{
    // Of one that does not end; all inputs of a file take a small part of it.
    private const int MostSeconds = 2;

    private readonly CCompiler _compiler;
    private readonly IReadOnlyList<ProgramRun> _runs;

    /// <summary>Takes programs.</summary>
    /// <param name="file">Their file.</param>
    /// <param name="runs">What runs on what.</param>
    /// <param name="change">What is done to the C before it is compiled: a fault that a test plants.</param>
    public CTrial(ProgramFile file, IReadOnlyList<ProgramRun> runs, Func<string, string> change)
    {
        _runs = runs;
        DrawnProgram[] programs = [.. runs.Select(r => r.Program).Distinct()];
        _compiler = BodyProgram.Folder(change(CText.Of(file, programs)));
        Dictionary<DrawnProgram, int> numbers = programs.Select((p, i) => (p, i)).ToDictionary(p => p.p, p => p.i);
        using MemoryStream input = new();
        using BinaryWriter writer = new(input);
        foreach (ProgramRun run in runs)
            CText.Write(writer, numbers[run.Program], run.Input);
        writer.Flush();
        _compiler.Add("input", input.ToArray());
    }

    /// <summary>Compiles and runs the programs.</summary>
    /// <param name="flavour">With what.</param>
    /// <returns>An outcome for each run.</returns>
    /// <exception cref="InvalidOperationException">They do not compile.</exception>
    public IReadOnlyList<Outcome> Run(Flavour flavour)
    {
        _compiler.Run(flavour.Compiler, ["-std=gnu11", "-w", .. CCompiler.Float, .. flavour.Flags, "-o", "programs", "bodies.c"]);
        List<Outcome> outcomes = [];
        while (outcomes.Count < _runs.Count)
        {
            _compiler.Run("sh", "-c", $"ulimit -c 0; ulimit -t {MostSeconds}; ./programs {outcomes.Count} <input >output 2>/dev/null || :");
            ReadOnlySpan<byte> output = File.ReadAllBytes(Path.Combine(_compiler.Folder, "output"));
            for (; output.Length >= CText.Size; output = output[CText.Size..])
                outcomes.Add(CText.Read(output, _runs[outcomes.Count].Program.Model.Features.Count));
            if (outcomes.Count < _runs.Count)
                outcomes.Add(new(Faults.Ended, 0, [], [], []));
        }

        return outcomes;
    }

    /// <inheritdoc/>
    public void Dispose() => _compiler.Dispose();
}
