using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Reflection;

namespace Kml.Training.Optimisation;

/// <summary>Declarations (records of numbers, words and lists) as text that is equal when they are, on every machine.</summary>
internal static class DeclarationText
{
    /// <summary>Writes a declaration.</summary>
    /// <param name="declaration">A record, a list, or a value; null for none.</param>
    /// <returns>The text.</returns>
    internal static string Of(object? declaration) => declaration switch
    {
        null => "none",
        string text => text,
        Enum word => word.ToString(),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        bool or int or long or uint or ulong or TimeSpan => Convert.ToString(declaration, CultureInfo.InvariantCulture)!,
        IEnumerable list => $"[{string.Join(", ", list.Cast<object>().Select(Of))}]",
        _ => $"{declaration.GetType().Name}({string.Join(", ", Properties(declaration))})",
    };

    private static string[] Properties(object declaration) =>
    [
        .. declaration.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)
            .OrderBy(property => property.Name, StringComparer.Ordinal)
            .Select(property => $"{property.Name} = {Of(property.GetValue(declaration))}"),
    ];
}
