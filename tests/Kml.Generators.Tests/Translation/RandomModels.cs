using System.Collections.Generic;
using System.Linq;
using Kml.Model;

namespace Kml.Generators.Tests.Translation;

/// <summary>Writes random models over a state that has a field of every type.</summary>
internal static class RandomModels
{
    /// <summary>The features that each model has.</summary>
    public const int FeatureCount = 3;

    private static readonly (string Name, string Type)[] State =
    [
        ("Flag", "bool"), ("Tiny", "sbyte"), ("Level", "byte"), ("Small", "short"), ("Word", "ushort"), ("Balance", "int"),
        ("Waiting", "uint"), ("Drift", "long"), ("Head", "ulong"), ("Ratio", "Q16"), ("Paint", "Color"),
    ];

    private static readonly string[] Features = ["float", "int", "Q16"];
    private static readonly string[] Labels = ["float", "int", "Q16", "bool", "Color"];

    /// <summary>Writes a file of models.</summary>
    /// <param name="seed">What they follow from.</param>
    /// <param name="count">How many.</param>
    public static string Source(int seed, int count)
    {
        RandomSource random = new(seed);
        return $$"""
            using System;
            using Kml;

            namespace Tests;

            public enum Color : byte { Red, Green, Blue }

            {{string.Join("\n", Enumerable.Range(0, count).Select(i => One(random, i)))}}
            """;
    }

    private static string One(RandomSource random, int index)
    {
        string feature = Features[index % Features.Length];
        string label = Labels[index % Labels.Length];
        bool useFloat = index % 2 == 0;
        return $$"""
            [KernelModel("m{{index}}")]
            [Observe(typeof(BioQueue))]
            [Observe(typeof(BlockComplete))]
            [Dense({{(label == "bool" ? 2 : label == "Color" ? 3 : 1)}})]
            public partial class M{{index}}
            {
                [State] public struct S { {{string.Join(" ", State.Select(f => $"public {f.Type} {f.Name};"))}} }

                [Update] private static void On(in BioQueue e, ref S s)
                {
                    {{random.Body([.. Event("e", EventKind.BioQueue), .. Fields("s", isWritable: true)], useFloat: false, result: null)}}
                }

                [Features({{FeatureCount}})] private static void Extract(in BioQueue e, in S s, Span<{{feature}}> x)
                {
                    {{random.Body([.. Event("e", EventKind.BioQueue), .. Fields("s", isWritable: false)], useFloat || feature == "float", result: null, feature, FeatureCount)}}
                }

                [Label] private static {{label}} Learn(in BioQueue a, in BlockComplete b)
                {
                    {{random.Body([.. Event("a", EventKind.BioQueue), .. Event("b", EventKind.BlockComplete)], useFloat || label == "float", label)}}
                }

                [Verdict] private static bool Judge(in BioQueue e, {{label}} value)
                {
                    {{random.Body([.. Event("e", EventKind.BioQueue), ("value", label, false)], useFloat || label == "float", "bool")}}
                }

                [Policy] private static void Act(ref BioQueue e, {{label}} value)
                {
                    {{random.Body([.. Event("e", EventKind.BioQueue), ("value", label, false)], useFloat || label == "float", result: null, lever: true)}}
                }
            }
            """;
    }

    private static IEnumerable<(string Name, string Type, bool IsWritable)> Fields(string parameter, bool isWritable) =>
        State.Select(f => ($"{parameter}.{f.Name}", f.Type, isWritable));

    private static IEnumerable<(string Name, string Type, bool IsWritable)> Event(string parameter, EventKind kind) =>
        kind.Info().Fields.Select(f => (
            $"{parameter}.{f.Name}",
            f.Name switch { "Operation" => "IoOperation", "Flags" => "IoFlags", _ => CSharp(f.Type) },
            false));

    private static string CSharp(ScalarType type) => type switch { ScalarType.U64 => "ulong", ScalarType.I32 => "int", _ => "uint" };
}
