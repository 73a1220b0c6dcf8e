using System.Collections.Generic;
using System.Linq;
using System.Threading;
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
            bool busy = recorders.Sum(r => r.Drain()) > 0 || recorders.Any(r => r.Controls.Join().InFlight > 0);
            quiet = busy ? 0 : quiet + 1;
            if (tries == 500)
                throw new KernelModelException("Requests are still under way 10 seconds after the last was submitted.");
            Thread.Sleep(20);
        }
    }

    /// <summary>Checks the identities of a settled module, to the unit.</summary>
    public static void Check(Recorder recorder)
    {
        JoinCounts join = recorder.Controls.Join();
        RingCounts ring = recorder.Controls.Ring();
        PredictionCounts predictions = recorder.Controls.Predictions();
        if (join.Off != 0)
            throw new KernelModelException($"{recorder.Model}: the join's account is off by {join.Off}: {join}");
        if (ring.Off != 0)
            throw new KernelModelException($"{recorder.Model}: the ring's account is off by {ring.Off}: {ring}");
        if (ring.Produced != join.Labelled)
            throw new KernelModelException($"{recorder.Model}: {join.Labelled} requests were labelled, but {ring.Produced} records made.");
        if (predictions.Off != 0)
            throw new KernelModelException($"{recorder.Model}: the predictions' account is off by {predictions.Off}: {predictions}");
    }
}
