using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Targets;
using Kml.Model;
using Kml.TestSupport;

namespace Kml.KmodGen.Tests;

/// <summary>Emitted files over stand-ins for the kernel's headers, so that they compile, and where it helps run, in user space.</summary>
internal static class StandInKernel
{
    // What the module's own sources include, whichever of them it is.
    private static readonly string[] Shared = ["kml_model.h", "kml_abi.h", "kml_pure.h", "kml_types.h"];

    /// <summary>Puts a model's files into a compiler's folder.</summary>
    /// <param name="compiler">The compiler.</param>
    /// <param name="model">The model.</param>
    /// <param name="weights">Its weights, if it predicts.</param>
    /// <param name="wanted">The files; all of them, if none is named.</param>
    public static void AddModule(this CCompiler compiler, ModelSpec model, WeightsFile? weights, params IEnumerable<string> wanted)
    {
        HashSet<string> names = [.. wanted];
        foreach (EmittedFile file in Renderer.Render(KernelModule.Instance, model, weights, "1.2.3").Where(f => names.Count == 0 || names.Contains(f.Path)))
            compiler.Add(file.Path, file.Content);
    }

    /// <summary>Runs a unit of a module in user space, sanitised.</summary>
    /// <param name="unit">The unit, which the program includes: <c>kml_ring</c>.</param>
    /// <param name="kernel">What the kernel's headers declare.</param>
    /// <param name="headers">Their names below <c>linux</c>.</param>
    /// <param name="counters">The counters, as far as the unit has them.</param>
    /// <param name="program">The program.</param>
    /// <returns>What it writes.</returns>
    public static string Run(string unit, string kernel, string[] headers, string counters, string program)
    {
        using CCompiler compiler = new();
        ModelSpec model = SourceModels.Named("QueueWait");
        compiler.AddModule(model, SampleWeights.For(model), [$"{unit}.c", $"{unit}.h", .. Shared]);
        compiler.Add("linux/types.h", kernel);
        foreach (string header in headers)
            compiler.Add($"linux/{header}.h", "#include \"types.h\"\n");
        compiler.Add("kml_counters.h", counters);
        compiler.Add("main.c", program);

        // Not all of what stands in is used by each program.
        string[] unused = ["-Wno-unused-function", "-Wno-unused-variable", "-Wno-unused-parameter", "-Wno-misleading-indentation"];
        compiler.Run("gcc", [.. CCompiler.Strict, .. unused, "-fsanitize=address,undefined", "-I.", "-o", "main", "main.c"]);
        return compiler.Run("sh", "-c", "./main");
    }
}
