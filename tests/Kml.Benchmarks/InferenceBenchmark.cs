using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Kml.KmodGen.Compute;
using Kml.Model;
using Kml.Model.Lowering;
using Kml.Training.Quantise;

namespace Kml.Benchmarks;

/// <summary>
/// Prices the emitted C of a few networks, each instruction set against C by hand compiled for the same one. Fails when the two of a pair decide differently.
/// </summary>
internal static class InferenceBenchmark
{
    /// <summary>Rows that both of a pair must decide alike before they are timed, and those of them that are timed.</summary>
    private const int Rows = 512, TimedRows = 16;

    /// <summary>Rows that may be decided otherwise where sums are rounded in another order, or by libm's exp: whose two best scores nearly meet.</summary>
    private const int RoundedOtherwise = 1;

    /// <summary>Rows that may be decided otherwise where one of the two computes in 16 bits: a hundredth part.</summary>
    private const int Quantised = 5;

    /// <summary>Who is measured against: the least thought, and the fairer one.</summary>
    private static readonly Rival[] Rivals = [new("naive", "naive C", false, []), new("loops", "-O3 loops", true, ["-O3"])];

    private static readonly string[] Flags =
        ["-O2", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-ffp-contract=off", "-frounding-math", "-fno-strict-aliasing", "-mno-red-zone"];

    private static readonly string[] Processor = [.. File.ReadLines("/proc/cpuinfo").First(l => l.StartsWith("flags", StringComparison.Ordinal)).Split(' ')];

    private static readonly (string Name, ProgramShape Shape)[] Cases =
    [
        ("5-16-16-4 relu", Shape(5, LayerActivation.Relu, 16, 16, 4)),
        ("5-16-16-4 sigmoid", Shape(5, LayerActivation.Sigmoid, 16, 16, 4)),
        ("31-256-2 relu", Shape(31, LayerActivation.Relu, 256, 2)),
        ("12-128-16-2 relu", Shape(12, LayerActivation.Relu, 128, 16, 2)),
        ("64-64-64-10 relu", Shape(64, LayerActivation.Relu, 64, 64, 10)),
    ];

    /// <summary>Runs the benchmark.</summary>
    /// <param name="table">Where the table goes.</param>
    public static void Run(string table)
    {
        string folder = Directory.CreateTempSubdirectory("kml-bench-").FullName;
        try
        {
            foreach ((string path, string text) in ComputeFiles.Headers)
                File.WriteAllText(Path.Combine(folder, path), text);
            Write(folder);
            Report(Execute(folder, Path.Combine(folder, "bench")), table);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ProgramShape Shape(int features, LayerActivation activation, params int[] units) => new(
        features,
        ScalarType.I32,
        new(units.Select((u, i) => new LayerSpec(u, i == units.Length - 1 ? LayerActivation.Identity : activation))),
        ScalarType.U32,
        units[^1],
        IntegerTwin: true);

    /// <summary>Writes and compiles everything, into one program.</summary>
    private static void Write(string folder)
    {
        StringBuilder pairs = new(), data = new();
        List<string> objects = [];
        for (int c = 0; c < Cases.Length; c++)
        {
            ModelProgram program = ModelProgram.For(Cases[c].Shape);
            foreach ((string path, string text) in ComputeFiles.Render($"c{c}", program, "/* benchmark */", InstructionSet.All))
                File.WriteAllText(Path.Combine(folder, path), text);
            foreach (Rival rival in Rivals)
                File.WriteAllText(Path.Combine(folder, $"c{c}_{rival.Word}.c"), NaiveSource.Render($"c{c}", program, rival.Vectorisable));
            Data(data, $"c{c}", program);
            foreach (InstructionSet set in InstructionSet.All)
                Floats(folder, c, program, set, objects, pairs, data);
            Twin(folder, c, objects, pairs, data);
        }

        File.WriteAllText(Path.Combine(folder, "pairs.h"), $$"""
            #define BENCH_ROWS {{TimedRows}}
            #define CHECK_ROWS {{Rows}}
            typedef void infer_fn(const void *, const uint32_t *, uint32_t *);
            {{data}}
            static const struct bench_pair {
            	const char *name, *variant, *reference_name;
            	infer_fn *ours, *reference;
            	const void *weights;
            	const uint32_t *rows;
            	int features, may_differ;
            } bench_pairs[] = {
            {{pairs}}};

            """);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "pairs.c"), Path.Combine(folder, "pairs.c"));
        objects.Add(Compile(folder, "pairs.c", "pairs.o", []));
        Execute(folder, "gcc", ["-o", "bench", .. objects, "-lm"]);
    }

    /// <summary>The float form for an instruction set, beside each rival for the same one.</summary>
    private static void Floats(string folder, int c, ModelProgram program, InstructionSet set, List<string> objects, StringBuilder pairs, StringBuilder data)
    {
        if (!set.Features.All(f => Processor.Contains(f.Flag)))
        {
            Console.WriteLine($"{set.Word}: absent on this processor");
            return;
        }

        objects.Add(Compile(folder, $"c{c}_infer_{set.Word}.c", $"c{c}_{set.Word}.o", [.. set.Flags]));
        foreach (Rival rival in Rivals)
        {
            string function = $"{rival.Word}_c{c}_{set.Word}";
            objects.Add(Compile(folder, $"c{c}_{rival.Word}.c", $"{function}.o", [.. set.Flags, .. rival.Flags, $"-DNAIVE={function}"]));
            int mayDiffer = NaiveSource.KeepsBits(program, rival.Vectorisable) ? 0 : RoundedOtherwise;
            Pair(pairs, data, c, set.Word, $"kml_c{c}_infer_{set.Word}", $"{rival.Name}, {set.Word}", function, mayDiffer);
        }
    }

    /// <summary>The integer form, beside each rival in floating point for the set that every processor has.</summary>
    private static void Twin(string folder, int c, List<string> objects, StringBuilder pairs, StringBuilder data)
    {
        objects.Add(Compile(folder, $"c{c}_infer_int.c", $"c{c}_int.o", ["-mno-sse", "-mno-80387"]));
        foreach (Rival rival in Rivals)
            Pair(pairs, data, c, "integer twin, no vector registers", $"kml_c{c}_infer_int", $"{rival.Name}, sse2", $"{rival.Word}_c{c}_sse2", Quantised);
    }

    private static void Pair(StringBuilder pairs, StringBuilder data, int c, string variant, string ours, string reference, string theirs, int mayDiffer)
    {
        foreach (string function in new[] { ours, theirs })
        {
            string declaration = $"infer_fn {function};\n";
            if (!data.ToString().Contains(declaration, StringComparison.Ordinal))
                data.Append(declaration);
        }

        pairs.Append(CultureInfo.InvariantCulture, $"\t{{ \"{Cases[c].Name}\", \"{variant}\", \"{reference}\", {ours}, {theirs}, weights_c{c}, rows_c{c}, ");
        pairs.Append(CultureInfo.InvariantCulture, $"{Cases[c].Shape.Features}, {mayDiffer} }},\n");
    }

    /// <summary>
    /// Random weights and rows, from a fixed seed: weights that keep the spread of their inputs and small biases, so that rows and not biases decide.
    /// </summary>
    private static void Data(StringBuilder data, string model, ModelProgram program)
    {
        Random random = new(7);
        float Next() => (float)((random.NextDouble() * 2.0) - 1.0);
        float[] Many(int n) => [.. Enumerable.Range(0, n).Select(_ => Next())];
        uint[][] rows =
            [.. Enumerable.Range(0, Rows).Select(_ => (uint[])[.. Enumerable.Range(0, program.Shape.Features).Select(_ => (uint)random.Next(-1000, 1000))])];
        ProgramWeights weights = new(
            Many(program.Shape.Features),
            [.. Enumerable.Repeat(0.002f, program.Shape.Features)],
            [
                .. program.DenseLayers.Select(l => new LayerWeights(
                    [.. Many(l.MultiplyAdds).Select(w => w * MathF.Sqrt(6f / l.Inputs))],
                    [.. Many(l.Outputs).Select(b => b / 10)])),
            ],
            1f,
            0f,
            null);
        byte[] bytes = WeightPacker.Pack(program, weights with { Integer = Quantiser.Quantise(program, weights, rows) });
        data.Append($"static const uint8_t weights_{model}[] __attribute__((aligned(64))) = {{{string.Join(',', bytes)}}};\n");
        IEnumerable<string> values = rows.SelectMany(r => r).Select(v => v.ToString(CultureInfo.InvariantCulture) + "u");
        data.Append($"static const uint32_t rows_{model}[] = {{{string.Join(',', values)}}};\n");
    }

    private static string Compile(string folder, string source, string target, string[] flags)
    {
        Execute(folder, "gcc", [.. Flags, .. flags, "-c", source, "-o", target]);
        return target;
    }

    private static string Execute(string folder, string tool, params IEnumerable<string> arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(tool, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{tool} did not start.");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{tool} failed with exit code {process.ExitCode}.");
    }

    private static void Report(string results, string table)
    {
        StringBuilder rows = new("case\tvariant\tns_per_op\treference\treference_ns_per_op\tratio\n");
        Console.WriteLine($"{"case",-20}{"variant",-36}{"min",9}{"median",9}   {"reference",-18}{"min",9}{"median",9}{"ratio",8}");
        foreach (string line in results.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] cells = line.Split('\t');
            double[] ns = [.. cells[3..].Select(c => double.Parse(c, CultureInfo.InvariantCulture))];
            string ratio = (ns[2] / ns[0]).ToString("F2", CultureInfo.InvariantCulture);
            Console.WriteLine($"{cells[0],-20}{cells[1],-36}{cells[3],9}{cells[4],9}   {cells[2],-18}{cells[5],9}{cells[6],9}{ratio,8}");
            rows.Append(CultureInfo.InvariantCulture, $"{cells[0]}\t{cells[1]}\t{cells[3]}\t{cells[2]}\t{cells[5]}\t{ratio}\n");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(table))!);
        File.WriteAllText(table, rows.ToString());
        Console.WriteLine($"Nanoseconds a call; written to {table}");
    }

    /// <summary>C by hand.</summary>
    /// <param name="Word">In names of files and functions.</param>
    /// <param name="Name">In tables.</param>
    /// <param name="Vectorisable">Whether its loops are turned round so that the compiler can vectorise them.</param>
    /// <param name="Flags">What it is compiled with besides.</param>
    private sealed record Rival(string Word, string Name, bool Vectorisable, string[] Flags);
}
