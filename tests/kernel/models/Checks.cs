using System;

namespace Kml.KernelModels;

/// <summary>Prints checks in the form of <c>lib/checks.sh</c>.</summary>
internal static class Checks
{
    /// <summary>Prints one check.</summary>
    /// <param name="right">Whether it holds.</param>
    /// <param name="name">What is checked.</param>
    /// <param name="otherwise">What was expected and seen, if it does not hold.</param>
    public static void Print(bool right, string name, string otherwise) =>
        Console.WriteLine(right ? $"ok {name}" : $"not ok {name}: {otherwise.ReplaceLineEndings(" ")}");
}
