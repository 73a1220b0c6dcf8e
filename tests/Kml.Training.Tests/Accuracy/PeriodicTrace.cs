using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Benchmarks;

namespace Kml.Training.Tests.Accuracy;

/// <summary>
/// A made-up trace with the period of a queue that fills and drains: a run of near writes that are all in time until the eighth, then a late read far
/// away and a late write back, in turns, until the next run. One request in a hundred has the other label.
/// </summary>
internal static class PeriodicTrace
{
    internal static (IReadOnlyList<DeadlineRequest> Requests, IReadOnlyList<bool> InTime) Make(int seed, int count)
    {
        Random random = new(seed);
        List<DeadlineRequest> requests = [];
        List<bool> inTime = [];
        long time = 1_000_000, head = 300_000;
        while (requests.Count < count)
        {
            for (int i = 0; i < 9; i++)
                Add(time += 19_000 + random.Next(2000), head += 16 + random.Next(400), i < 8);
            for (int i = 0, pairs = 3 + random.Next(3); i < pairs; i++)
            {
                Add(time += 320_000 + random.Next(2000), random.Next(2_000_000), false);
                Add(time += 19_000 + random.Next(2000), head += 3000 + random.Next(2000), false);
            }

            time += 500_000 + random.Next(5_000_000);
        }

        return ([.. requests.Take(count)], [.. inTime.Take(count)]);

        void Add(long us, long block, bool due)
        {
            requests.Add(new DeadlineRequest(us, block, random.Next(20) == 0 ? 8192 : 4096));
            inTime.Add(due ^ (random.Next(100) == 0));
        }
    }
}
