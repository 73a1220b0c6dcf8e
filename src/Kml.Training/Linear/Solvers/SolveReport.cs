namespace Kml.Training.Linear;

/// <summary>What solving took, and how exactly it was done.</summary>
/// <param name="PeakBytes">Bytes taken for the solve beside the samples; known, and held against the limit, before any of it is taken.</param>
/// <param name="Iterations">Passes over the rows; 1 for a closed form.</param>
/// <param name="Residual">What is left of the equations, relative to their right side (ridge), or the largest slope that is left (logistic).</param>
/// <param name="Converged">
/// Whether the residual is as small as was asked for. If not, the weights are the best so far: raise the penalty, or drop features that repeat others.
/// </param>
public sealed record SolveReport(long PeakBytes, int Iterations, double Residual, bool Converged);
