using System;
using System.Runtime.CompilerServices;

namespace Kml.Programs.Trial;

/// <summary>The faults of bodies by number, as <c>kml_arith.h</c> has them, and the exceptions that they are in .NET.</summary>
internal static class Faults
{
    /// <summary>No fault.</summary>
    public const int None = 0;

    /// <summary>A value that a switch expression has no arm for; the last fault that .NET has, too.</summary>
    private const int Match = 6;

    /// <summary>An exception that stands for no fault.</summary>
    public const int Other = 100;

    /// <summary>The program ended within C: at a trap, or because it took too long.</summary>
    public const int Ended = 101;

    private static readonly string[] Names = ["none", "divide", "overflow", "argument", "nan", "index", "match", "bound"];

    /// <summary>A fault of which no more is known.</summary>
    public const int Some = Match;

    /// <summary>How a run ended: 0 at its end, 1 with a fault that both may have, else its own number.</summary>
    public static int Ends(int fault) => fault is > None and <= Match ? 1 : fault;

    /// <summary>The fault of an exception.</summary>
    public static int Of(Exception exception) => exception switch
    {
        DivideByZeroException => 1,
        OverflowException => 2,
        ArgumentException => 3,
        ArithmeticException => 4,
        IndexOutOfRangeException => 5,
        SwitchExpressionException => Match,
        _ => Other,
    };

    /// <summary>What a fault is called.</summary>
    public static string Name(int fault) =>
        fault == Ended ? "a trap or no end" : fault >= 0 && fault < Names.Length ? Names[fault] : fault == Other ? "another exception" : $"number {fault}";
}
