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

    private static readonly Operation[] Table = [.. Operations.All];

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
        compiler.Add("arith.c", "#include \"kml_arith_float.h\"\n" + string.Concat(Table.Select((o, i) => o.Source($"op{i}"))));
        nint library = compiler.Load("libarith.so", ["arith.c"], flag);
        Draw draw = new(NetworkBed.Seed + 4000000);
        int[] faults = new int[5];
        for (int i = 0; i < Table.Length; i++)
        {
            ulong[] a = draw.Many(Word, Cases), b = draw.Many(Word, Cases), c = draw.Many(Word, Cases);
            (ulong[] results, int[] found) = Call(library, $"op{i}", a, b, c);
            for (int n = 0; n < Cases; n++)
            {
                (ulong result, int fault) = Table[i].Run(a[n], b[n], c[n]);
                found[n].ShouldBe(fault, $"{Describe(i, a[n], b[n], c[n])}, fault, {name}");
                results[n].ShouldBe(result, $"{Describe(i, a[n], b[n], c[n])}, {name}");
                faults[fault]++;
            }
        }

        faults.ShouldAllBe(count => count > 10, "Every kind of fault was met.");
    }

    [Fact]
    public void Every_function_of_the_headers_is_in_the_table()
    {
        string table = string.Concat(Table.Select(o => o.Expression)) + "kml_f32_from_bits(kml_f32_to_bits(";
        IEnumerable<string> declared = ComputeFiles.Headers.Where(h => h.Path is "kml_arith.h" or "kml_arith_float.h").Select(h => h.Text)
            .SelectMany(text => Regex.Matches(text, @"^KML_INLINE \w+ (kml_\w+)\(", RegexOptions.Multiline))
            .Select(m => m.Groups[1].Value);
        declared.Where(f => !table.Contains(f + "(", StringComparison.Ordinal)).ShouldBeEmpty();
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
