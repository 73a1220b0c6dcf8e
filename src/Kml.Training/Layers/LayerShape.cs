namespace Kml.Training.Layers;

/// <summary>What a layer takes or gives for one row.</summary>
/// <param name="Steps">Steps of a sequence; 1 without one.</param>
/// <param name="Units">Numbers a step.</param>
public readonly record struct LayerShape(int Steps, int Units)
{
    /// <summary>Numbers of all steps.</summary>
    internal int Length => ArraySize.Of("The values of a row", Steps, Units);
}
