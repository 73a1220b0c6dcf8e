using System;

namespace Kml.Training;

/// <summary>What maps a row to the numbers that a small head decides from: a network up to its last layer, or the normalised features.</summary>
/// <remarks>Safe for several threads at once; a call allocates nothing.</remarks>
public interface IEmbedding
{
    /// <summary>Numbers that it takes for a row.</summary>
    int Width { get; }

    /// <summary>Numbers that it gives for a row.</summary>
    int EmbeddingWidth { get; }

    /// <summary>Maps rows.</summary>
    /// <param name="features">Raw (not normalised) features, [feature][row].</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="embedding">Receives [unit][row].</param>
    void Embed(ReadOnlySpan<float> features, int rows, Span<float> embedding);
}
