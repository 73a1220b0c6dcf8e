using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Kml.KmodGen.Compute;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.Differential;

/// <summary>Every function of the arithmetic headers does what .NET does, faults included.</summary>
public sealed unsafe class ArithmeticTests
{
    private const int Stride = 65521;

    private static readonly string[] Headers = ["kml_arith.h", "kml_arith_float.h", "kml_bits.h", "kml_count.h", "kml_fixed.h"];

    private static readonly Operation[] Table = [.. Operations.All];

    [Theory]
    [InlineData("sse2", "-msse2")]
    [InlineData("no vectoriser", "-fno-tree-vectorize")]
    public void C_does_what_dotnet_does(string name, string flag)
    {
        using CCompiler compiler = NetworkBed.Compiler();
        nint library = Library(compiler, flag);
        int[] faults = new int[6];
        for (int i = 0; i < Table.Length; i++)
            Agree(library, i, OperationArguments.Drawn(i), name, faults);

        faults.ShouldAllBe(count => count > 10, "Every kind of fault was met.");
    }

    [Fact]
    public void C_does_what_dotnet_does_at_all_pairs_of_edges()
    {
        using CCompiler compiler = NetworkBed.Compiler();
        nint library = Library(compiler, "-O1");
        int[] faults = new int[6];
        for (int i = 0; i < Table.Length; i++)
            Agree(library, i, OperationArguments.AtEdges(Table[i]), "edges", faults);
    }

    [Theory]
    [InlineData("float")]
    [InlineData("kml_u32")]
    [InlineData("kml_s32")]
    public void C_does_what_dotnet_does_at_one_argument_of_each_few(string argument)
    {
        using CCompiler compiler = NetworkBed.Compiler();
        nint library = Library(compiler, "-O1");
        ulong[] a = [.. Arguments.EveryNth(Stride).All.Select(n => (ulong)n)];
        int[] faults = new int[6];
        for (int i = 0; i < Table.Length; i++)
        {
            if (Table[i].Argument == argument && !Regex.IsMatch(Table[i].Expression, @"\b[bc]\b"))
                Agree(library, i, new(a, a, a), "stride", faults);
        }
    }

    [Fact]
    public void Nothing_in_the_headers_becomes_a_call()
    {
        using CCompiler compiler = NetworkBed.Compiler();
        foreach (string level in (string[])["-O0", "-O2", "-Os"])
        {
            compiler.Add("arith.c", Source());
            compiler.Run("gcc", [.. CCompiler.Strict, .. CCompiler.Float, level, "-c", "arith.c"]);

            // memset() is where gcc is: it calls it of itself.
            string[] called = compiler.Run("nm", "-u", "arith.o").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            called.Except(["U memset"]).ShouldBeEmpty(level);
        }
    }

    [Fact]
    public void Every_function_of_the_headers_is_in_the_table()
    {
        string table = string.Concat(Table.Select(o => o.Expression)) + "kml_f32_from_bits(kml_f32_to_bits(";
        IEnumerable<string> declared = ComputeFiles.Headers.Where(h => Headers.Contains(h.Path)).Select(h => h.Text)
            .SelectMany(text => Regex.Matches(text, @"^KML_INLINE \w+ (kml_\w+)\(", RegexOptions.Multiline))
            .Select(m => m.Groups[1].Value);
        declared.Where(f => !table.Contains(f + "(", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static string Source() =>
        string.Concat(Headers.Select(h => $"#include \"{h}\"\n")) + string.Concat(Table.Select((o, i) => o.Source($"op{i}")));

    private static nint Library(CCompiler compiler, string flag)
    {
        compiler.Add("arith.c", Source());
        return compiler.Load("libarith.so", ["arith.c"], flag);
    }

    private static void Agree(nint library, int i, OperationArguments arguments, string name, int[] faults)
    {
        (ulong[] a, ulong[] b, ulong[] c) = arguments;
        (ulong[] results, int[] found) = Call(library, $"op{i}", a, b, c);
        for (int n = 0; n < a.Length; n++)
        {
            (ulong result, int fault) = Table[i].Run(a[n], b[n], c[n]);
            if (found[n] != fault || results[n] != result)
                Assert.Fail($"{Describe(i, a[n], b[n], c[n])}, {name}: 0x{results[n]:x} and fault {found[n]}, expected 0x{result:x} and {fault}");
            faults[fault]++;
        }
    }

    private static string Describe(int i, ulong a, ulong b, ulong c) => $"{Table[i].Expression} at a = 0x{a:x}, b = 0x{b:x}, c = 0x{c:x}";

    private static (ulong[] Results, int[] Faults) Call(nint library, string function, ulong[] a, ulong[] b, ulong[] c)
    {
        ulong[] results = new ulong[a.Length];
        int[] faults = new int[a.Length];
        fixed (ulong* pa = a, pb = b, pc = c, pr = results)
        fixed (int* pf = faults)
            ((delegate* unmanaged<ulong*, ulong*, ulong*, ulong*, int*, int, void>)NativeLibrary.GetExport(library, function))(pa, pb, pc, pr, pf, a.Length);
        return (results, faults);
    }
}
