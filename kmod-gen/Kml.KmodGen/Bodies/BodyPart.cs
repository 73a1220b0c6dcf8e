namespace Kml.KmodGen.Bodies;

/// <summary>A part of the bodies' files: a function or a table.</summary>
/// <param name="Origin">What in the user's file it comes from.</param>
/// <param name="Text">Its C.</param>
internal sealed record BodyPart(string Origin, string Text);
