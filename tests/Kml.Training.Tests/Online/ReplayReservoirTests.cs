using System;
using System.Linq;
using Kml.Training.Online;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests;

public sealed class ReplayReservoirTests
{
    [Fact]
    public void Records_of_one_weight_are_kept_alike()
    {
        // 40 records, 10 places, 20,000 times: each record is expected 5,000 times. The chi-square statistic, scaled for sampling without
        // replacement, has 39 degrees of freedom: above 72.1 with a probability of 0.001.
        const int Records = 40, Places = 10, Times = 20_000;
        int[] kept = new int[Records];
        for (int time = 0; time < Times; time++)
        {
            ReplayReservoir reservoir = new(Places, 2, (ulong)time);
            for (int i = 0; i < Records; i++)
                reservoir.Add([i, 3]);
            for (int slot = 0; slot < Places; slot++)
                kept[(int)reservoir[slot][0]]++;
        }

        const double Expected = (double)Times * Places / Records, Share = (double)Places / Records;
        double chi = kept.Sum(k => (k - Expected) * (k - Expected) / Expected) / (1 - Share);
        chi.ShouldBeLessThan(72.1);
        kept.Sum().ShouldBe(Times * Places);
    }

    [Fact]
    public void Of_many_records_those_of_more_weight_are_kept_in_proportion()
    {
        // Every fourth record weighs 5, the others 1: of the weight, and so of the places, they have 5 in 8.
        int heavy = 0;
        for (int time = 0; time < 200; time++)
        {
            ReplayReservoir reservoir = new(20, 2, (ulong)time);
            for (int i = 0; i < 20_000; i++)
                reservoir.Add([i, i % 4 == 0 ? 5 : 1]);
            for (int slot = 0; slot < 20; slot++)
                heavy += (int)reservoir[slot][0] % 4 == 0 ? 1 : 0;
        }

        // Four standard errors of a share of 0.625 of 4,000.
        (heavy / 4000.0).ShouldBe(0.625, 4 * Math.Sqrt(0.625 * 0.375 / 4000));
    }

    [Fact]
    public void A_seed_fixes_the_sample_and_forgetting_begins_anew()
    {
        float[] Sample(ulong seed, int first)
        {
            ReplayReservoir reservoir = new(8, 2, seed);
            for (int i = 0; i < first; i++)
                reservoir.Add([-1, 1]);
            reservoir.Clear();
            for (int i = 0; i < 100; i++)
                reservoir.Add([i, 1 + (i % 3)]);
            reservoir.Count.ShouldBe(8);
            return [.. Enumerable.Range(0, 8).Select(slot => reservoir[slot][0])];
        }

        Sample(1, 50).ShouldBe(Sample(1, 50));
        Sample(1, 50).ShouldNotBe(Sample(2, 50));
        Sample(1, 50).ShouldAllBe(v => v >= 0);
        Sample(1, 50).ShouldBeUnique();
    }

    [Fact]
    public void Held_back_blocks_are_the_newest()
    {
        HeldBackRows rows = new(3, 2, 1);
        for (int i = 0; i < 11; i++)
        {
            rows.Add([i]).ShouldBe(i % 2 == 1);
            int whole = (i + 1) / 2;
            rows.Count.ShouldBe(Math.Min(whole, i % 2 == 1 ? 3 : 2));
            for (int block = 0; block < rows.Count; block++)
                rows[block].ToArray().ShouldBe([2 * (whole - 1 - block), (2 * (whole - 1 - block)) + 1]);
        }

        rows.Clear();
        rows.Count.ShouldBe(0);
    }
}
