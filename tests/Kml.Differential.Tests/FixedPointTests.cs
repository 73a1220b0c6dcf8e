using System;
using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Xunit;

namespace Kml.Differential;

/// <summary>The functions of <see cref="Q16"/>, and division by a reciprocal, are as exact as they claim to be.</summary>
public sealed class FixedPointTests(ITestOutputHelper output)
{
    private const int Stride = 4099;
    private const double Most = 0.7;

    [Fact]
    public void No_power_of_two_is_further_than_it_says_and_none_is_less_than_that_of_a_lesser_number()
    {
        Worst worst = new();
        Q16 before = Q16.Zero;
        for (int raw = -18 << 16; raw < 15 << 16; raw++)
        {
            Q16 power = Q16.Exp2(Q16.FromRaw(raw));
            worst.Try(power.Raw, Math.Pow(2, raw / 65536d) * 65536, raw);
            (power < before).ShouldBeFalse($"{raw}");
            before = power;
        }

        worst.ShouldBeBelow(Most, output);
        Q16.Exp2(Q16.FromRaw((15 << 16) - 1)).ShouldBeLessThan(Q16.MaxValue);
        foreach (int raw in (int[])[15 << 16, 16 << 16, int.MaxValue])
            Q16.Exp2(Q16.FromRaw(raw)).ShouldBe(Q16.MaxValue);
        foreach (int raw in (int[])[(-17 << 16) - 1, -32 << 16, int.MinValue])
            Q16.Exp2(Q16.FromRaw(raw)).ShouldBe(Q16.Zero);
        for (int n = -16; n < 15; n++)
            Q16.Exp2((Q16)n).Raw.ShouldBe(1 << (16 + n));
    }

    [Fact]
    public void No_logarithm_is_further_than_it_says_and_none_is_less_than_that_of_a_lesser_number()
    {
        Worst worst = new();
        Q16 before = Q16.MinValue;
        foreach (int raw in Enumerable.Range(1, 1 << 21).Concat(Every(1 << 21)))
        {
            Q16 log = Q16.Log2(Q16.FromRaw(raw));
            worst.Try(log.Raw, (Math.Log2(raw) - 16) * 65536, raw);
            (log < before).ShouldBeFalse($"{raw}");
            before = log;
        }

        worst.ShouldBeBelow(Most, output);
        foreach (int raw in (int[])[0, -1, -65536, int.MinValue])
            Q16.Log2(Q16.FromRaw(raw)).ShouldBe(Q16.MinValue);
    }

    [Fact]
    public void No_logarithm_of_an_integer_is_further_than_it_says()
    {
        Worst worst = new();
        for (int bits = 0; bits < 64; bits++)
        {
            Q16.Log2(1UL << bits).Raw.ShouldBe(bits << 16);
            foreach (int drawn in Every(1 << 10).Where((_, i) => i % 64 == bits).Select((n, i) => n ^ (i << 7)))
            {
                ulong value = ((ulong)(uint)drawn * 0x9e3779b97f4a7c15) >> bits;
                if (value != 0)
                    worst.Try(Q16.Log2(value).Raw, Math.Log2(value) * 65536, (long)value);
            }
        }

        worst.ShouldBeBelow(Most, output);
        Q16.Log2(0UL).ShouldBe(Q16.MinValue);
        Q16.Log2(ulong.MaxValue).Raw.ShouldBe(64 << 16);
    }

    [Fact]
    public void Reciprocals_are_rounded_to_the_nearest_and_stop_at_the_ends()
    {
        Worst worst = new();
        foreach (int raw in Enumerable.Range(3, 1 << 18).Concat(Every(1 << 18)).SelectMany(n => new[] { n, -n }))
            worst.Try(Q16.Reciprocal(Q16.FromRaw(raw)).Raw, 4294967296d / raw, raw);

        worst.ShouldBeBelow(0.5000001, output);
        Q16.Reciprocal(Q16.FromRaw(1)).ShouldBe(Q16.MaxValue);
        Q16.Reciprocal(Q16.FromRaw(2)).ShouldBe(Q16.MaxValue);
        Q16.Reciprocal(Q16.FromRaw(-2)).ShouldBe(Q16.MinValue);
        Q16.Reciprocal(Q16.FromRaw(-1)).ShouldBe(Q16.MinValue);
        Should.Throw<DivideByZeroException>(() => Q16.Reciprocal(Q16.Zero));
    }

    [Fact]
    public void A_division_by_a_reciprocal_is_the_division()
    {
        uint[] edges = [.. Enumerable.Range(0, 32).SelectMany(n => new[] { (1u << n) - 1, 1u << n, (1u << n) + 1 }).Append(uint.MaxValue).Distinct()];
        uint[] divisors = [.. edges.Concat(Every(1 << 20).Where((_, i) => i % 64 == 0).Select(n => (uint)n * 2654435761u)).Where(d => d != 0)];
        foreach (uint divisor in divisors)
        {
            ulong reciprocal = Reciprocal.Of(divisor);

            // Where the quotient changes, and at the greatest multiple.
            uint last = uint.MaxValue / divisor * divisor;
            foreach (uint value in edges.Concat([divisor - 1, divisor, divisor + 1, last - 1, last, last + 1, ~divisor]))
                (Reciprocal.Divide(value, reciprocal) == value / divisor).ShouldBeTrue($"{value} / {divisor}");
        }

        Reciprocal.Divide(17, 0).ShouldBe(17u);
        Should.Throw<DivideByZeroException>(() => Reciprocal.Of(0));
    }

    private static IEnumerable<int> Every(int first)
    {
        for (long n = first; n <= int.MaxValue; n += Stride)
            yield return (int)n;
    }

    /// <summary>The largest error, in steps of 1/65536.</summary>
    private sealed class Worst
    {
        private double _error;
        private long _at;

        public void Try(int raw, double exact, long at)
        {
            double error = Math.Abs(raw - exact);
            if (error > _error)
                (_error, _at) = (error, at);
        }

        public void ShouldBeBelow(double most, ITestOutputHelper output)
        {
            output.WriteLine($"{_error:F4} steps at {_at}");
            _error.ShouldBeInRange(0.4, most, $"at {_at}");
        }
    }
}
