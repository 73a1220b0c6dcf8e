using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Kml.Differential;

/// <summary>What the library keeps statistics with does what it says, compared with lists.</summary>
public sealed class StatisticsTests
{
    private static readonly Gen<ulong> Values = Gen.Choose(0, 63).SelectMany(bits => Gen.Choose(0, int.MaxValue).Select(n => (ulong)n << 33 >> bits));

    [Fact]
    public void A_window_has_the_last_values_by_age() => Prop.ForAll(
        Gen.Choose(1, 9).SelectMany(length => Values.Select(v => (uint)v).ListOf().Select(values => (length, values))).ToArbitrary(),
        drawn =>
        {
            uint[] window = new uint[drawn.length];
            uint next = 0;
            List<uint> pushed = [.. new uint[drawn.length]];
            foreach (uint value in drawn.values)
            {
                Window.Push(window, ref next, value);
                pushed.Add(value);
            }

            next.ShouldBe((uint)(drawn.values.Count % drawn.length));
            for (int age = 0; age < drawn.length; age++)
                Window.Last<uint>(window, next, age).ShouldBe(pushed[^(age + 1)]);
            Should.Throw<IndexOutOfRangeException>(() => Window.Last<uint>(window, next, drawn.length));
            Should.Throw<IndexOutOfRangeException>(() => Window.Last<uint>(window, next, -1));
            Should.Throw<IndexOutOfRangeException>(() => Window.Last<uint>(window, next, int.MaxValue));
            Should.Throw<IndexOutOfRangeException>(() => Window.Last<uint>(window, next, int.MinValue));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(4u)]
    [InlineData(5u)]
    [InlineData(0x80000000u)]
    [InlineData(uint.MaxValue)]
    public void A_place_outside_the_window_counts_as_the_first(uint next)
    {
        int[] window = [1, 2, 3, 4];
        Window.Last<int>(window, next, 0).ShouldBe(4);
        Window.Last<int>(window, next, 3).ShouldBe(1);
        Window.Push(window, ref next, 9);

        next.ShouldBe(1u);
        window.ShouldBe([9, 2, 3, 4]);
    }

    [Fact]
    public void A_percentile_lies_where_that_of_the_sorted_values_does() => Prop.ForAll(
        Gen.Choose(1, 66)
            .SelectMany(length => Values.NonEmptyListOf().Select(values => (length, values)))
            .SelectMany(d => Gen.Choose(-3, 103).Select(percent => (d.length, d.values, percent)))
            .ToArbitrary(),
        drawn =>
        {
            uint[] counts = new uint[drawn.length];
            foreach (ulong value in drawn.values)
                Histogram.Add(counts, value);
            Histogram.Count(counts).ShouldBe((ulong)drawn.values.Count);

            decimal share = Math.Clamp(drawn.percent, 0, 100) / 100m;
            ulong[] sorted = [.. drawn.values.Order()];
            ulong percentile = sorted[Math.Max((int)Math.Ceiling(share * sorted.Length), 1) - 1];
            Histogram.Percentile(counts, drawn.percent).ShouldBe(Buckets.Log2(percentile, drawn.length));

            uint[] halves = [.. counts.Select(c => c / 2)];
            Histogram.Halve(counts);
            counts.ShouldBe(halves);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Counters_stop_at_their_end_and_their_sum_does_not_wrap()
    {
        uint[] counts = [uint.MaxValue, uint.MaxValue, uint.MaxValue];
        Histogram.Add(counts, 1);

        counts[1].ShouldBe(uint.MaxValue);
        Histogram.Count(counts).ShouldBe(3UL * uint.MaxValue);
        Histogram.Percentile(counts, 50).ShouldBe(1);
        Histogram.Percentile(counts, 100).ShouldBe(2);
        Histogram.Percentile(new uint[3], 50).ShouldBe(0);
    }
}
