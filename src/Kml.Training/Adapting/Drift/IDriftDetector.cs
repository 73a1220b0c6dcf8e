namespace Kml.Training.Adapting;

/// <summary>Watches a stream of numbers (losses, errors, a feature) for a change of its mean. Constant memory; a value allocates nothing.</summary>
/// <remarks>Not safe for several threads at once.</remarks>
public interface IDriftDetector
{
    /// <summary>What the last value came to.</summary>
    DriftState State { get; }

    /// <summary>Takes the next value.</summary>
    /// <param name="value">The value; finite.</param>
    /// <param name="weight">What it counts for, such as 1 over the row's inclusion probability; a value of weight 0 is as if it had not been.</param>
    /// <returns>The state; <see cref="DriftState.Drift"/> once for each change.</returns>
    /// <exception cref="TrainingException">The value or the weight is none.</exception>
    DriftState Add(double value, double weight = 1);

    /// <summary>Forgets all values.</summary>
    void Reset();
}
