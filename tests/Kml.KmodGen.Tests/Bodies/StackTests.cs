using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Kml.KmodGen.Bodies;
using Kml.Model;
using Kml.Model.Lowering.Budgets;
using Kml.TestSupport;
using Shouldly;
using Xunit;
using static Kml.KmodGen.Tests.Bodies.FormBuilder;

namespace Kml.KmodGen.Tests.Bodies;

/// <summary>What a compiler makes of bodies takes no more stack than their budgets say.</summary>
public class StackTests
{
    // As the kernel is compiled, but each function with a frame of its own: a budget adds them up.
    private static readonly string[] Flags =
    [
        "-std=gnu11", "-w", "-mno-red-zone", "-fno-inline", "-fno-ipa-cp", "-fno-ipa-sra", "-fstack-usage",
        .. CCompiler.Float, .. BodyProgram.AsInTheKernel,
    ];

    [Fact]
    public void Random_bodies_take_no_more_than_their_budgets()
    {
        RandomBodies random = new(11);
        Check([.. Enumerable.Range(0, 150).Select(_ =>
        {
            Method update = random.Update();
            return new BodyCase(BodyRole.Update, update, SampleModels.Minimal() with
            {
                State = new(StateScope.PerDevice, BodyState.Fields),
                Updates = EquatableArray.Of(update),
                Functions = random.Functions,
            });
        })]);
    }

    [Fact]
    public void Loops_of_64_by_64_with_helpers_are_within_every_limit()
    {
        ArrayData row = new(U32, 64);
        Method nearest = Function(
            "Nearest",
            ScalarType.U32,
            [In("row", row), Scalar("at")],
            [
                new Let("least", Num(uint.MaxValue)),
                .. Count("k", 4, Var("least").Set(new FunctionCall(
                    ScalarType.U32,
                    Kml.Model.Function.Min,
                    EquatableArray.Of<Expression>(UInt("least"), UInt("at").Op(BinaryOperator.ShiftRight, Int("k")))))),
                new Return(UInt("least").Plus(Var("row").At(UInt("at").As(ScalarType.I32).Op(BinaryOperator.And, Num32(63)), 64).Get())),
            ]);
        BodyCase body = Update(
            [.. BodyState.Fields],
            [nearest],
            [
                new Declare("row", row),
                .. Count("i", 64, Count("j", 64, Var("row").At(Int("j"), 64).Set(Var("row").At(Int("i"), 64).Get().Plus(
                    Calls(nearest, By(Var("row")), By(Int("j").As(ScalarType.U32))))))),
                Var("q").Dot("Waiting").Set(Var("row").At(Num32(63), 64).Get()),
            ]);

        BodyBudget budget = BodyBudget.Of(body.Model)[0];

        BodyLimits.Default.Exceeded(budget).ShouldBeEmpty($"{budget.Operations} operations, {budget.FrameBytes} bytes");
        budget.Operations.ShouldBeGreaterThan(64 * 64 * 20);
        budget.Checks.ShouldBeEmpty();
        Check([body]);
    }

    private static void Check(IReadOnlyList<BodyCase> cases)
    {
        using CCompiler compiler = BodyProgram.Folder(BodyBed.Program(cases));
        compiler.Run("gcc", [.. Flags, "-c", "-o", "bodies.o", "bodies.c"]);
        Dictionary<string, long> frames = [];
        foreach (string[] row in File.ReadAllLines(Directory.GetFiles(compiler.Folder, "*.su").Single()).Select(l => l.Split('\t')))
            frames[row[0][(row[0].LastIndexOf(':') + 1)..].Split('.')[0]] = long.Parse(row[1], CultureInfo.InvariantCulture);
        frames.Keys.ShouldContain(k => k.StartsWith("body", StringComparison.Ordinal));
        for (int i = 0; i < cases.Count; i++)
        {
            // One that does nothing is not there.
            BodyModel model = new(BodyBed.Names, cases[i].Model);
            long Chain(Method method, string symbol) => frames.GetValueOrDefault(symbol) + Operands.All(method).OfType<Call>()
                .Select(c => Chain(model.Functions[c.Name], model.Symbol(c.Name))).DefaultIfEmpty().Max();
            string own = FormattableString.Invariant($"body{i}");
            Chain(cases[i].Method, own).ShouldBeLessThanOrEqualTo(BodyBudget.Of(cases[i].Model)[0].FrameBytes, ModelText.Write(cases[i].Model));
        }
    }
}
