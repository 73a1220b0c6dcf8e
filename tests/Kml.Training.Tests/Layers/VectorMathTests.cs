using System;
using System.Runtime.Intrinsics;
using Kml.Training.Layers;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Layers;

public sealed class VectorMathTests
{
    private static readonly float[] Corners =
    [
        0f, -0f, 1f, -1f, 10f, -10f, 10.1f, -10.1f, 88.72f, 88.73f, 89f, 90f,
        -87.4f, -103.9f, -104f, -105f, 1e-38f, -1e-38f, 1e-45f, -1e-45f, 0.3466f, -0.3466f,
        float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN, BitConverter.Int32BitsToSingle(unchecked((int)0xffc12345)),
    ];

    [Fact]
    public void Every_lane_has_the_bits_that_every_engine_gives()
    {
        // All exponents and signs: a stride that is coprime to the number of floats, and what is special.
        Span<float> lanes = stackalloc float[16];
        uint bits = 0;
        for (int i = 0; i < 100_000; i++)
        {
            for (int lane = 0; lane < 16; lane++, bits += 2687)
                lanes[lane] = BitConverter.UInt32BitsToSingle(bits);
            Check(lanes);
        }

        // Where values are neither 0, 1 nor infinite.
        for (int i = 0; i < 20_000; i++)
        {
            for (int lane = 0; lane < 16; lane++)
                lanes[lane] = (((i * 16) + lane) * 0.000687f) - 110f;
            Check(lanes);
        }

        foreach (float corner in Corners)
        {
            lanes.Fill(corner);
            Check(lanes);
        }
    }

    [Fact]
    public void In_double_precision_they_are_those_of_the_library()
    {
        Vector512<double> x = Vector512.Create(-800.0, -3, -0.5, 0, 0.25, 2, 30, 800);
        for (int lane = 0; lane < 8; lane++)
        {
            VectorMath.Exp(x)[lane].ShouldBe(Math.Exp(x[lane]));
            VectorMath.Log(x)[lane].ShouldBe(Math.Log(x[lane]));
            VectorMath.Tanh(x)[lane].ShouldBe(Math.Tanh(x[lane]));
            VectorMath.Sigmoid(x)[lane].ShouldBe(1 / (1 + Math.Exp(-x[lane])));
        }
    }

    private static void Check(ReadOnlySpan<float> lanes)
    {
        Vector512<float> x = Vector512.Create(lanes),
            exp = VectorMath.Exp(x),
            tanh = VectorMath.Tanh(x),
            sigmoid = VectorMath.Sigmoid(x),
            log = VectorMath.Log(x);
        for (int lane = 0; lane < 16; lane++)
        {
            Same(KmlMath.Exp(lanes[lane]), exp[lane], "exp", lanes[lane]);
            Same(KmlMath.Log(lanes[lane]), log[lane], "log", lanes[lane]);
            Same(KmlMath.Tanh(lanes[lane]), tanh[lane], "tanh", lanes[lane]);
            Same(KmlMath.Sigmoid(lanes[lane]), sigmoid[lane], "sigmoid", lanes[lane]);
        }
    }

    private static void Same(float expected, float actual, string function, float x)
    {
        // The message costs more than the comparison.
        if (BitConverter.SingleToUInt32Bits(expected) != BitConverter.SingleToUInt32Bits(actual))
            BitConverter.SingleToUInt32Bits(actual).ShouldBe(BitConverter.SingleToUInt32Bits(expected), $"{function}({x:R})");
    }
}
