namespace Kml.Training.Networks;

/// <summary>Where the parameters of a layer lie in those of its network.</summary>
/// <param name="Offset">The first of them, a multiple of 16.</param>
/// <param name="Count">Their number.</param>
internal readonly record struct ParameterSlice(int Offset, int Count);
