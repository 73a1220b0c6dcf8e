using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Kml.KmodGen.Compute;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.Differential;

/// <summary>Every function of the arithmetic headers does what .NET does, faults included.</summary>
public sealed unsafe class ArithmeticTests
{
    private const int Cases = 4000;
    private const int Stride = 65521;

    private static readonly string[] Headers = ["kml_arith.h", "kml_arith_float.h", "kml_bits.h", "kml_count.h"];

    private static readonly Operation[] Table = [.. Operations.All];

    private static readonly ulong[] Octets = [.. Enumerable.Range(0, 256).Select(n => (ulong)n)];

    // Every power of two; its neighbours and negatives where types end.
    private static readonly ulong[] Edges =
    [
        .. Enumerable.Range(0, 64).Select(n => 1UL << n)
            .Union(new[] { 0, 1, 7, 8, 15, 16, 31, 32, 63 }.SelectMany(n => new[] { (1UL << n) - 1, (1UL << n) + 1, 0 - (1UL << n), ~(1UL << n) })),
    ];

    // Around every whole number and half where roundings differ, and at the ends of every class of floats.
    private static readonly ulong[] FloatEdges =
    [
        .. new[] { 0f, float.Epsilon, 1.17549421e-38f, 1.17549435e-38f, 0.49999997f, 0.5f, 0.50000006f, 0.99999994f, 1f, 1.0000001f, 1.5f, 2f, 2.5f, 3.5f, 4f }
            .Concat([127f, 128f, 255f, 32767.5f, 65535f, 65536f, 4194303.5f, 4194304.5f, 8388607f, 8388607.5f, 8388608f, 8388609f, 16777216f])
            .Concat([2147483520f, 2147483648f, 4294967040f, 4294967296f, 9.2233715e18f, 9.223372e18f, 1.8446743e19f, 1.8446744e19f])
            .Concat([float.MaxValue, float.PositiveInfinity, float.NaN])
            .SelectMany(f => new[] { f, -f }).Select(f => (ulong)BitConverter.SingleToUInt32Bits(f)),
        0x7f800001, 0xffa12345,
    ];

    private static readonly Gen<ulong> Word = Gen.Frequency(
        (3, Gen.Choose(0, 65535).Four().Select(t => ((ulong)t.Item1 << 48) | ((ulong)t.Item2 << 32) | ((ulong)t.Item3 << 16) | (uint)t.Item4)),
        (3, Gen.Choose(-70, 70).Select(i => (ulong)i)),
        (2, Draw.AnyFloatBits.Select(b => (ulong)b)),
        (1, Gen.Elements(
            0x7fffffffUL, 0x80000000UL, 0xffffffff80000000UL, 0x7fffffffffffffffUL, 0x8000000000000000UL, 0xffffffffffffffffUL, 0x80UL, 0x8000UL,
            0x8000008000000001UL, 0x0040000040000001UL, 0x7fffffbfffffffffUL)),
        (1, Gen.Elements(2147483648f, -2147483648f, 4294967296f, 9.223372e18f, -9.223372e18f, 1.8446744e19f, 2147483520f, 255.5f, -0.99f, 32767.5f)
            .Select(f => (ulong)BitConverter.SingleToUInt32Bits(f))));

    [Theory]
    [InlineData("sse2", "-msse2")]
    [InlineData("no vectoriser", "-fno-tree-vectorize")]
    public void C_does_what_dotnet_does(string name, string flag)
    {
        using CCompiler compiler = NetworkBed.Compiler();
        nint library = Library(compiler, flag);
        Draw draw = new(NetworkBed.Seed + 4000000);
        int[] faults = new int[6];
        for (int i = 0; i < Table.Length; i++)
        {
            ulong[] a = draw.Many(Word, Cases), b = draw.Many(Word, Cases), c = draw.Many(Word, Cases);
            Agree(library, i, a, b, c, name, faults);
        }

        faults.ShouldAllBe(count => count > 10, "Every kind of fault was met.");
    }

    [Fact]
    public void C_does_what_dotnet_does_at_all_pairs_of_edges()
    {
        using CCompiler compiler = NetworkBed.Compiler();
        nint library = Library(compiler, "-O1");
        int[] faults = new int[6];
        for (int i = 0; i < Table.Length; i++)
        {
            ulong[] edges = Table[i].Argument switch { "float" => FloatEdges, "kml_u8" or "kml_s8" => Octets, _ => Edges };
            ulong[] thirds = [0, 1, 5, 31, 32, 63, ulong.MaxValue];
            ulong[] a = [.. edges.SelectMany(x => Enumerable.Repeat(x, edges.Length))];
            ulong[] b = [.. edges.SelectMany(_ => edges)];
            Agree(library, i, a, b, [.. a.Select((x, n) => n % 3 == 0 ? edges[n / 3 % edges.Length] : thirds[n % thirds.Length])], "edges", faults);
        }
    }

    [Theory]
    [InlineData("float")]
    [InlineData("kml_u32")]
    public void C_does_what_dotnet_does_at_one_argument_of_each_few(string argument)
    {
        using CCompiler compiler = NetworkBed.Compiler();
        nint library = Library(compiler, "-O1");
        ulong[] a = [.. Enumerable.Range(0, (int)((1L << 32) / Stride)).Select(n => (ulong)n * Stride)];
        int[] faults = new int[6];
        for (int i = 0; i < Table.Length; i++)
        {
            if (Table[i].Argument == argument && !Regex.IsMatch(Table[i].Expression, @"\b[bc]\b"))
                Agree(library, i, a, a, a, "stride", faults);
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
            compiler.Run("nm", "-u", "arith.o").ShouldBe("", level);
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

    private static void Agree(nint library, int i, ulong[] a, ulong[] b, ulong[] c, string name, int[] faults)
    {
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
