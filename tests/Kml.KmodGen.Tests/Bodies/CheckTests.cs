using System.Linq;
using Kml.KmodGen.Bodies;
using Kml.Model;
using Kml.Model.Lowering.Budgets;
using Kml.TestSupport;
using Shouldly;
using Xunit;
using static Kml.KmodGen.Tests.Bodies.FormBuilder;

namespace Kml.KmodGen.Tests.Bodies;

/// <summary>The checks of faults in the C of a body are those that its budget lists.</summary>
public class CheckTests
{
    private static readonly Place Q = Var("q");

    [Fact]
    public void A_sum_that_fits_is_not_tested()
    {
        // As checked(a + 1) of a byte and of an int.
        static If Checked(string field, ScalarType type)
        {
            Expression sum = Q.Dot(field).Get(type).As(ScalarType.I64).Plus(Num(1, ScalarType.I64));
            return When(sum.Op(BinaryOperator.NotEqual, sum.As(ScalarType.I32).As(ScalarType.I64)), new Fail(Fault.Overflow));
        }

        Text(Update([new("Small", ScalarType.U8)], [], Checked("Small", ScalarType.U8))).ShouldNotContain("KML_FAULT_OVERFLOW");
        Text(Update([new("Level", ScalarType.I32)], [], Checked("Level", ScalarType.I32))).ShouldContain("KML_FAULT_OVERFLOW");
    }

    [Fact]
    public void A_clamp_whose_bounds_do_not_cross_cannot_fault()
    {
        static Assign Clamped(Expression least) => Q.Dot("Level").Set(new FunctionCall(
            ScalarType.I32, Kml.Model.Function.Clamp, EquatableArray.Of<Expression>(Q.Dot("Level").Get(ScalarType.I32), least, Num32(7))));

        Text(Update([new("Level", ScalarType.I32)], [], Clamped(Num32(-3)))).ShouldContain("state->m_level = kml_min_s32(kml_max_s32(state->m_level, -3), 7);");
        Text(Update([new("Level", ScalarType.I32)], [], Clamped(Q.Dot("Level").Get(ScalarType.I32)))).ShouldContain("kml_clamp_s32(");
    }

    [Fact]
    public void What_is_divided_indexed_and_bounded_is_listed()
    {
        ArrayData eight = new(U32, 8);
        BodyCase body = Update(
            [new("Many", eight), new("At", ScalarType.I32), new("Total", ScalarType.U32)],
            [],
            new Let("i", Q.Dot("At").Get(ScalarType.I32)),
            Q.Dot("Many").At(Int("i"), 8).Set(Q.Dot("Many").At(Int("i"), 8).Get().Plus(Num(1))),
            Q.Dot("Total").Set(Q.Dot("Many").At(Q.Dot("At").Get(ScalarType.I32), 8).Get().Op(BinaryOperator.Divide, Q.Dot("Total").Get())),
            new Loop(Q.Dot("Total").Get().Op(BinaryOperator.Greater, Num(9)), false, Do(Q.Dot("Total").Set(Num(3))), Do(), 16, true));

        BodyBudget.Of(body.Model)[0].ChecksInWords().ShouldBe("1 divide, 2 index, 1 bound");
        InC(body).ShouldBe(4);
    }

    // What nothing reads is not computed, or in another order: of a single body a budget may list some more, and now and then one less.
    [Fact]
    public void Of_random_bodies_budgets_list_the_checks_that_are_in_the_C()
    {
        int listed = 0, emitted = 0;
        RandomBodies random = new(7);
        for (int i = 0; i < 300; i++)
        {
            Method update = random.Update();
            ModelSpec model = SampleModels.Minimal() with
            {
                State = new(StateScope.PerDevice, BodyState.Fields),
                Updates = EquatableArray.Of(update),
                Functions = random.Functions,
            };
            listed += BodyBudget.Of(model)[0].Checks.Sum(c => c.Count);
            emitted += InC(new(BodyRole.Update, update, model));
        }

        emitted.ShouldBeInRange(listed * 80 / 100, listed * 101 / 100, $"{emitted} of {listed}");
    }

    /// <summary>The body's own function, without those that it calls.</summary>
    private static string Text(BodyCase body) => BodyBed.Parts(body, "body").Last();

    /// <summary>What sets the fault, but for calls of the model's own functions; and what fails by itself.</summary>
    private static int InC(BodyCase body)
    {
        BodyModel model = new(BodyBed.Names, body.Model);
        string text = Text(body);
        int calls = body.Model.Functions.Where(f => model.Translated(f.Name).CanFault).Sum(f => Times(text, model.Symbol(f.Name) + "("));
        return Times(text, "&fault)") - calls + Times(text, "KML_FAULT_");
    }

    private static int Times(string text, string word) => text.Split(word).Length - 1;
}
