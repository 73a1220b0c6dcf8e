using System.Linq;
using Kml.Model.Lowering.Budgets;
using Kml.Model.Text;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.Model.Tests.Budgets;

/// <summary>Bodies whose operations, frames and checks were counted by hand.</summary>
public sealed class BodyBudgetTests
{
    private const string Sum = "(set (member q Total) (binary u32 Add (read u32 (member q Total)) (const u32 1)))";
    private const string Up = "(set i (binary i32 Add (read i32 i) (const i32 1)))";
    private const string Below = "(binary bool Less (read i32 i) (const i32 8))";
    private const string Divided = "(binary u32 Divide (read u32 (member e Sectors)) (read u32 (member q Total)))";

    [Theory]
    [InlineData("", 0)]
    [InlineData("(let a (const u32 1))", 1)]
    [InlineData("(let a (read u32 (member e Sectors)))", 2)]
    [InlineData(Sum, 3)]
    [InlineData("(return)", 1)]
    [InlineData("(declare a (array u32 5))", 3)]
    [InlineData("(clear (member q Many) (array u32 8))", 1 + 4)]
    [InlineData("(copy (member q Many) (member q More) (array u32 8))", 1 + 4)]
    public void A_statement_counts_its_parts(string body, long operations) => Operations(body).ShouldBe(operations);

    [Theory]
    [InlineData("(let a " + Divided + ")", 1 + 24 + 1 + 2)]
    [InlineData("(let a (binary u32 Divide (read u32 (member e Sectors)) (const u32 3)))", 1 + 24 + 1)]
    [InlineData("(let a (binary f32 Divide (const f32 1) (const f32 2)))", 1 + 8)]
    [InlineData("(let a (call f32 Sqrt (const f32 1)))", 1 + 20)]
    [InlineData("(let a (call f32 Tanh (const f32 1)))", 1 + 60)]
    public void What_takes_long_counts_for_more(string body, long operations) => Operations(body).ShouldBe(operations);

    [Theory]
    [InlineData("(if (const bool 1) (block " + Sum + ") (block))", 1 + 3)]
    [InlineData("(if (const bool 1) (block " + Sum + ") (block " + Sum + Sum + "))", 1 + 6)]
    [InlineData("(let a (choose (const bool 1) (read u32 (member q Total)) (const u32 1)))", 1 + 1 + 1)]
    [InlineData("(switch (const i32 1) (section (block " + Sum + ") 1) (section (block " + Sum + Sum + ") 2))", 1 + 6)]
    [InlineData("(switch (const i32 1) (falls (block " + Sum + ") 1) (falls (block " + Sum + Sum + ") 2) (section (block " + Sum + ") 3))", 1 + 12)]
    public void Of_ways_the_dearest_counts(string body, long operations) => Operations(body).ShouldBe(operations);

    [Theory]
    [InlineData("(let i (const i32 0)) (loop " + Below + " (block " + Sum + ") (block " + Up + ") proven 8)", 1 + (8 * (1 + 2 + 3 + 3)) + 2)]
    [InlineData("(let i (const i32 0)) (loop-last " + Below + " (block " + Sum + ") (block " + Up + ") proven 8)", 1 + (8 * (1 + 2 + 3 + 3)))]
    [InlineData("(loop (const bool 1) (block " + Sum + ") (block) stated 5)", 5 * (1 + 3 + 1 + 1))]
    [InlineData("(loop (const bool 1) (block (loop (const bool 1) (block " + Sum + ") (block) proven 10)) (block) proven 100)", 100 * (1 + (10 * (1 + 3))))]
    public void A_loop_counts_as_often_as_it_may_turn(string body, long operations) => Operations(body).ShouldBe(operations);

    [Fact]
    public void More_than_a_number_holds_is_the_largest_number()
    {
        string loops = Sum;
        for (int i = 0; i < 5; i++)
            loops = $"(loop (const bool 1) (block {loops}) (block) proven 65536)";

        Operations(loops).ShouldBe(long.MaxValue);
    }

    [Fact]
    public void A_call_counts_what_it_calls()
    {
        EquatableArray<BodyBudget> budgets = Of(
            "(evaluate (own u32 Outer (read u32 (member q Total))))",
            "(method Inner (parameters (scalar n u32)) (block (declare kept (array u64 4)) (return (read u32 n))) u32)",
            "(method Outer (parameters (scalar n u32)) (block (let a (own u32 Inner (read u32 n))) (return (own u32 Inner (read u32 a)))) u32)");

        BodyBudget inner = budgets.Single(b => b.Name == "Inner"), outer = budgets.Single(b => b.Name == "Outer"), update = budgets.Single(b => b.Name == "On");
        inner.Operations.ShouldBe(4 + 2);
        outer.Operations.ShouldBe(1 + (4 + 1 + 6) + 1 + (4 + 1 + 6));
        update.Operations.ShouldBe(4 + 1 + outer.Operations);
        inner.FrameBytes.ShouldBe(56 + 8 + 32);
        outer.FrameBytes.ShouldBe(56 + 8 + 8 + inner.FrameBytes);
        update.FrameBytes.ShouldBe(56 + 16 + outer.FrameBytes);
        budgets.Select(b => b.Title).ShouldBe(["On(BioQueue)", "Extract(BioQueue)", "Wait(BioQueue, BlockIssue)", "Inner", "Outer"]);
    }

    [Theory]
    [InlineData("(let a (const u8 1)) (let b (const u32 1))", 8)]
    [InlineData("(let a (const u64 1)) (declare b (struct P (field A u8) (field B u32)))", 16)]
    [InlineData("(block (declare a (array u64 4))) (block (declare b (array u64 3)))", 32)]
    [InlineData("(declare c (array u64 1)) (if (const bool 1) (block (declare a (array u64 4))) (block (declare b (array u64 3))))", 40)]
    [InlineData("(loop (const bool 1) (block) (block) stated 5)", 8)]
    [InlineData("(refer a (member q Many) (array u32 8)) (refer a (member q More) (array u32 8))", 8)]
    public void A_frame_has_room_for_what_is_there_at_once(string body, long bytes) =>
        Of(body)[0].FrameBytes.ShouldBe(56 + 16 + bytes);

    [Theory]
    [InlineData("(let a " + Divided + ")", "1 divide")]
    [InlineData("(let a (binary u32 Divide (read u32 (member e Sectors)) (const u32 3)))", "none")]
    [InlineData("(let a (binary f32 Remainder (const f32 1) (const f32 2)))", "none")]
    [InlineData("(if (binary bool NotEqual (read u32 (member q Total)) (const u32 0)) (block (let a " + Divided + ")) (block))", "none")]
    [InlineData("(let a (read u32 (element (member q Many) (read i32 (member q At)) 8)))", "1 index")]
    [InlineData("(let a (read u32 (element (member q Many) (binary i32 And (read i32 (member q At)) (const i32 7)) 8)))", "none")]
    [InlineData(
        "(let i (read i32 (member q At))) (set (element (member q Many) (read i32 i) 8) (read u32 (element (member q Many) (read i32 i) 8)))", "1 index")]
    [InlineData("(let a (call i32 Clamp (read i32 (member q At)) (const i32 0) (const i32 7)))", "none")]
    [InlineData("(let a (call i32 Clamp (const i32 3) (const i32 0) (read i32 (member q At))))", "1 argument")]
    [InlineData("(let a (call i32 FloorLog2 (convert i32 (read u8 (member q Small)))))", "none")]
    [InlineData("(let a (call i32 FloorLog2 (read i32 (member q At))))", "1 argument")]
    [InlineData("(let a (call u64 ReciprocalOf (read u32 (member q Total))))", "1 divide")]
    [InlineData("(let a (call u64 ReciprocalOf (binary u32 Or (const u32 1) (read u32 (member q Total)))))", "1 divide")]
    [InlineData(
        "(if (binary bool NotEqual (read u32 (member q Total)) (const u32 0)) (block (let a (call u64 ReciprocalOf (read u32 (member q Total))))) (block))",
        "none")]
    [InlineData("(let a (call q16 FixedReciprocal (const q16 65536)))", "1 divide")]
    [InlineData("(let a (call i32 Abs (read i32 (member q At))))", "1 overflow")]
    [InlineData("(loop (const bool 1) (block) (block) stated 5)", "1 bound")]
    [InlineData("(fail NoMatch)", "1 match")]
    public void What_is_known_makes_checks_superfluous(string body, string checks) => Of(body)[0].ChecksInWords().ShouldBe(checks);

    [Theory]
    [InlineData("(convert i64 (read u8 (member q Small)))", "none", 0)]
    [InlineData("(convert i64 (read i32 (member q At)))", "1 overflow", 1 + (1 + 3 + 2 + 3) + 2)]
    public void A_sum_that_fits_is_not_checked(string operand, string checks, long operations)
    {
        // As checked(a + 1) of two ints: the exact sum is what it is as an int.
        string sum = $"(binary i64 Add {operand} (const i64 1))";
        string body = $"(if (binary bool NotEqual {sum} (convert i64 (convert i32 {sum}))) (block (fail Overflow)) (block))";

        Of(body)[0].ChecksInWords().ShouldBe(checks);
        Operations(body).ShouldBe(operations);
    }

    [Fact]
    public void A_function_of_the_language_has_a_cost() =>
        FunctionCatalog.All.ShouldAllBe(f => OperationCosts.Of(f.Function) > 0);

    [Fact]
    public void Limits_are_exceeded_beyond_them_alone()
    {
        BodyBudget body = new("On", "On(BioQueue)", false, 100, 200, default);

        new BodyLimits(100, 200).Exceeded(body).ShouldBeEmpty();
        new BodyLimits(99, 199).Exceeded(body).Select(e => e[1]).ShouldBe(["100 operations", "200 bytes of stack"]);
        BodyLimits.Default.ShouldBe(new BodyLimits(1048576, 768));
    }

    private static long Operations(string body) => Of(body)[0].Operations;

    private static EquatableArray<BodyBudget> Of(string body, params string[] functions)
    {
        Method Read(string text) => BodyText.ReadMethod(SExpression.Parse(text));
        ModelSpec model = SampleModels.Minimal() with
        {
            State = new(StateScope.PerDevice, EquatableArray.Of(
                new FieldSpec("Total", ScalarType.U32),
                new FieldSpec("At", ScalarType.I32),
                new FieldSpec("Small", ScalarType.U8),
                new FieldSpec("Many", new ArrayData(new ScalarData(ScalarType.U32), 8)),
                new FieldSpec("More", new ArrayData(new ScalarData(ScalarType.U32), 8)))),
            Updates = EquatableArray.Of(Read($"(method On (parameters (event e bio_queue) (state q)) (block {body}))")),
            Functions = functions.Select(Read).ToEquatableArray(),
        };
        return BodyBudget.Of(model);
    }
}
