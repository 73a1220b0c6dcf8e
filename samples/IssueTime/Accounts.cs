using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Kml.Model;
using Kml.Runtime;

namespace IssueTimeSample;

/// <summary>Checks that a module has accounted for every request, record and prediction.</summary>
internal static class Accounts
{
    /// <summary>Takes records until no request is under way and no record waits.</summary>
    public static void Settle(IReadOnlyList<Recorder> recorders)
    {
        for (int quiet = 0, tries = 0; quiet < 5; tries++)
        {
            bool busy = recorders.Sum(r => r.Drain()) > 0 || recorders.Any(r => r.Controls.Counters(CounterCatalog.Join)[CounterCatalog.InFlight] > 0);
            quiet = busy ? 0 : quiet + 1;
            if (tries == 500)
                throw new KernelModelException("Requests are still under way 10 seconds after the last was submitted.");
            Thread.Sleep(20);
        }
    }

    /// <summary>Checks the identities of a settled module, to the unit.</summary>
    public static void Check(Recorder recorder)
    {
        CounterValues counters = recorder.Controls.Counters();
        foreach (CounterGroup group in CounterCatalog.Groups.Where(g => g.Parts.Count > 0 && counters.Off(g) != 0))
            throw new KernelModelException($"{recorder.Model}: the account of {group.Title} is off by {counters.Off(group)}: {counters.Text(group)}");
        if (counters[CounterCatalog.Produced] != counters[CounterCatalog.Labelled])
        {
            throw new KernelModelException($"{recorder.Model}: {counters[CounterCatalog.Labelled]} requests were labelled, "
                + $"but {counters[CounterCatalog.Produced]} records made.");
        }
    }
}
