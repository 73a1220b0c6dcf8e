using Kml.Model;

namespace Kml.KmodGen.Compute.Stages;

/// <summary>The word by which templates know a type.</summary>
internal static class TypeWord
{
    public static string Of(ScalarType type) => type.ToString().ToLowerInvariant();
}
