using System;
using Kml;

namespace Models;

public enum Service
{
    Fast,
    Usual,
    Slow,
}

/// <summary>With floating point, a classification, from insertion to completion, without verdict and policy.</summary>
[KernelModel("service_class")]
[Observe(typeof(BlockInsert))]
[Observe(typeof(BlockIssue))]
[Observe(typeof(BlockComplete))]
[Dense(24, Activation.Sigmoid)]
[Dense(3)]
[Ring(Records = 1024)]
public partial class ServiceClass
{
    [State]
    public struct Disk
    {
        public ulong LastIssueNs, LastSector;
        public uint InFlight;
    }

    [Update]
    private static void Issue(in BlockIssue e, ref Disk d)
    {
        d.LastIssueNs = e.TimeNs;
        d.LastSector = e.Sector;
        d.InFlight++;
    }

    [Update]
    private static void Complete(in BlockComplete e, ref Disk d) => d.InFlight -= Math.Min(d.InFlight, 1);

    [Features(4)]
    private static void Extract(in BlockInsert e, in Disk d, Span<float> x)
    {
        float gap = (e.TimeNs - d.LastIssueNs) / 1e6f;

        x[0] = Math.Clamp(gap, 0f, 1000f);
        x[1] = Math.Abs((long)(e.Sector - d.LastSector)) / (float)e.DiskSectors;
        x[2] = e.Sectors * 0.1f;
        x[3] = d.InFlight;
    }

    [Label]
    private static Service Took(in BlockInsert a, in BlockComplete b)
    {
        ulong us = (b.TimeNs - a.TimeNs) / 1000;
        return us < 500 ? Service.Fast : us < 20_000 ? Service.Usual : Service.Slow;
    }
}
