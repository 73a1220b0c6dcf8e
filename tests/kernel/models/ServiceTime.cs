using System;

namespace Kml.KernelModels;

/// <summary>Fixed point throughout, so that there is an integer twin: from queueing to completion.</summary>
[KernelModel("service_time")]
[Observe(typeof(BioQueue))]
[Observe(typeof(BlockComplete))]
[Dense(16, Activation.Sigmoid)]
[Dense(8, Activation.Relu)]
[Dense(1)]
[Ring(Records = 2048)]
public partial class ServiceTime
{
    [State]
    public struct Disk
    {
        public int InFlight;
        public Q16 MeanMs;
        public ulong LastSector;
        public ulong LastNs;
        public uint Region;
    }

    [Update]
    private static void On(in BioQueue e, ref Disk d)
    {
        d.InFlight++;
        d.LastSector = e.Sector + e.Sectors;
        d.LastNs = e.TimeNs;
    }

    [Update]
    private static void On(in BlockComplete e, ref Disk d)
    {
        d.InFlight--;
        ulong ns = e.TimeNs - d.LastNs;
        Q16 ms = (Q16)(ns / 1000000) + (Q16)(ns % 1000000 / 1000) / (Q16)1000;
        d.MeanMs = d.MeanMs + (ms - d.MeanMs) / (Q16)8;
        d.Region = (uint)(e.Sector / 4096 * 64 / e.DiskSectors);
    }

    [Features(5)]
    private static void Extract(in BioQueue e, in Disk d, Span<Q16> x)
    {
        long distance = (long)(e.Sector - d.LastSector);
        x[0] = (Q16)d.InFlight;
        x[1] = d.MeanMs;
        x[2] = e.Operation == IoOperation.Read ? Q16.Zero : Q16.One;
        x[3] = (Q16)(e.Sectors / 8);
        x[4] = distance == 0 ? Q16.Zero : (Q16)Math.Abs(distance) / (Q16)1024;
    }

    [Label]
    private static Q16 Milliseconds(in BioQueue a, in BlockComplete b)
    {
        ulong ns = b.TimeNs - a.TimeNs;
        return (Q16)(ns / 1000000) + (Q16)(ns % 1000000 / 1000) / (Q16)1000;
    }

    [Verdict]
    private static bool IsLong(in BioQueue e, Q16 ms) => ms > (Q16)20;

    [Policy]
    private static void Act(ref BioQueue e, Q16 ms)
    {
        if (ms > (Q16)20)
            e.RaisePriority(IoPriority.RealTime);
    }
}
