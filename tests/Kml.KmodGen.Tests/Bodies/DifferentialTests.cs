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

    // A clamp whose bounds cross has faulted, and divides as 0 until the fault is tested.
    [Theory]
    [InlineData(696795119)]
    [InlineData(549534241)]
    [InlineData(941431010)]
    public void Programs_that_once_differed_agree(int seed) => Agree(seed);

    private static void Agree(int seed)
    {
        RandomBodies random = new(seed);
        BodyCase[] cases = [.. Enumerable.Range(0, BodiesAProgram).Select(i => Case(random, i))];
        (int Case, BodyInput Input)[] inputs =
        [
            .. Enumerable.Range(0, cases.Length)
                .SelectMany(c => Enumerable.Range(0, InputsABody).Select(_ => (c, BodyAgreement.Input(random, cases[c].Method)))),
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
            State = new(StateScope.PerDevice, RandomBodies.State),
            Features = new(Features, feature, method),
            Label = new(label, label == ScalarType.U32 ? 3 : 0, EventKind.BioQueue, EventKind.BlockComplete, method),
        };
        return new(role, method, model);
    }
}
