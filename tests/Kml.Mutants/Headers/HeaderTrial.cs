using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Kml.Differential;
using Kml.KmodGen.Compute;
using Kml.KmodGen.Tests.Bodies;
using Kml.TestSupport;

namespace Kml.Mutants.Headers;

/// <summary>
/// Holds functions of the headers to .NET as the suite does: a program that has, for each mutant, copies of the function and of what calls it, and the
/// operations that reach it.
/// </summary>
internal sealed class HeaderTrial : IDisposable
{
    // With traps at undefined behaviour, and with what gcc makes of its absence.
    private static readonly string[][] Flavours = [BodyProgram.Trapping, ["-O2"]];

    private static readonly Operation[] Operations = [.. Differential.Operations.All, .. UnaryFunction.Mathematics.Select(f => f.Operation)];

    // From there on those of kml_math.h.
    private static readonly int Mathematics = Operations.Length - UnaryFunction.Mathematics.Length;

    private const uint Stride = 65521, MathematicsStride = 4099;

    private const string Main = """
        int main(int argc, char **argv)
        {
        	enum { AT_ONCE = 1024 };
        	static kml_u64 rows[AT_ONCE][5], a[AT_ONCE], b[AT_ONCE], c[AT_ONCE], results[AT_ONCE];
        	static int faults[AT_ONCE];
        	size_t i, n, k;

        	for (i = 0; argc > 1 && i < sizeof(trials) / sizeof(trials[0]); i++) {
        		FILE *file;

        		if (trials[i].mutant != atoi(argv[1]))
        			continue;
        		file = fopen(trials[i].rows, "rb");
        		if (!file)
        			return 2;
        		while ((n = fread(rows, sizeof(rows[0]), AT_ONCE, file)) > 0) {
        			for (k = 0; k < n; k++) {
        				a[k] = rows[k][0];
        				b[k] = rows[k][1];
        				c[k] = rows[k][2];
        			}
        			trials[i].run(a, b, c, results, faults, (int)n);
        			for (k = 0; k < n; k++) {
        				if ((kml_u64)faults[k] != rows[k][4] || results[k] != rows[k][3])
        					return 1;
        			}
        		}
        		fclose(file);
        	}
        	return 0;
        }

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("kml-rows-").FullName;
    private readonly Lazy<string>[] _rows;

    public HeaderTrial() => _rows = [.. Operations.Select((_, i) => new Lazy<string>(() => Rows(i)))];

    /// <summary>The functions that no operation reaches, so that each of their mutants would live.</summary>
    /// <returns>Their names.</returns>
    public static IEnumerable<string> Unreached() =>
        HeaderFunction.All.Where(f => !Operations.Any(o => f.Callers().Any(c => c.IsCalledIn(o.Source("o"))))).Select(f => f.Name);

    /// <summary>Tries mutants.</summary>
    /// <param name="mutants">The mutants.</param>
    /// <returns>How each was killed.</returns>
    public IEnumerable<string?> Try(IReadOnlyList<HeaderMutant> mutants)
    {
        string?[] killed = new string?[mutants.Count];
        foreach (string[] flavour in Flavours)
        {
            int[] left = [.. Enumerable.Range(0, mutants.Count).Where(i => killed[i] is null)];
            IEnumerable<string?> found = left.Length == 0 ? [] : Batches.Try([.. left.Select(i => mutants[i])], some => Build(some, ["-w", .. flavour]), Run);
            foreach ((int i, string? how) in left.Zip(found))
                killed[i] = how;
        }

        return killed;
    }

    /// <summary>Looks for warnings.</summary>
    /// <param name="mutant">The mutant.</param>
    /// <returns>How it was killed.</returns>
    public string? Warned(HeaderMutant mutant) => Batches.Try([mutant], some => Build(some, [.. CCompiler.Strict, "-O2"]), (_, _) => [null]).Single();

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<string?> Run(CCompiler compiler, IReadOnlyList<HeaderMutant> mutants) =>
        Batches.EndWell(compiler, mutants.Count, "./trial $m").Select(well => well ? null : Verdict.Differs);

    private CCompiler Build(IReadOnlyList<HeaderMutant> mutants, IReadOnlyList<string> flags)
    {
        CCompiler compiler = new();
        compiler.Add(ComputeFiles.Headers);
        StringBuilder text = new("#include <stdio.h>\n#include <stdlib.h>\n");
        text.AppendJoin("", HeaderFunction.Headers.Skip(1).Select(h => $"#include \"{h}\"\n"));
        List<string> trials = [];
        for (int m = 0; m < mutants.Count; m++)
            Add(mutants[m], m, text, trials);
        text.Append("static const struct {\n\tint mutant;\n\tconst char *rows;\n");
        text.Append("\tvoid (*run)(const kml_u64 *, const kml_u64 *, const kml_u64 *, kml_u64 *, int *, int);\n} trials[] = {\n");
        text.AppendJoin("", trials).Append("};\n\n").Append(Main);
        compiler.Add("trial.c", text.ToString());
        try
        {
            compiler.Run("gcc", ["-std=gnu11", .. flags, .. CCompiler.Float, "-fno-strict-aliasing", "-o", "trial", "trial.c"]);
        }
        catch (InvalidOperationException)
        {
            compiler.Dispose();
            throw;
        }

        return compiler;
    }

    private void Add(HeaderMutant mutant, int number, StringBuilder text, List<string> trials)
    {
        IReadOnlyList<HeaderFunction> copied = mutant.Function.Callers();
        Regex names = new($@"\b({string.Join('|', copied.Select(f => f.Name))})\(");
        string Own(string c) => names.Replace(c, $"$1_m{number}(");

        text.AppendJoin("\n", copied.Select(f => Own(f == mutant.Function ? mutant.Text : f.Text))).Append('\n');
        for (int i = 0; i < Operations.Length; i++)
        {
            string name = $"op{i}_m{number}", source = Operations[i].Source(name);
            if (!names.IsMatch(source))
                continue;
            text.Append(Own(source)).Append('\n');
            trials.Add($"\t{{ {number}, \"{_rows[i].Value}\", {name} }},\n");
        }
    }

    /// <summary>Writes what an operation is tried on, and what .NET makes of it.</summary>
    private string Rows(int i)
    {
        string path = Path.Combine(_folder, $"{i}.rows");
        using BinaryWriter writer = new(File.Create(path));
        List<OperationArguments> all = [OperationArguments.AtEdges(Operations[i]), OperationArguments.Drawn(i)];
        if (Operations[i].IsUnary && Operations[i].Argument is "float" or "kml_u32" or "kml_s32")
        {
            IEnumerable<uint> some = i < Mathematics
                ? Arguments.EveryNth(Stride).All
                : Arguments.EveryNth(MathematicsStride).All.Concat(Arguments.Edges).Concat(Arguments.Steep);
            ulong[] words = [.. some.Select(w => (ulong)w)];
            all.Add(new(words, words, words));
        }

        foreach ((ulong[] a, ulong[] b, ulong[] c) in all)
        {
            for (int n = 0; n < a.Length; n++)
            {
                (ulong result, int fault) = Operations[i].Run(a[n], b[n], c[n]);
                writer.Write(a[n]);
                writer.Write(b[n]);
                writer.Write(c[n]);
                writer.Write(result);
                writer.Write((ulong)fault);
            }
        }

        return path;
    }
}
