namespace Kml.Benchmarks;

/// <summary>A figure.</summary>
/// <param name="Case">What it was measured on.</param>
/// <param name="Model">The model, or what it is compared with.</param>
/// <param name="Measure">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Format">How it is written.</param>
/// <param name="HalfWidth">Half the width of its 95 % interval, if it is a mean over seeds.</param>
/// <param name="Bytes">Bytes of the model, or of the solve.</param>
/// <param name="Note">What else there is to say.</param>
internal sealed record AccuracyRow(
    string Case,
    string Model,
    string Measure,
    double Value,
    string Format = "F4",
    double? HalfWidth = null,
    long? Bytes = null,
    string Note = "");
