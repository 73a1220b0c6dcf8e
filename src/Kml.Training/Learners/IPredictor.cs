using System;

namespace Kml.Training;

/// <summary>A fitted model of any kind, as metrics, active learning, drift detection and the online trainer use it.</summary>
/// <remarks>Safe for several threads at once; a call allocates nothing.</remarks>
public interface IPredictor
{
    /// <summary>Numbers that it takes for a row.</summary>
    int Width { get; }

    /// <summary>Classes of a classifier; 0 for a regression.</summary>
    int Classes { get; }

    /// <summary>Bytes that the fitted model takes as the kernel would hold it: parameters and tables, not the code.</summary>
    long SizeBytes { get; }

    /// <summary>Predicts rows.</summary>
    /// <param name="features">Raw (not normalised) features, [feature][row].</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="outputs">Receives, for a classifier, probabilities [class][row]; for a regression, predictions [row] in the label's unit.</param>
    void Predict(ReadOnlySpan<float> features, int rows, Span<float> outputs);
}
