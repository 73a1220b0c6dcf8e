using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using FsCheck;
using FsCheck.Fluent;
using Kml.Generators.Tests.Harness;
using Kml.Model;
using Kml.TestSupport;
using Microsoft.CodeAnalysis;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests.Translation;

/// <summary>
/// Random bodies mean the same in C# and in translation: .NET runs the one, an interpreter of the naive kind the other, and values,
/// features, state, levers and faults are compared.
/// </summary>
public class TranslationTests
{
    private const int ModelsAFile = 10;
    private const int InputsAModel = 40;

    [Fact]
    public void Random_bodies_mean_the_same_in_CSharp_and_in_translation() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), Agree)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5));

    private static void Agree(int seed)
    {
        string source = RandomModels.Source(seed, ModelsAFile);
        GeneratorRun run = GeneratorRun.Of(source);
        using MemoryStream stream = new();
        run.Output.Emit(stream).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ShouldBeEmpty(source);
        IEnumerable<string> refusals = AnalyzerRun.Run(source).Result
            .Select(d => $"{d}\n{source.Split('\n')[d.Location.GetLineSpan().StartLinePosition.Line]}");
        run.Models.Count.ShouldBe(ModelsAFile, $"seed {seed}: {string.Join('\n', refusals)}");
        stream.Position = 0;
        Assembly assembly = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream);

        RandomBodies bits = new(seed);
        foreach (ModelSpec model in run.Models)
        {
            ModelRunner runner = ModelRunner.Of(assembly, "Tests." + model.Name.ToUpperInvariant());
            for (int i = 0; i < InputsAModel; i++)
                ModelAgreement.Check(runner, model, bits.Bits, $"seed {seed}, model {model.Name}, input {i}\n{source}");
        }
    }
}
