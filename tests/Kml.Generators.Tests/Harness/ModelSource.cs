using System;
using Shouldly;

namespace Kml.Generators.Tests.Harness;

/// <summary>A model without errors, from which tests make others by replacing a part.</summary>
internal static class ModelSource
{
    public const string Good = """
        using System;
        using Kml;

        namespace Tests;

        [KernelModel("issue_time")]
        [Observe(typeof(BioQueue))]
        [Observe(typeof(BlockIssue))]
        [Dense(16, Activation.Relu)]
        [Dense(1)]
        [Ring(Records = 1024)]
        public partial class IssueTime
        {
            [State]
            public struct Queue
            {
                public uint Waiting;
                public ulong LastSector;
            }

            [Update]
            private static void On(in BioQueue e, ref Queue q)
            {
                q.Waiting++;
            }

            [Update]
            private static void On(in BlockIssue e, ref Queue q)
            {
                q.Waiting--;
                q.LastSector = e.Sector;
            }

            [Features(2)]
            private static void Extract(in BioQueue e, in Queue q, Span<float> x)
            {
                x[0] = q.Waiting;
                x[1] = Math.Abs((long)(e.Sector - q.LastSector)) / (float)e.DiskSectors;
            }

            [Label]
            private static float WaitUs(in BioQueue a, in BlockIssue b) => (b.TimeNs - a.TimeNs) / 1000f;

            [Verdict]
            private static bool Late(in BioQueue e, float us) => us > (e.Operation == IoOperation.Read ? 500f : 5000f);

            [Policy]
            private static void Act(ref BioQueue e, float us)
            {
                if (us > 2000)
                    e.RaisePriority(IoPriority.RealTime);
            }
        }
        """;

    /// <summary>The good model with parts replaced.</summary>
    /// <param name="replacements">What is there exactly once, and what to put there instead.</param>
    public static string With(params (string Old, string New)[] replacements)
    {
        string source = Good;
        foreach ((string old, string replacement) in replacements)
        {
            source.Split(old).Length.ShouldBe(2, $"'{old}' must be in the source once");
            source = source.Replace(old, replacement, StringComparison.Ordinal);
        }

        return source;
    }

    /// <summary>The good model with another body for one update; its local names are <c>e</c> and <c>q</c>.</summary>
    public static string WithUpdate(string body) => With(("q.Waiting++;", body));

    /// <summary>The good model with statements before those of the features; its names are <c>e</c>, <c>q</c> and <c>x</c>.</summary>
    public static string WithFeatures(string statements) => With(("x[0] = q.Waiting;", statements + "\n        x[0] = q.Waiting;"));
}
