using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.TestSupport;
using Kml.Training.Adapting;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Adapting;

/// <summary>Detectors are quiet while nothing changes, and soon say when something does.</summary>
public class DriftTests
{
    private const int Seeds = 50, Quiet = 5000;

    private static readonly string[] Names = ["page-hinkley", "adaptive window", "blocks"];

    public static TheoryData<string> Detectors { get; } = [.. Names];

    [Theory]
    [MemberData(nameof(Detectors))]
    public void Without_a_change_a_detector_is_nearly_always_quiet(string name)
    {
        int alarms = 0;
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            Randomness random = new(seed);
            IDriftDetector detector = Make(name);
            for (int i = 0; i < Quiet; i++)
                alarms += detector.Add(Loss(random, 0.3), Weight(random)) == DriftState.Drift ? 1 : 0;
        }

        // 250,000 values, some of which stand for four.
        alarms.ShouldBeLessThanOrEqualTo(1);
    }

    [Theory]
    [InlineData("page-hinkley", 250)]
    [InlineData("adaptive window", 250)]
    [InlineData("blocks", 700)]
    public void A_loss_that_doubles_is_noticed_within_few_values(string name, int most)
    {
        List<int> delays = [];
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            Randomness random = new(seed);
            IDriftDetector detector = Make(name);
            for (int i = 0; i < 2000; i++)
                detector.Add(Loss(random, 0.3), Weight(random));
            int delay = 1;
            bool warned = false;
            for (; detector.Add(Loss(random, 0.6), Weight(random)) != DriftState.Drift; delay++)
            {
                warned |= detector.State == DriftState.Warning;
                delay.ShouldBeLessThan(1000);
            }

            delays.Add(delay);
        }

        delays.Order().ElementAt(Seeds * 9 / 10).ShouldBeLessThanOrEqualTo(most);
    }

    [Fact]
    public void A_warning_comes_before_the_drift_when_the_change_is_slow()
    {
        foreach (IDriftDetector detector in new IDriftDetector[] { new PageHinkley(), new AdaptiveWindow(risesOnly: true) })
        {
            Randomness random = new(3);
            List<DriftState> seen = [];
            for (int i = 0; seen.LastOrDefault() != DriftState.Drift; i++)
                seen.Add(detector.Add(Loss(random, 0.3 + (Math.Max(0, i - 1000) * 0.0002))));
            seen.ShouldContain(DriftState.Warning);
            seen.Count.ShouldBeInRange(1000, 3000);
        }
    }

    [Fact]
    public void A_loss_that_falls_is_no_drift_but_shortens_the_window()
    {
        Randomness random = new(1);
        AdaptiveWindow window = new(risesOnly: true);
        PageHinkley sum = new();
        for (int i = 0; i < 2000; i++)
        {
            double loss = Loss(random, i < 1000 ? 0.8 : 0.2);
            window.Add(loss).ShouldNotBe(DriftState.Drift);
            sum.Add(loss).ShouldNotBe(DriftState.Drift);
        }

        window.Length.ShouldBeLessThan(1100);
        window.Mean.ShouldBe(0.2, 0.06);
        window.Change.ShouldBeLessThan(-0.3);
    }

    [Fact]
    public void The_window_is_that_of_the_exact_version() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            // Up to three levels, at values that need every case of the histogram; risk is high, so that cuts are common.
            Randomness random = new((ulong)seed);
            const double Risk = 0.3;
            int every = 1 + random.Below(16);
            NaiveWindow exact = new(Risk, every);
            AdaptiveWindow window = new(risk: Risk) { LookEvery = every };
            double level = 0.5;
            for (int i = 0; i < 400; i++)
            {
                level = random.Below(150) == 0 ? random.Below(11) / 10.0 : level;
                double value = Loss(random, level), weight = random.Below(20) == 0 ? 0 : 0.25 * (1 + random.Below(8));
                bool cut = weight > 0 && exact.Add(value, weight);
                (window.Add(value, weight) == DriftState.Drift).ShouldBe(cut);
                window.Length.ShouldBe(exact.Values.Count);
                if (exact.Values.Count > 0)
                {
                    window.Mean.ShouldBe(NaiveWindow.Mean([.. exact.Values]), 1e-9);
                    window.Total.Variance.ShouldBe(NaiveWindow.Variance([.. exact.Values]), 1e-9);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void A_value_allocates_nothing()
    {
        IDriftDetector[] detectors = [.. Names.Select(Make)];
        Samples reference = Rows(new Randomness(1), 512, 0, 1);
        FeatureDrift features = new(reference);
        float[] row = [0.1f, 0.2f];
        AllocationRounds.ShouldAllocateNothing(() =>
        {
            for (int i = 0; i < 3000; i++)
            {
                foreach (IDriftDetector detector in detectors)
                    detector.Add(i < 2000 ? (i % 7) / 10.0 : 1);
                row[0] = i % 13;
                features.Add(row);
            }
        });
    }

    [Fact]
    public void Features_are_quiet_until_one_moves_or_spreads()
    {
        int alarms = 0, noticed = 0, spread = 0;
        for (ulong seed = 0; seed < 20; seed++)
        {
            Randomness random = new(seed);
            FeatureDrift drift = new(Rows(random, 4096, 0, 1), block: 16);
            alarms += Feed(drift, Rows(random, 4096, 0, 1)) >= 0 ? 1 : 0;
            int delay = Feed(drift, Rows(random, 4096, 1, 1));
            if (delay is >= 0 and < 2500)
                noticed += drift.Drifted.SequenceEqual([1]) ? 1 : 0;
            drift = new FeatureDrift(Rows(random, 4096, 0, 1), block: 16);
            spread += Feed(drift, Rows(random, 4096, 0, 3)) is >= 0 and < 2500 && drift.Drifted.SequenceEqual([1]) ? 1 : 0;
        }

        alarms.ShouldBe(0);
        noticed.ShouldBe(20);
        spread.ShouldBe(20);
    }

    [Fact]
    public void What_is_no_number_is_refused_with_advice()
    {
        foreach (string name in Names)
        {
            IDriftDetector detector = Make(name);
            Should.Throw<TrainingException>(() => detector.Add(double.NaN)).Message.ShouldContain("not finite");
            Should.Throw<TrainingException>(() => detector.Add(1, -1)).Message.ShouldContain("weight");
        }

        Should.Throw<TrainingException>(() => new AdaptiveWindow(1, 1)).Message.ShouldContain("range");
        Should.Throw<TrainingException>(() => new AdaptiveWindow(risk: 0)).Message.ShouldContain("risk");
        Should.Throw<TrainingException>(() => new BlockMeans(new PageHinkley(), 0)).Message.ShouldContain("at least 1");
        Should.Throw<TrainingException>(() => new FeatureDrift(Rows(new Randomness(1), 8, 0, 1)).Add([1])).Message.ShouldContain("the reference has 2");
        Should.Throw<TrainingException>(() => new FeatureDrift(Rows(new Randomness(1), 0, 0, 1))).Message.ShouldContain("reference rows");
    }

    private static IDriftDetector Make(string name) => name switch
    {
        "page-hinkley" => new PageHinkley(),
        "adaptive window" => new AdaptiveWindow(risesOnly: true),
        _ => new BlockMeans(new AdaptiveWindow(risesOnly: true), 8),
    };

    /// <summary>0 or 1, as an error is.</summary>
    private static double Loss(Randomness random, double mean) => (random.Symmetric() + 1) / 2 < mean ? 1 : 0;

    private static double Weight(Randomness random) => random.Below(10) == 0 ? 4 : 1;

    private static int Feed(FeatureDrift drift, Samples rows)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            if (drift.Add([rows.Column(0)[i], rows.Column(1)[i]], rows.Weights[i]) == DriftState.Drift)
                return i;
        }

        return -1;
    }

    /// <summary>Two features with long tails, the second shifted and spread.</summary>
    private static Samples Rows(Randomness random, int count, float shift, float scale)
    {
        float Draw() => MathF.Tan(1.5f * random.Symmetric());
        return new Samples(
            ["a", "b"],
            [.. Enumerable.Range(0, count).Select(_ => 100 * Draw()), .. Enumerable.Range(0, count).Select(_ => shift + (scale * Draw()))],
            new float[count],
            0);
    }
}
