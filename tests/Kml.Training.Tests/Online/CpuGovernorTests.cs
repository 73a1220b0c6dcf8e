using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using FsCheck;
using FsCheck.Fluent;
using Kml.TestSupport;
using Kml.Training.Online;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests;

public sealed class CpuGovernorTests : IDisposable
{
    private readonly ManualResetEventSlim _stop = new();

    public void Dispose() => _stop.Dispose();

    [Fact]
    public void Whatever_a_unit_costs_the_share_holds_between_beginnings_a_window_apart() =>
        Check.One(
            Config.QuickThrowOnFailure,
            Prop.ForAll(
                (from share in Gen.Choose(1, 100)
                    from scale in Gen.Choose(3, 10)
                    from seed in Gen.Choose(0, 1 << 30)
                    select (share, scale, seed)).ToArbitrary(),
                x =>
                {
                    double share = x.share / 100.0;
                    Randomness random = new((ulong)x.seed);
                    VirtualClock clock = new(random);
                    CpuGovernor governor = new(share, clock, _stop, quantum: 0);
                    List<(long At, long Used)> starts = [];
                    for (int unit = 0; unit < 300; unit++)
                    {
                        starts.Add((clock.Now, clock.Used + clock.Elsewhere));

                        // From a microsecond to ten seconds; part of it on a producer's thread; and the thread may be interrupted.
                        long cost = 1 + (long)(random.Fraction() * Math.Pow(10, x.scale)), elsewhere = random.Below(4) == 0 ? cost / 3 : 0;
                        clock.Work(cost, interrupted: random.Below(3) * cost);
                        clock.Elsewhere += elsewhere;
                        if (random.Below(20) == 0)
                            governor.Idle(random.Below(100_000_000), elsewhere);
                        else
                            governor.Pay(elsewhere).ShouldBeTrue();
                        if (random.Below(50) == 0)
                            clock.Wait(random.Below(2_000_000_000), _stop);
                    }

                    for (int i = 0; i < starts.Count; i++)
                    {
                        foreach ((long at, long used) in starts.Skip(i).Where(s => s.At - starts[i].At >= CpuGovernor.Window))
                            ((double)(used - starts[i].Used)).ShouldBeLessThanOrEqualTo((share * (at - starts[i].At)) + 1);
                    }

                    governor.Total.ShouldBe(clock.Used + clock.Elsewhere);
                    return true;
                }));

    [Fact]
    public void Small_units_get_nearly_the_whole_share_and_it_is_said()
    {
        Randomness random = new(1);
        VirtualClock clock = new(random);
        CpuGovernor governor = new(0.1, clock, _stop);
        while (clock.Now < 20_000_000_000)
        {
            clock.Work(1 + random.Below(50_000), 0);
            governor.Pay(0);
        }

        ((double)clock.Used / clock.Now).ShouldBeInRange(0.085, 0.1);
        governor.Share.ShouldBeInRange(0.08, 0.1);
        governor.PeakShare.ShouldBeInRange(governor.Share, 0.1);
    }

    [Fact]
    public void Processor_time_of_a_thread_is_measured()
    {
        ThreadClock clock = new();
        long now = clock.Now, used = clock.Used;
        while (clock.Used - used < 2_000_000)
            Thread.SpinWait(100);
        (clock.Now - now).ShouldBeGreaterThanOrEqualTo(2_000_000);

        // A thread that waits uses none: waiting ends when it is told to, however long that takes, and only what leads to it and back is counted.
        clock.Wait(1, _stop);
        Thread waiting = new(() =>
        {
            used = clock.Used;
            clock.Wait(long.MaxValue / 2, _stop);
            used = clock.Used - used;
        });
        waiting.Start();
        Hang.Until("the thread sleeps", () => (waiting.ThreadState & ThreadState.WaitSleepJoin) != 0);
        now = clock.Now;
        long own = clock.Used;
        while (clock.Used - own < 100_000_000)
            Thread.SpinWait(100);
        _stop.Set();
        Hang.Join("the thread is woken", waiting);
        used.ShouldBeLessThan(clock.Now - now);
    }

    private sealed class VirtualClock(Randomness random) : ITrainingClock
    {
        public long Now { get; private set; } = 12345;

        public long Used { get; private set; }

        internal long Elsewhere { get; set; }

        public void Wait(long nanoseconds, ManualResetEventSlim stop) => Now += nanoseconds + random.Below(3_000_000);

        internal void Work(long cost, long interrupted)
        {
            Used += cost;
            Now += cost + interrupted;
        }
    }
}
