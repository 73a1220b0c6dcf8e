using System;
using Kml.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing.Bodies.Functions;

/// <summary>The types whose static methods stand for functions: a method that several of them have means the same in each.</summary>
[Flags]
internal enum FunctionHome
{
    None = 0,
    Math = 1 << 0,
    MathF = 1 << 1,
    Q16 = 1 << 2,
    Integer = 1 << 3,
    Float = 1 << 4,
    Double = 1 << 5,
    BitOperations = 1 << 6,
    KmlMath = 1 << 7,
    Saturating = 1 << 8,
    Buckets = 1 << 9,
    Hash = 1 << 10,
    Ewma = 1 << 11,
    Reciprocal = 1 << 12,
}

/// <summary>Finds the home that a type is.</summary>
internal static class FunctionHomes
{
    private static readonly (string Type, FunctionHome Home)[] Named =
    [
        ("System.Math", FunctionHome.Math),
        ("System.MathF", FunctionHome.MathF),
        (KmlNames.Q16, FunctionHome.Q16),
        ("Kml.KmlMath", FunctionHome.KmlMath),
        ("Kml.Saturating", FunctionHome.Saturating),
        ("Kml.Buckets", FunctionHome.Buckets),
        ("Kml.Hash", FunctionHome.Hash),
        ("Kml.Ewma", FunctionHome.Ewma),
        ("Kml.Reciprocal", FunctionHome.Reciprocal),
    ];

    /// <summary>The home that a type is, or none.</summary>
    public static FunctionHome Of(INamedTypeSymbol type)
    {
        switch (type.SpecialType)
        {
            case >= SpecialType.System_SByte and <= SpecialType.System_UInt64:
                return FunctionHome.Integer;
            case SpecialType.System_Single:
                return FunctionHome.Float;
            case SpecialType.System_Double:
                return FunctionHome.Double;
        }

        foreach ((string name, FunctionHome home) in Named)
        {
            if (type.IsNamed(name))
                return home;
        }

        bool isBits = type is { Name: "BitOperations", ContainingType: null, ContainingNamespace: { Name: "Numerics", ContainingNamespace: { } above } }
            && above is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };
        return isBits ? FunctionHome.BitOperations : FunctionHome.None;
    }
}
