using System;
using System.Runtime.CompilerServices;

namespace Kml.KernelModels;

/// <summary>
/// A classification with integer features, from issue to completion, in as much of the language as goes into one model. Its bodies fault on purpose:
/// the features until a request has completed, an update at a completion without bytes.
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

    /// <summary>A request that has completed.</summary>
    public struct Done
    {
        public uint Sectors;
        public byte Operation;
        public bool Failed;
    }

    /// <summary>The last requests of a disk, in a ring.</summary>
    [InlineArray(8)]
    public struct LastDone
    {
        private Done _element;
    }

    /// <summary>How many requests had a size of each power of two.</summary>
    [InlineArray(12)]
    public struct Sizes
    {
        private ushort _count;
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
        public byte Next;
        public LastDone Last;
        public Sizes Issues;

        public readonly uint Waiting => Issued - Completed;

        public void Remember(in Done done)
        {
            Last[Next % 8] = done;
            Next++;
        }
    }

    [Update]
    private static void On(in BlockIssue e, ref History h)
    {
        h.Issued++;
        h.LastOperation = e.Operation;
        ref ushort count = ref h.Issues[Buckets.Log2(e.Sectors, 12)];
        count = Saturating.Add(count, (ushort)1);
    }

    [Update]
    private static void On(in BlockComplete e, ref History h)
    {
        h.Completed++;
        h.LastFailed = e.Error != 0;
        if (h.LastFailed)
            h.Failures++;
        h.Remember(new Done { Sectors = e.Sectors, Operation = (byte)e.Operation, Failed = h.LastFailed });
        h.PerMegabyte = 1048576u / e.Bytes;
    }

    [Features(8)]
    private static void Extract(in BlockIssue e, in History h, Span<int> x)
    {
        x[0] = (int)h.Waiting;
        x[1] = (int)(1000 * h.Failures / h.Completed);
        x[2] = h.LastFailed ? 1 : 0;
        x[3] = (int)e.Operation - (int)h.LastOperation;
        x[4] = (int)Math.Min(e.Sectors, 2048u) - (int)h.PerMegabyte;
        (int failed, int written) = Count(in h.Last);
        x[5] = failed - written;
        x[6] = MostCommon(h.Issues) - Buckets.Log2(e.Sectors, 12);
        x[7] = e.Operation switch
        {
            IoOperation.Read => 0,
            IoOperation.Write when e.Sectors is >= 256 => 3,
            IoOperation.Write or IoOperation.Discard => 2,
            _ => 1,
        };
    }

    /// <summary>How many of the last requests failed, and how many were writes.</summary>
    private static (int Failed, int Written) Count(in LastDone last)
    {
        int failed = 0, written = 0;
        foreach (ref readonly Done done in last)
        {
            if (done.Failed)
                failed++;
            else if (done.Operation == (byte)IoOperation.Write)
                written++;
        }

        return (failed, written);
    }

    /// <summary>The bucket with the most requests, the first of those that have as many.</summary>
    private static int MostCommon(ReadOnlySpan<ushort> counts)
    {
        int most = 0;
        for (int i = 1; i < counts.Length; i++)
        {
            if (counts[i] > counts[most])
                most = i;
        }

        return most;
    }

    [Label]
    private static Kind Classify(in BlockIssue a, in BlockComplete b) =>
        b.Error != 0 ? Kind.Failed : b.TimeNs - a.TimeNs > 5000000 ? Kind.Slow : Kind.Quick;

    [Verdict]
    private static bool IsTrouble(in BlockIssue e, Kind kind) => kind != Kind.Quick;
}
