using System;

namespace Kml.Training.Adapting;

/// <summary>Scores rows by what a label of theirs would tell. Once its buffers have grown to the rows at hand, a call allocates nothing.</summary>
/// <remarks>Not safe for several threads at once.</remarks>
public interface IQueryScorer
{
    /// <summary>Scores rows.</summary>
    /// <param name="features">Raw features, [feature][row].</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="scores">Receives, for each row, a number that is not negative: the larger, the more its label would tell.</param>
    void Score(ReadOnlySpan<float> features, int rows, Span<float> scores);

    /// <summary>Lowers the scores of rows about which a row, now chosen, will tell as well. Follows <see cref="Score"/> for the same rows.</summary>
    /// <param name="chosen">The chosen row among those scored.</param>
    /// <param name="scores">The scores, changed in place.</param>
    void Chosen(int chosen, Span<float> scores)
    {
    }
}
