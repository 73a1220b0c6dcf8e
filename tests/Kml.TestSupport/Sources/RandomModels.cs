using System.Collections.Generic;
using System.Linq;
using Kml.Model;

namespace Kml.TestSupport;

/// <summary>Writes random models over a state that has a field of every type.</summary>
public static class RandomModels
{
    /// <summary>The features that each model has.</summary>
    public const int FeatureCount = 3;

    private static readonly (string Name, string Type)[] State =
    [
        ("Flag", "bool"), ("Tiny", "sbyte"), ("Level", "byte"), ("Small", "short"), ("Word", "ushort"), ("Balance", "int"),
        ("Waiting", "uint"), ("Drift", "long"), ("Head", "ulong"), ("Ratio", "Q16"), ("Paint", "Color"),
    ];

    // RandomSource knows what lies in these.
    private const string Places = "public Pair Inner; public Ring Recent; public Pairs Slots; public Past Past; public Grid Grid; public Pasts Pasts;";

    // A policy stands at the label's first event: each event with a lever has its turn, up to the last that follows it.
    private static readonly (EventKind From, EventKind To)[] Ends =
    [
        .. from e in EventCatalog.All
           where e.Levers.Count > 0
           let followers = EventCatalog.All.Where(to => JoinCatalog.Between(e.Kind, to.Kind) is not null).ToArray()
           where followers.Length > 0
           select (e.Kind, followers[^1].Kind),
    ];

    private static readonly string[] Features = ["float", "int", "Q16"];
    private static readonly string[] Labels = ["float", "int", "Q16", "bool", "Color"];

    /// <summary>Writes a file of models.</summary>
    /// <param name="seed">What they follow from.</param>
    /// <param name="count">How many.</param>
    /// <param name="isSmall">Whether most of their bodies are small, and none takes a confidence.</param>
    public static string Source(int seed, int count, bool isSmall = false)
    {
        RandomSource random = new(seed, isSmall);
        return $$"""
            using System;
            using System.Numerics;
            using System.Runtime.CompilerServices;
            using Kml;

            namespace Tests;

            public enum Color : byte { Red, Green, Blue }
            public readonly record struct Point(int X, uint Y);
            [InlineArray(5)] public struct Ring { private uint _first; }
            [InlineArray(3)] public struct Pairs { private Pair _first; }
            [InlineArray(4)] public struct Shorts { private short _first; }
            public struct Past { public int Count; public Shorts Values; }
            [InlineArray(2)] public struct Grid { private Shorts _first; }
            [InlineArray(2)] public struct Pasts { private Past _first; }
            {{random.Functions()}}

            {{string.Join("\n", Enumerable.Range(0, count).Select(i => One(random, i, hasConfidences: !isSmall)))}}
            """;
    }

    private static string One(RandomSource random, int index, bool hasConfidences)
    {
        string feature = Features[index % Features.Length];
        string label = Labels[index % Labels.Length];
        bool useFloat = index % 2 == 0;

        // Both where the body may compute in floating point, of a class.
        (string Name, string Type, bool IsWritable)[] confidences =
            hasConfidences && useFloat && (label is "bool" or "Color") ? [("margin", "float", false), ("probability", "float", false)] : [];
        string more = string.Concat(confidences.Select(c => $", {c.Type} {c.Name}"));
        (EventKind from, EventKind to) = Ends[index % Ends.Length];
        return $$"""
            [KernelModel("m{{index}}")]
            [Budget(Operations = int.MaxValue, FrameBytes = int.MaxValue)]
            [Observe(typeof({{from}}))]
            [Observe(typeof({{to}}))]
            [Dense({{(label == "bool" ? 2 : label == "Color" ? 3 : 1)}})]
            public partial class M{{index}}
            {
                [State] public struct S { {{string.Join(" ", State.Select(f => $"public {f.Type} {f.Name};"))}} {{Places}} }

                [Update] private static void On(in {{from}} e, ref S s)
                {
                    {{random.Body([.. Event("e", from), .. Fields("s", isWritable: true)], useFloat: false, result: null, state: "s", isStateWritable: true)}}
                }

                [Features({{FeatureCount}})] private static void Extract(in {{from}} e, in S s, Span<{{feature}}> x)
                {
                    {{random.Body(
                        [.. Event("e", from), .. Fields("s", isWritable: false)], useFloat || feature == "float", result: null, feature, FeatureCount, state: "s")}}
                }

                [Label] private static {{label}} Learn(in {{from}} a, in {{to}} b)
                {
                    {{random.Body([.. Event("a", from), .. Event("b", to)], useFloat || label == "float", label)}}
                }

                [Verdict] private static bool Judge(in {{from}} e, {{label}} value{{more}})
                {
                    {{random.Body([.. Event("e", from), ("value", label, false), .. confidences], useFloat || label == "float", "bool")}}
                }

                [Policy] private static void Act(ref {{from}} e, {{label}} value{{more}})
                {
                    {{random.Body([.. Event("e", from), ("value", label, false), .. confidences], useFloat || label == "float", result: null, acts: from)}}
                }
            }
            """;
    }

    private static IEnumerable<(string Name, string Type, bool IsWritable)> Fields(string parameter, bool isWritable) =>
        State.Select(f => ($"{parameter}.{f.Name}", f.Type, isWritable));

    private static IEnumerable<(string Name, string Type, bool IsWritable)> Event(string parameter, EventKind kind) =>
        kind.Info().Fields.Select(f => (
            $"{parameter}.{f.Name}",
            f.Name switch { "Operation" => "IoOperation", "Flags" => "IoFlags", _ => CSharp(f.Scalar) },
            false));

    private static string CSharp(ScalarType type) => type switch { ScalarType.U64 => "ulong", ScalarType.I32 => "int", _ => "uint" };
}
