using System.Globalization;
using System.Linq;

namespace Kml.Generators.Emission;

/// <summary>Names the file that completes a class.</summary>
internal static class HintName
{
    /// <summary>The name: by the class, not the model, since two models of one name must reach those who say so.</summary>
    /// <remarks>
    /// Roslyn takes few characters beside ASCII's letters and digits, and no two names that differ in case alone; C# takes more.
    /// The hash of the exact name tells such classes apart.
    /// </remarks>
    /// <param name="name">The class's full name.</param>
    /// <param name="suffix">Tells files about one class apart.</param>
    public static string Of(string name, string suffix = "")
    {
        string readable = new([.. name.Select(c => c is '.' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') ? c : '_')]);
        return $"{readable}.{Hash(name).ToString("x8", CultureInfo.InvariantCulture)}{suffix}.g.cs";
    }

    // FNV-1a: the framework's own hash of a string differs from run to run.
    private static uint Hash(string text) => text.Aggregate(2166136261u, (hash, c) => unchecked((hash ^ c) * 16777619u));
}
