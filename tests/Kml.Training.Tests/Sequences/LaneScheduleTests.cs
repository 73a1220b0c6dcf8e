using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.Training.Sequences;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Sequences;

public sealed class LaneScheduleTests
{
    [Fact]
    public void Every_row_comes_once_and_each_lane_walks_entities_in_the_order_of_time() =>
        Prop.ForAll(SequenceData.Cases.ToArbitrary(), c =>
        {
            LaneWindows<float> windows = new(c.Samples, c.Steps);
            List<(bool Fresh, int[] Rows)>[] lanes = Walk(windows, c.Lanes, c.Seed);

            // What a lane saw from one fresh window to the next is one entity, whole and in order; full windows but the last.
            List<int[]> seen = [];
            foreach (List<(bool Fresh, int[] Rows)> lane in lanes)
            {
                List<int> entity = [];
                foreach ((bool fresh, int[] rows) in lane)
                {
                    if (fresh && entity.Count > 0)
                    {
                        seen.Add([.. entity]);
                        entity.Clear();
                    }

                    (entity.Count % c.Steps).ShouldBe(0);
                    entity.AddRange(rows);
                }

                if (entity.Count > 0)
                    seen.Add([.. entity]);
                lane.FirstOrDefault((true, [])).Fresh.ShouldBeTrue();
            }

            seen.OrderBy(rows => rows[0]).ShouldBe(SequenceData.InOrder(c.Samples).OrderBy(rows => rows[0]));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_seed_fixes_the_order() =>
        Prop.ForAll(SequenceData.Cases.ToArbitrary(), c =>
        {
            LaneWindows<float> windows = new(c.Samples, c.Steps);
            Flat(Walk(windows, c.Lanes, c.Seed)).ShouldBe(Flat(Walk(windows, c.Lanes, c.Seed)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Another_seed_gives_another_order()
    {
        LaneWindows<float> windows = new(SequenceData.Of(200, 50, 1), 3);
        Flat(Walk(windows, 4, 1)).ShouldNotBe(Flat(Walk(windows, 4, 2)));
    }

    [Fact]
    public void A_lane_without_work_runs_on_nothing()
    {
        LaneWindows<float> windows = new(SequenceData.Of(10, 1, 1), 3);
        LaneSchedule schedule = LaneSchedule.Of(windows, 16);
        schedule.Begin();
        int batches = 0;
        while (schedule.Next())
        {
            batches++;
            schedule.Windows[1..].ToArray().ShouldAllBe(window => window == windows.Empty);
            schedule.Fresh.ToArray().ShouldBe([batches == 1, .. Enumerable.Repeat(false, 15)]);
        }

        batches.ShouldBe(4);
        windows.Packed.Weight(windows.Empty).ToArray().ShouldAllBe(weight => weight == 0);
    }

    [Fact]
    public void Nothing_to_learn_from_is_refused()
    {
        Should.Throw<TrainingException>(() => new LaneWindows<float>(new Samples(["a"], [], [], 0), 3)).Message.ShouldContain("no rows");
        Should.Throw<TrainingException>(() => new LaneWindows<float>(SequenceData.Of(3, 1, 1), 0)).Message.ShouldContain("at least 1");
    }

    /// <summary>[lane]: its windows that are not empty.</summary>
    private static List<(bool Fresh, int[] Rows)>[] Walk(LaneWindows<float> windows, int lanes, int seed)
    {
        List<(bool Fresh, int[] Rows)>[] walked = [.. Enumerable.Range(0, lanes).Select(_ => new List<(bool Fresh, int[] Rows)>())];
        LaneSchedule schedule = LaneSchedule.Of(windows, lanes);
        schedule.Begin(new Randomness((ulong)seed));
        while (schedule.Next())
        {
            for (int lane = 0; lane < lanes; lane++)
            {
                int window = schedule.Windows[lane];
                if (window != windows.Empty)
                    walked[lane].Add((schedule.Fresh[lane], Rows(windows, window)));
            }
        }

        return walked;
    }

    /// <summary>The rows of a window, which its first feature names; checks their labels and weights, and that what is missing weighs nothing.</summary>
    private static int[] Rows(LaneWindows<float> windows, int window)
    {
        float[] inputs = windows.Packed.Input(window).ToArray(),
            targets = windows.Packed.Target(window).ToArray(),
            weights = windows.Packed.Weight(window).ToArray();
        int count = weights.TakeWhile(weight => weight > 0).Count();
        weights[count..].ShouldAllBe(weight => weight == 0);
        int[] rows = [.. Enumerable.Range(0, count).Select(step => (int)inputs[step * windows.Width])];
        targets[..count].ShouldBe(rows.Select(row => row * 0.5f));
        weights[..count].ShouldBe(rows.Select(row => 1f + (row % 3)));
        return rows;
    }

    private static string Flat(List<(bool Fresh, int[] Rows)>[] lanes) =>
        string.Join(" | ", lanes.Select(lane => string.Join(", ", lane.SelectMany(window => window.Rows))));
}
