using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Replay;

/// <summary>Writes models whose networks are drawn: shapes, activations, types, rings. Their bodies are plain; those of RandomModels are not.</summary>
internal static class DrawnNetworks
{
    private static readonly string[] Activations = ["Relu", "Tanh", "Sigmoid", "Identity"];
    private static readonly string[] Features = ["float", "int", "Q16"];
    private static readonly string[] Labels = ["float", "int", "Q16", "bool", "Pace"];

    // Around the widths of registers and of the blocks that layers are cut into. Any two fit the kernel's stack together; the widest fit it alone.
    private static readonly int[] Widths = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33, 48, 64, 80];
    private static readonly int[] Widest = [100, 128];

    /// <summary>Writes a file of models.</summary>
    /// <param name="seed">What they follow from.</param>
    /// <param name="count">How many.</param>
    public static string Source(int seed, int count)
    {
        Random random = new(seed);
        return $$"""
            using System;
            using Kml;

            namespace Drawn;

            public enum Pace : byte { Quick, Fair, Slow }

            {{string.Join("\n", Enumerable.Range(0, count).Select(i => One(random, i)))}}
            """;
    }

    private static string One(Random random, int index)
    {
        string feature = Features[index % Features.Length], label = Labels[index % Labels.Length];
        string to = random.Next(2) == 0 ? "BlockIssue" : "BlockComplete";
        int features = random.Next(1, 34);
        return $$"""
            [KernelModel("n{{index}}")]
            [Observe(typeof(BioQueue))]
            [Observe(typeof({{to}}))]
            {{Layers(random, label)}}
            {{(random.Next(2) == 0 ? "" : $"[Ring(Records = {64 << random.Next(8)}, WhenFull = WhenFull.Drop)]")}}
            public partial class N{{index}}
            {
                [Features({{features}})] private static void Extract(in BioQueue e, Span<{{feature}}> x)
                {
                    {{string.Join(" ", Enumerable.Range(0, features).Select(i => $"x[{i}] = {Feature(random, feature)};"))}}
                }

                [Label] private static {{label}} Learn(in BioQueue a, in {{to}} b) => {{Label(label)}};
            }
            """;
    }

    private static string Layers(Random random, string label)
    {
        List<string> layers = [];
        int hidden = random.Next(4);
        int[] widths = hidden == 1 ? [.. Widths, .. Widest] : Widths;
        for (int i = hidden; i > 0; i--)
            layers.Add($"[Dense({widths[random.Next(widths.Length)]}, Activation.{Activations[random.Next(Activations.Length)]})]");
        layers.Add($"[Dense({label switch { "bool" => 2, "Pace" => 3, _ => 1 }})]");
        return string.Join("\n", layers);
    }

    private static string Feature(Random random, string type)
    {
        string value = $"({(random.Next(2) == 0 ? "e.Sectors" : "(uint)e.Sector")} * {random.Next(1, 9)}u % {random.Next(2, 4000)}u)";
        return type switch { "float" => value, "int" => $"(int){value}", _ => $"(Q16)(int){value}" };
    }

    private static string Label(string type)
    {
        const string Us = "((b.TimeNs - a.TimeNs) / 1000)";
        return type switch
        {
            "float" => Us,
            "int" => $"(int)Math.Min({Us}, 1000000)",
            "Q16" => $"(Q16)(int)Math.Min({Us} / 100, 30000)",
            "bool" => $"{Us} > 5000",
            _ => $"{Us} > 8000 ? Pace.Slow : {Us} > 3000 ? Pace.Fair : Pace.Quick",
        };
    }
}
