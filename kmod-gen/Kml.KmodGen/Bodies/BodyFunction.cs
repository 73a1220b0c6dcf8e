using Kml.KmodGen.Bodies.Tree;

namespace Kml.KmodGen.Bodies;

/// <summary>A function of the bodies' files.</summary>
/// <param name="Origin">What in the user's file it comes from.</param>
/// <param name="Function">The function.</param>
internal sealed record BodyFunction(string Origin, CFunction Function);
