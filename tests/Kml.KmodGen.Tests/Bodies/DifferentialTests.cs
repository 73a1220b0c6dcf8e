using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.Inference.Bodies;
using Kml.KmodGen.Bodies;
using Kml.Model;
using Kml.TestSupport;
using Xunit;

namespace Kml.KmodGen.Tests.Bodies;

/// <summary>Random bodies do the same as C as they do under C#'s own operators: values, features, state, levers and faults.</summary>
public class DifferentialTests
{
    private const int BodiesAProgram = 80;
    private const int InputsABody = 24;
    private const int Features = 4;

    [Fact]
    public void Random_bodies_agree_with_the_interpreter() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), Agree)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3));

    // What is always true of a random body, or never, is so by chance; how it is written is not.
    [Fact]
    public void Random_bodies_give_no_warning_of_their_form()
    {
        RandomBodies random = new(20);
        BodyCase[] cases = [.. Enumerable.Range(0, 200).Select(i => Case(random, i))];
        using CCompiler compiler = BodyAgreement.Compiler(cases);

        compiler.Run("gcc", [
            .. CCompiler.Strict, .. CCompiler.Float, "-O1", "-fno-strict-aliasing", "-Wno-type-limits", "-Wno-tautological-compare", "-Wno-bool-compare",
            "-Wno-unused-const-variable", "-Wno-div-by-zero",
            "-c", "-o", "bodies.o", "bodies.c",
        ]);
    }

    private static void Agree(int seed)
    {
        RandomBodies random = new(seed);
        BodyCase[] cases = [.. Enumerable.Range(0, BodiesAProgram).Select(i => Case(random, i))];
        (int Case, BodyInput Input)[] inputs =
        [
            .. Enumerable.Range(0, cases.Length)
                .SelectMany(c => Enumerable.Range(0, InputsABody).Select(_ => (c, BodyMemory.Input(cases[c].Method, cases[c].Model, random.Bits)))),
        ];
        BodyAgreement.Check(cases, inputs, BodyAgreement.AllFlavours, $"seed {seed}");
    }

    private static BodyCase Case(RandomBodies random, int index)
    {
        ScalarType feature = new[] { ScalarType.F32, ScalarType.I32, ScalarType.Q16 }[index % 3];
        ScalarType label = new[] { ScalarType.F32, ScalarType.I32, ScalarType.Q16, ScalarType.U32 }[index % 4];
        BodyRole role = (BodyRole)(index % 5);
        Method method = role switch
        {
            BodyRole.Update => random.Update(),
            BodyRole.Features => random.Features(feature, Features),
            BodyRole.Label => random.Label(label),
            BodyRole.Verdict => random.Verdict(label),
            _ => random.Policy(label),
        };
        ModelSpec model = SampleModels.Minimal() with
        {
            State = new(StateScope.PerDevice, BodyState.Fields),
            Features = new(Features, feature, method),
            Label = new(label, label == ScalarType.U32 ? 3 : 0, EventKind.BioQueue, EventKind.BlockComplete, method),
            Functions = random.Functions,
        };
        return new(role, method, model);
    }
}
