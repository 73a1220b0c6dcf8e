using System;

namespace Kml.Generators.Parsing.Bodies.Values;

/// <summary>Double literals, which models write as floats. The refusal and the editor's fix share it.</summary>
internal static class DoubleLiteral
{
    /// <summary>Whether a float holds the value, rounded: C# refuses one that is too great, and makes zero of one that is too small.</summary>
    public static bool FitsFloat(double value) => value == 0 || Math.Abs((float)value) is > 0 and <= float.MaxValue;

    /// <summary>The literal as a float's.</summary>
    /// <param name="text">The double's, with or without its suffix.</param>
    public static string AsFloat(string text) => text.TrimEnd('d', 'D') + "f";
}
