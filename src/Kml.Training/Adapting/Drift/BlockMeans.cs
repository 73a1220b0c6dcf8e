namespace Kml.Training.Adapting;

/// <summary>
/// Gives a detector the means of blocks of successive values. Requests that are near in time are alike (a queue stays long for a while); a test that takes them
/// for independent sees a change in every burst. Blocks longer than a burst are nearly independent.
/// </summary>
/// <param name="inner">The detector.</param>
/// <param name="length">Values of a block, at least 1.</param>
public sealed class BlockMeans(IDriftDetector inner, int length) : IDriftDetector
{
    private readonly int _length = length >= 1 ? length : throw new TrainingException($"A block of {length} values has no mean: ask for at least 1.");
    private Moments _block;
    private int _count;

    /// <inheritdoc/>
    public DriftState State { get; private set; }

    /// <inheritdoc/>
    public DriftState Add(double value, double weight = 1)
    {
        Moments.Require(value, weight);
        if (State == DriftState.Drift)
            State = DriftState.None;
        _block += Moments.Of(value, weight);
        if (++_count < _length)
            return State;
        State = inner.Add(_block.Mean, _block.Weight);
        _block = default;
        _count = 0;
        return State;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        inner.Reset();
        _block = default;
        _count = 0;
        State = DriftState.None;
    }
}
