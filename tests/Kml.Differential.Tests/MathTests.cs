using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.Differential;

/// <summary>The deterministic functions: the same bits in C# and in C at every width, and as exact as they claim to be.</summary>
public sealed unsafe class MathTests(ITestOutputHelper output)
{
    private const int Lanes = 16;

    private static readonly (string Name, Func<float, float> Managed, Func<double, double> Exact, double MaxUlp)[] Functions =
    [
        ("exp", KmlMath.Exp, Math.Exp, 1.1),
        ("log", KmlMath.Log, Math.Log, 0.9),
        ("sigmoid", KmlMath.Sigmoid, x => 1.0 / (1.0 + Math.Exp(-x)), 2.5),
        ("tanh", KmlMath.Tanh, Math.Tanh, 2.6),
    ];

    [Fact]
    public void C_gives_the_bits_of_the_managed_functions_at_every_width()
    {
        using CCompiler compiler = NetworkBed.Compiler();
        compiler.Add("functions.c", "#include \"kml_arith_float.h\"\n#include \"kml_dense.h\"\n" + string.Concat(Functions.Select(f => $$"""
            void scalar_{{f.Name}}(const kml_u32 *x, kml_u32 *y, int n);
            void vector_{{f.Name}}(const kml_u32 *x, kml_u32 *y, int n);
            void scalar_{{f.Name}}(const kml_u32 *x, kml_u32 *y, int n)
            {
            	int i;

            	for (i = 0; i < n; i++)
            		y[i] = kml_f32_to_bits(kml_{{f.Name}}(kml_f32_from_bits(x[i])));
            }
            void vector_{{f.Name}}(const kml_u32 *x, kml_u32 *y, int n)
            {
            	int i;

            	for (i = 0; i < n; i += KML_LANES)
            		kml_store((float *)(y + i), kml_canonical(kml_v{{f.Name}}(kml_load((const float *)(x + i)))));
            }

            """)));

        uint[] arguments = Arguments();
        foreach (Engine engine in Engine.Here.Where(e => !e.KernelStack))
        {
            nint library = compiler.Load($"lib{engine.Name}.so", ["functions.c"], engine.Flags);
            foreach ((string name, Func<float, float> managed, _, _) in Functions)
            {
                uint[] expected = [.. arguments.Select(x => KmlMath.CanonicalBits(managed(BitConverter.UInt32BitsToSingle(x))))];
                Call(library, "scalar_" + name, arguments).ShouldBe(expected, $"{name}, {engine}");
                Call(library, "vector_" + name, arguments).ShouldBe(expected, $"{name}, {engine}, vectors");
            }
        }
    }

    [Fact]
    public void Errors_stay_within_the_stated_units_in_the_last_place()
    {
        double[] worst = new double[Functions.Length];
        foreach (uint bits in Arguments())
        {
            float x = BitConverter.UInt32BitsToSingle(bits);
            for (int f = 0; f < Functions.Length; f++)
            {
                float actual = Functions[f].Managed(x);
                double exact = Functions[f].Exact(x);
                if (double.IsNaN(exact))
                    BitConverter.SingleToUInt32Bits(actual).ShouldBe(0x7fc00000u, $"{Functions[f].Name}({x:R})");
                else if (float.IsInfinity((float)exact))
                    actual.ShouldBe((float)exact, $"{Functions[f].Name}({x:R})");
                else
                    worst[f] = Math.Max(worst[f], Math.Abs(actual - exact) / Ulp((float)exact));
            }
        }

        for (int f = 0; f < Functions.Length; f++)
        {
            output.WriteLine($"{Functions[f].Name}: {worst[f]:F3} ulp");
            worst[f].ShouldBeInRange(0.5, Functions[f].MaxUlp, Functions[f].Name);
        }
    }

    /// <summary>All exponents and both signs evenly, the specials, and the steep part of every function densely.</summary>
    private static uint[] Arguments()
    {
        Draw draw = new(NetworkBed.Seed + 3000000);
        List<uint> arguments = [.. draw.Many(Draw.AnyFloatBits, 5000)];
        for (ulong bits = 0; bits <= uint.MaxValue; bits += 65521)
            arguments.Add((uint)bits);
        for (float x = -110f; x < 110f; x += 1f / 512f)
            arguments.Add(BitConverter.SingleToUInt32Bits(x));
        while (arguments.Count % Lanes != 0)
            arguments.Add(0);
        return [.. arguments];
    }

    private static double Ulp(float value) => Math.Max(Math.ScaleB(1.0, Math.ILogB(value) - 23), float.Epsilon);

    private static uint[] Call(nint library, string function, uint[] arguments)
    {
        uint[] results = new uint[arguments.Length];
        fixed (uint* x = arguments)
        fixed (uint* y = results)
            ((delegate* unmanaged<uint*, uint*, int, void>)NativeLibrary.GetExport(library, function))(x, y, arguments.Length);
        return results;
    }
}
