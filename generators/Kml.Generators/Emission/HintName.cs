using System.Globalization;
using System.Linq;
using Kml.Generators.Parsing;

namespace Kml.Generators.Emission;

/// <summary>Names the file that completes a class.</summary>
internal static class HintName
{
    /// <summary>The name: by the class, not the model, since two models of one name must reach the analyzer that says so.</summary>
    /// <remarks>
    /// Roslyn takes few characters beside ASCII's letters and digits, and no two names that differ in case alone; C# takes more.
    /// The hash of the exact name tells such classes apart.
    /// </remarks>
    public static string Of(ParsedModel model)
    {
        string name = model.Namespace.Length == 0 ? model.ClassName : model.Namespace + "." + model.ClassName;
        string readable = new([.. name.Select(c => c is '.' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') ? c : '_')]);
        return $"{readable}.{Hash(name).ToString("x8", CultureInfo.InvariantCulture)}.g.cs";
    }

    // FNV-1a: the framework's own hash of a string differs from run to run.
    private static uint Hash(string text) => text.Aggregate(2166136261u, (hash, c) => unchecked((hash ^ c) * 16777619u));
}
