using System;

namespace Kml.KernelModels;

/// <summary>
/// A classification with integer features, from issue to completion. Its bodies fault on purpose: the features until a request has completed,
/// an update at a completion without bytes.
/// </summary>
[KernelModel("outcome")]
[Observe(typeof(BlockIssue))]
[Observe(typeof(BlockComplete))]
[Dense(8, Activation.Relu)]
[Dense(3)]
[Ring(Records = 2048)]
public partial class Outcome
{
    public enum Kind
    {
        Quick,
        Slow,
        Failed,
    }

    [State]
    public struct History
    {
        public uint Issued;
        public uint Completed;
        public uint Failures;
        public uint PerMegabyte;
        public bool LastFailed;
        public IoOperation LastOperation;
    }

    [Update]
    private static void On(in BlockIssue e, ref History h)
    {
        h.Issued++;
        h.LastOperation = e.Operation;
    }

    [Update]
    private static void On(in BlockComplete e, ref History h)
    {
        h.Completed++;
        h.LastFailed = e.Error != 0;
        if (h.LastFailed)
            h.Failures++;
        h.PerMegabyte = 1048576u / e.Bytes;
    }

    [Features(5)]
    private static void Extract(in BlockIssue e, in History h, Span<int> x)
    {
        x[0] = (int)(h.Issued - h.Completed);
        x[1] = (int)(1000 * h.Failures / h.Completed);
        x[2] = h.LastFailed ? 1 : 0;
        x[3] = (int)e.Operation - (int)h.LastOperation;
        x[4] = (int)Math.Min(e.Sectors, 2048u) - (int)h.PerMegabyte;
    }

    [Label]
    private static Kind Classify(in BlockIssue a, in BlockComplete b) =>
        b.Error != 0 ? Kind.Failed : b.TimeNs - a.TimeNs > 5000000 ? Kind.Slow : Kind.Quick;

    [Verdict]
    private static bool IsTrouble(in BlockIssue e, Kind kind) => kind != Kind.Quick;
}
