using Kml.Training.Losses;
using Kml.Training.Networks;

namespace Kml.Training.Optimisation;

/// <summary>What is to be fitted to what.</summary>
/// <param name="Form">The network as it is declared.</param>
/// <param name="Loss">Its loss.</param>
/// <param name="Options">How.</param>
/// <param name="Train">Rows to learn from, at least one.</param>
/// <param name="Validation">Rows to decide on, at least one.</param>
internal sealed record DescentTask(NetworkForm Form, Loss Loss, FitOptions Options, PackedRows<float> Train, PackedRows<float> Validation)
{
    /// <summary>Parameters to begin with; null for random ones.</summary>
    internal float[]? Start { get; init; }

    /// <summary>As many layers of the form, from the first, keep their parameters.</summary>
    internal int FrozenLayers { get; init; }
}
