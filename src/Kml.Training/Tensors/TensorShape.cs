namespace Kml.Training.Tensors;

/// <summary>
/// The shape of a tensor over a batch: <c>[step][unit][row]</c>, rows innermost, so that vectors run across the rows of a batch whatever the width of a layer.
/// </summary>
/// <param name="Steps">Steps of a sequence; 1 without one.</param>
/// <param name="Units">Features, neurons or channels.</param>
/// <param name="Rows">Rows of a batch.</param>
public readonly record struct TensorShape(int Steps, int Units, int Rows)
{
    /// <summary>The number of elements.</summary>
    public int Length => ArraySize.Of("The values of a layer", Steps, Units, Rows);
}
