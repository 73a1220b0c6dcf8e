namespace Kml.Generators.Emission;

/// <summary>A file to add to the compilation.</summary>
/// <param name="HintName">Its name, the same in every run.</param>
/// <param name="Text">Its text.</param>
internal sealed record SourceFile(string HintName, string Text);
