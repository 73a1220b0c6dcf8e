using System.Linq;

using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.Build;

/// <summary>How long an inference keeps the vector registers, as far as the declaration tells.</summary>
public static class GuardedSection
{
    // Saving and restoring vector state, then the slowest engine (SSE2) on a small network, on a current server core: 400 multiply-adds take it 50 ns.
    private const long GuardNs = 140;
    private const long MultiplyAddsPerNs = 8;

    // Of a sigmoid or tanh; relu disappears in the noise.
    private const long CurveNs = 2;

    /// <summary>Estimates the longest guarded section.</summary>
    /// <param name="plan">The lowered network.</param>
    /// <returns>Nanoseconds.</returns>
    public static long EstimateNs(NetworkPlan plan) =>
        GuardNs
        + (plan.MultiplyAdds / MultiplyAddsPerNs)
        + (CurveNs * plan.Layers.Where(l => l.Activation is LayerActivation.Sigmoid or LayerActivation.Tanh).Sum(l => (long)l.Outputs));
}
