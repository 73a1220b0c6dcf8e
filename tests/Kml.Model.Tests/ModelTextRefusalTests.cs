using System;
using Shouldly;
using Xunit;

namespace Kml.Model.Tests;

/// <summary>A text whose parts do not fit each other is refused when it is read, and not by what works on the model later.</summary>
public sealed class ModelTextRefusalTests
{
    private static readonly string Text = ModelText.Write(Models.Sample());

    [Theory]
    [InlineData("(own bool Note", "(own bool Nota", "no function 'Nota'")]
    [InlineData("(const i32 0)) (loop", "(convert i32 (own u32 Longest (ref strides) (const u32 1)))) (loop", "'Longest' calls itself")]
    [InlineData("(method Note ", "(method Longest ", "no function 'Note'")]
    [InlineData("(own u32 Longest (ref (slice (member old Strides) 1 2)) (const u32 1))", "(own u32 Longest (const u32 1))", "does not fit its function")]
    [InlineData("(own u32 Longest (ref (slice (member old Strides) 1 2)) (const u32 1))", "(own u32 Longest (const u32 1) (const u32 1))", "'strides'")]
    [InlineData("(slice (member old Strides) 1 2)", "(slice (member old Strides) 3 2)", "no place")]
    [InlineData("(slice (member old Strides) 1 2)", "(slice (member old Strides) -1 2)", "no place")]
    [InlineData("(slice (member old Strides) 1 2)", "(member old Strides)", "does not fit")]
    [InlineData("(element strides (read i32 n) 2)", "(element strides (read i32 n) 3)", "no place")]
    [InlineData("(element strides (read i32 n) 2)", "(element strides (read i32 i) 2)", "no 'i' here")]
    [InlineData("(evaluate (own bool Note", "(if (own bool Note (ref e) (ref (member q Recent))) (block) (block)) (evaluate (own bool Note", "stand alone")]
    [InlineData("(ref (member q Recent))", "(ref q)", "does not fit")]
    [InlineData("(ref e)", "(ref q)", "'e' is given q")]
    [InlineData(" written))", "))", "not to be written")]
    [InlineData("stated 8", "stated 0", "not above zero")]
    [InlineData("stated 8", "stated 65537", "65537 turns")]
    [InlineData("stated 8", "known 8", "'known'")]
    [InlineData("(return (read u32 longest))", "(return)", "returns nothing")]
    [InlineData("(return (read u32 longest))", "(return (read i32 longest))", "returns i32")]
    [InlineData("(return (read u32 longest))", "(break)", "break outside")]
    [InlineData("(return (read u32 longest))", "(continue)", "continue outside")]
    [InlineData("(return (read u32 longest))", "(let n (const i32 1))", "more than one variable 'n'")]
    [InlineData("(block (set n ", "(block (continue) (set n ", "continue outside")]
    [InlineData("(declare old", "(declare q", "more than one variable 'q'")]
    [InlineData("(fail NoMatch)", "(fail Match)", "'Match'")]
    [InlineData("(section (block (fail Overflow)) 3)", "(section (block (fail Overflow)) default 3)", "more than one default")]
    [InlineData("(section (block (fail Overflow)) 3)", "(section (block (fail Overflow)) default default)", "default")]
    [InlineData("(section (block (fail Overflow)) 3)", "(section (block (fail Overflow)) 2)", "a label twice")]
    [InlineData("(section (block (fail Overflow)) 3)", "(section (block (fail Overflow)) 4294967295)", "no i32")]
    [InlineData("(section (block (fail Overflow)) 3)", "(section (block (fail Overflow)))", "nothing leads to")]
    [InlineData("(section (block (fail NoMatch)) default)", "(falls (block (fail NoMatch)) default)", "falls through")]
    [InlineData("(table Follower i32 1 2 3 0)", "(table Follower i32)", "no place")]
    [InlineData("(table Follower i32 1 2 3 0)", "(table Follower i32 1 2 3 4294967295)", "no place")]
    [InlineData("(array u32 4)", "(array u32 0)", "not above zero")]
    [InlineData("(array u32 4)", "(array (array (array u64 65536) 65536) 65536)", "more memory")]
    [InlineData("(field Next i32)", "(field Strides i32)", "more than one field 'Strides'")]
    [InlineData("(declare old (struct Window (field Strides (array u32 4)) (field Next i32)))", "(declare old (struct Window))", "no field")]
    [InlineData("(field LastNs u64)", "(field Waiting u64)", "more than one field 'Waiting'")]
    [InlineData("(state q)", "(state e)", "more than one variable 'e'")]
    [InlineData("(state q)", "(reference q u32)", "given references")]
    [InlineData("(set (member q LastNs) (read u64 (member e TimeNs)))", "(set (member q LastNs) (read u32 (member e Sectors)))", "does not fit")]
    [InlineData("(set (member q LastNs) (read u64 (member e TimeNs)))", "(set (member e TimeNs) (read u64 (member e TimeNs)))", "not to be written")]
    [InlineData("(set (member q LastNs) (read u64 (member e TimeNs)))", "(clear (member q LastNs) u64)", "assigned, not copied")]
    [InlineData("(set (member q LastNs) (read u64 (member e TimeNs)))", "(pull e RaisePriority (const u64 1))", "no lever")]
    [InlineData("(const u32 1)", "(const u32 4294967296)", "do not fit")]
    [InlineData("(binary f32 Multiply", "(binary u32 Multiply", "do not fit")]
    [InlineData("(call f32 Min ", "(call f32 Clamp ", "do not fit")]
    [InlineData("(scalar wait f32)", "(scalar wait f32 sure)", "'sure' says nothing")]
    [InlineData("(scalar wait f32)", "(scalar wait f32) (scalar margin f32 margin)", "'Late' takes a confidence of a label that is no class")]
    [InlineData("(features x f32)", "(features x f32 margin)", "'Extract' takes a confidence, which")]
    public void What_does_not_fit_is_refused(string part, string other, string why)
    {
        int at = Text.IndexOf(part, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, "the sample has no such part");
        Should.Throw<FormatException>(() => ModelText.Read(Text.Remove(at, part.Length).Insert(at, other))).Message.ShouldContain(why);
    }

    /// <summary>Each function stands behind those that it calls.</summary>
    [Fact]
    public void A_function_that_stands_before_one_that_it_calls_is_refused()
    {
        ModelSpec model = Models.Sample();
        Method caller = new("First", default, new(EquatableArray.Of<Statement>(new Evaluate(new Call(ScalarType.F32, "Last", default)))));
        Method called = new("Last", default, new(EquatableArray.Of<Statement>(new Return(new Constant(ScalarType.F32, 0)))), ScalarType.F32);
        ModelText.Read(ModelText.Write(model with { Functions = EquatableArray.Of([.. model.Functions, called, caller]) }));
        Should.Throw<FormatException>(() => ModelText.Read(ModelText.Write(model with { Functions = EquatableArray.Of([.. model.Functions, caller, called]) })))
            .Message.ShouldContain("stands behind");
    }
}
