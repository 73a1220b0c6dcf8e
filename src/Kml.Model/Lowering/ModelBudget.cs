using System.Linq;

namespace Kml.Model.Lowering;

/// <summary>What a model costs, as far as the declaration tells.</summary>
/// <param name="Parameters">Trained numbers.</param>
/// <param name="WeightBytes">Bytes of the weights in the kernel, padding and integer twin included.</param>
/// <param name="MultiplyAdds">Multiply-adds of a prediction.</param>
/// <param name="GuardedNs">
/// An estimate of the guard and the network, in nanoseconds: of the longest section in which the kernel's FPU is held, all but the model's own methods.
/// </param>
public sealed record ModelBudget(int Parameters, int WeightBytes, int MultiplyAdds, long GuardedNs)
{
    // Saving and restoring vector state, assumed; then the slowest engine (SSE2) at half the speed that docs/figures.md states for a small network.
    private const long GuardNs = 140;
    private const long MultiplyAddsPerNs = 6;

    // Of a sigmoid, tanh or exponential; relu disappears in the noise.
    private const long CurveNs = 2;

    /// <summary>The budget of a network.</summary>
    /// <param name="program">Its program.</param>
    /// <returns>Its budget.</returns>
    public static ModelBudget Of(ModelProgram program) =>
        new(
            program.Parameters,
            program.Size,
            program.MultiplyAdds,
            GuardNs
            + (program.MultiplyAdds / MultiplyAddsPerNs)
            + (CurveNs * program.Stages.Sum(s => (long)s.Curves)));

    /// <summary>The budget of a model.</summary>
    /// <param name="model">The model.</param>
    /// <returns>Its budget.</returns>
    public static ModelBudget Of(ModelSpec model) => Of(ModelProgram.For(model));
}
