using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.Training.Quantise;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Quantise;

public sealed class StochasticRoundingTests
{
    private static readonly Gen<float> Floats = Gen.Choose(int.MinValue, int.MaxValue).Select(BitConverter.Int32BitsToSingle);

    [Fact]
    public void What_comes_out_is_one_of_the_two_neighbours() =>
        Prop.ForAll(Floats.ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (value, key) =>
        {
            float rounded = Round([.. Enumerable.Repeat(value, 16)], (ulong)key)[3];
            if (!float.IsFinite(value))
                return BitConverter.SingleToUInt32Bits(rounded) == BitConverter.SingleToUInt32Bits(value);
            uint bits = BitConverter.SingleToUInt32Bits(value), down = bits & 0xffff0000, up = (bits & 0xffff) == 0 ? down : down + 0x10000;
            return BitConverter.SingleToUInt32Bits(rounded) == down || (BitConverter.SingleToUInt32Bits(rounded) == up && float.IsFinite(rounded));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1.001f)]
    [InlineData(-3.1415927f)]
    [InlineData(1e-3f)]
    [InlineData(-1.7e38f)]
    public void Its_mean_is_the_number(float value)
    {
        const int draws = 1 << 18;
        float[] rounded = Round([.. Enumerable.Repeat(value, draws)], 42);
        double gap = Math.Abs(rounded.Max() - (double)rounded.Min()), mean = rounded.Average(v => (double)v);
        gap.ShouldBeGreaterThan(0);
        rounded.Distinct().Count().ShouldBe(2);

        // The deviation of a draw is at most half the gap; five deviations of the mean of as many.
        Math.Abs(mean - value).ShouldBeLessThan(5 * gap / 2 / Math.Sqrt(draws));
    }

    [Fact]
    public void Bfloat16_numbers_stay() =>
        Round([.. Enumerable.Range(0, 64).Select(i => BitConverter.Int32BitsToSingle(i * 0x3f0000))], 1)
            .ShouldBe([.. Enumerable.Range(0, 64).Select(i => BitConverter.Int32BitsToSingle(i * 0x3f0000))]);

    [Fact]
    public void A_step_too_small_to_show_is_taken_now_and_then()
    {
        // Rounding to the nearest would leave 1 where it is for ever: 2^-12 is a sixteenth of the gap above 1.
        float[] values = [.. Enumerable.Repeat(1f, 4096)];
        for (ulong step = 0; step < 256; step++)
            values = Round([.. values.Select(v => v + (1f / 4096))], step);
        values.Average().ShouldBe(1 + (256f / 4096), 0.002);
    }

    [Fact]
    public void Parts_draw_what_the_whole_draws()
    {
        Random random = new(5);
        float[] values = [.. Enumerable.Range(0, 320).Select(_ => random.NextSingle() - 0.5f)];
        float[] whole = Round(values, 9), parts = [.. values];
        StochasticRounding.ToBFloat16(parts.AsSpan(96), new CounterRandomness(9), 96);
        StochasticRounding.ToBFloat16(parts.AsSpan(0, 96), new CounterRandomness(9), 0);
        parts.ShouldBe(whole);
        Round(values, 10).ShouldNotBe(whole);
    }

    private static float[] Round(float[] values, ulong key)
    {
        float[] rounded = [.. values];
        StochasticRounding.ToBFloat16(rounded, new CounterRandomness(key), 0);
        return rounded;
    }
}
