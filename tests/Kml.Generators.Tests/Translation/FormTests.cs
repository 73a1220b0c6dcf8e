using System.Linq;
using Kml.Generators.Tests.Harness;
using Kml.Model;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests.Translation;

/// <summary>What some constructs become, in canonical text.</summary>
public class FormTests
{
    [Theory]
    [InlineData("byte b = 1; b += 2;", "(set b (convert u8 (binary i32 Add (convert i32 (read u8 b)) (const i32 2))))")]
    [InlineData("byte b = 1; b <<= 2;", "(set b (convert u8 (binary i32 ShiftLeft (convert i32 (read u8 b)) (const i32 2))))")]
    [InlineData("byte b = 1; b++;", "(set b (convert u8 (binary i32 Add (convert i32 (read u8 b)) (const i32 1))))")]
    [InlineData("int i = (int)e.Sectors; bool b = e.Sectors < i;", "(binary bool Less (convert i64 (read u32 (member e Sectors))) (convert i64 (read i32 i)))")]
    [InlineData("int i = (int)e.Sectors; i >>>= 3;", "(set i (convert i32 (binary u32 ShiftRight (convert u32 (read i32 i)) (const i32 3))))")]
    [InlineData(
        "q.Waiting = e.Operation == IoOperation.Write ? 1u : 0u;",
        "(choose (binary bool Equal (read u32 (member e Operation)) (const u32 1)) (const u32 1) (const u32 0))")]
    [InlineData("IoFlags f = e.Flags & ~IoFlags.Sync;", "(let f (binary u32 And (read u32 (member e Flags)) (const u32 4294967294)))")]
    [InlineData("const int Limit = 3; q.Waiting = Limit * 2;", "(set (member q Waiting) (const u32 6))")]
    [InlineData("byte b = unchecked((byte)300f);", "(let b (const u8 0))")]
    [InlineData("Q16 half = (Q16)0.5f;", "(let half (const q16 32768))")]
    [InlineData("Q16 half = (Q16)(-100000);", "(let half (const q16 18446744071562067968))")]
    [InlineData("Q16 ratio = (Q16)e.Sectors / Q16.One;", "(let ratio (binary q16 Divide (convert q16 (read u32 (member e Sectors))) (const q16 65536)))")]
    [InlineData("int v; if (e.Sectors > 1) v = 1; else v = 2;", "(let v (const i32 0)) (if")]
    [InlineData("if (e.Sectors > 1) { int v = 1; } else { uint v = 2; }", "(block (let v (const i32 1))) (block (let v_2 (const u32 2)))")]
    [InlineData("q.Waiting = Math.Clamp(min: 1u, value: e.Sectors, max: 3u);", "(call u32 Clamp (read u32 (member e Sectors)) (const u32 1) (const u32 3))")]
    [InlineData("short s = 1; s = Math.Max(s, (short)2);", "(set s (convert i16 (call i32 Max (convert i32 (read i16 s)) (const i32 2))))")]
    [InlineData("if (e.Sectors == 0) return;", "(if (binary bool Equal (read u32 (member e Sectors)) (const u32 0)) (block (return)) (block))")]
    public void An_update_becomes(string body, string text) =>
        ModelText.Write(GeneratorRun.Of(ModelSource.WithUpdate(body)).Models.Single()).ShouldContain(text);

    [Fact]
    public void An_enum_label_is_a_class_index_everywhere()
    {
        ModelSpec model = GeneratorRun.Of(ModelSource.With(
            ("[Dense(1)]", "[Dense(3)]"),
            (
                "private static float WaitUs(in BioQueue a, in BlockIssue b) => (b.TimeNs - a.TimeNs) / 1000f;",
                "private static Speed WaitUs(in BioQueue a, in BlockIssue b) => b.TimeNs - a.TimeNs > 1000 ? Speed.Slow : Speed.Fast;\n    "
                    + "public enum Speed : byte { Fast, Medium, Slow }"),
            ("float us) => us > (e.Operation == IoOperation.Read ? 500f : 5000f)", "Speed us) => us == Speed.Slow"),
            ("float us)\n", "Speed us)\n"),
            ("us > 2000", "us != Speed.Fast"))).Models.Single();

        (model.Label.Type, model.Label.Classes).ShouldBe((ScalarType.U32, 3));
        model.Label.Method.Body.Statements.Single().ShouldBeOfType<Return>().Value!.Type.ShouldBe(ScalarType.U32);
        model.Verdict!.Parameters[1].Type.ShouldBe(ScalarType.U32);
        ModelText.Write(model).ShouldContain("(return (binary bool Equal (convert i32 (convert u8 (read u32 us))) (const i32 2)))");
    }

    [Fact]
    public void A_bool_label_is_zero_or_one()
    {
        ModelSpec model = GeneratorRun.Of(ModelSource.With(
            ("[Dense(1)]", "[Dense(2)]"),
            (
                "private static float WaitUs(in BioQueue a, in BlockIssue b) => (b.TimeNs - a.TimeNs) / 1000f;",
                "private static bool WaitUs(in BioQueue a, in BlockIssue b) => b.TimeNs - a.TimeNs > 1000;"),
            ("float us) => us > (e.Operation == IoOperation.Read ? 500f : 5000f)", "bool us) => us"),
            ("float us)\n", "bool us)\n"),
            ("us > 2000", "us"))).Models.Single();

        (model.Label.Type, model.Label.Classes).ShouldBe((ScalarType.U32, 2));
        model.Label.Method.Body.Statements.Single().ShouldBeOfType<Return>().Value.ShouldBeOfType<Choice>();
        model.Verdict!.Body.Statements.Single()
            .ShouldBe(new Return(new Binary(ScalarType.Bool, BinaryOperator.NotEqual, Read.Variable(ScalarType.U32, "us"), new Constant(ScalarType.U32, 0))));
    }
}
