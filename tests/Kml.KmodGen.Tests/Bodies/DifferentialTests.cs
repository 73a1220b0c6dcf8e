using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.Inference.Bodies;
using Kml.TestSupport;
using Xunit;

namespace Kml.KmodGen.Tests.Bodies;

/// <summary>Random bodies do the same as C as they do under C#'s own operators: values, features, state, levers and faults.</summary>
public class DifferentialTests
{
    private const int BodiesAProgram = 80;
    private const int InputsABody = 24;

    [Fact]
    public void Random_bodies_agree_with_the_interpreter() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), Agree)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3));

    [Fact]
    public void Random_bodies_give_no_warning_of_their_form()
    {
        RandomBodies random = new(20);
        using CCompiler compiler = BodyProgram.Folder(BodyBed.Program([.. Enumerable.Range(0, 200).Select(i => RandomCases.One(random, i))]));

        compiler.Run("gcc", [.. BodyProgram.OfForm, .. CCompiler.Float, "-O1", "-fno-strict-aliasing", "-c", "-o", "bodies.o", "bodies.c"]);
    }

    private static void Agree(int seed)
    {
        RandomBodies random = new(seed);
        BodyCase[] cases = [.. Enumerable.Range(0, BodiesAProgram).Select(i => RandomCases.One(random, i))];
        (int Case, BodyInput Input)[] inputs =
        [
            .. Enumerable.Range(0, cases.Length)
                .SelectMany(c => Enumerable.Range(0, InputsABody).Select(_ => (c, BodyMemory.Input(cases[c].Method, cases[c].Model, random.Bits)))),
        ];
        BodyAgreement.Check(cases, inputs, BodyProgram.AllFlavours, $"seed {seed}");
    }
}
