using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing.Bodies.Functions;

/// <summary>What to write instead of what .NET has and the kernel has not, by the type that it is a member of.</summary>
internal static class ForeignRemedies
{
    private const string Time = "use the TimeNs of the event";
    private const string Kept = "use an [InlineArray] in the state, or a span of stackalloc";
    private const string Text = "use numbers, or an enum";
    private const string Cast = "use a cast";
    private const string Direct = "use the fields by their names";
    private const string Locked = "leave it out: an [Update] runs under the state's lock";
    private const string Silent = "leave it out: the module has counters, and writes records";
    private const string Waiting = "leave it out: the kernel cannot wait here";

    private static readonly Dictionary<string, string> ByType = new()
    {
        ["DateTime"] = Time,
        ["DateTimeOffset"] = Time,
        ["TimeSpan"] = "use a number of nanoseconds, as TimeNs is",
        ["TimeProvider"] = Time,
        ["Stopwatch"] = Time,
        ["Environment"] = Time,
        ["Random"] = "use Hash.Mix of what the event carries",
        ["HashCode"] = "use Hash.Mix of the parts",
        ["Guid"] = "use a ulong",
        ["Console"] = Silent,
        ["String"] = Text,
        ["StringBuilder"] = Text,
        ["Char"] = "compare with numbers",
        ["List"] = Kept,
        ["Dictionary"] = Kept,
        ["HashSet"] = Kept,
        ["Queue"] = Kept,
        ["Stack"] = Kept,
        ["PriorityQueue"] = Kept,
        ["SortedDictionary"] = Kept,
        ["ConcurrentDictionary"] = Kept,
        ["Array"] = "write a loop over it",
        ["MemoryExtensions"] = "write a loop over it",
        ["Enumerable"] = "write a loop over an [InlineArray], a span or a table",
        ["Convert"] = Cast,
        ["Enum"] = "compare it with its members",
        ["BitConverter"] = "keep the number in a type of its own",
        ["Unsafe"] = Direct,
        ["MemoryMarshal"] = Direct,
        ["Marshal"] = Direct,
        ["Interlocked"] = Locked,
        ["Volatile"] = Locked,
        ["Monitor"] = Locked,
        ["Lock"] = Locked,
        ["Thread"] = Waiting,
        ["Task"] = Waiting,
        ["GC"] = "leave it out: nothing is allocated",
        ["Range"] = "write the range where it is used, of constants",
        ["Index"] = "write the index where it is used",
    };

    private static readonly Dictionary<string, string> ByMethod = new()
    {
        ["Equals"] = "use ==, of a struct on its parts",
        ["CompareTo"] = "use <, == and >",
        ["GetHashCode"] = "use Hash.Mix of the parts",
        ["ToString"] = Text,
        ["GetType"] = "leave it out: each type is known",
        ["CreateTruncating"] = Cast,
        ["CreateSaturating"] = "use Math.Min and a cast",
        ["CreateChecked"] = "use a cast in checked(...)",
        ["Parse"] = "use a constant",
        ["TryParse"] = "use a constant",
        ["ToArray"] = Kept,
        ["TryCopyTo"] = "use CopyTo",
        ["Invoke"] = "call the method itself",
    };

    /// <summary>What to write instead of a type of .NET's.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The remedy, or null where there is none of its own.</returns>
    public static string? For(ITypeSymbol type) =>
        type.DeclaringSyntaxReferences.Length == 0 && ByType.TryGetValue(type.Name, out string? remedy) ? remedy : null;

    /// <summary>What to write instead of a method of .NET's.</summary>
    /// <param name="method">The method.</param>
    /// <returns>The remedy, or null where there is none of its own.</returns>
    public static string? For(IMethodSymbol method) => ByMethod.TryGetValue(method.Name, out string? remedy) ? remedy : For(method.ContainingType);
}
