using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Inference.Bodies;
using Kml.KmodGen.Compute;
using Kml.Model;
using Kml.TestSupport;
using Shouldly;
using Xunit;
using static Kml.KmodGen.Tests.Bodies.EdgeBodies;

namespace Kml.KmodGen.Tests.Bodies;

/// <summary>
/// Every operator with every constant that compilers treat as special, on either side of it, beside every kind of operand: gcc folds by what it knows
/// of an operand's sign and range, which random bodies meet too seldom.
/// </summary>
public partial class EdgeTests
{
    private const int InputsABody = 16;

    public static TheoryData<ScalarType> Integer => [ScalarType.I32, ScalarType.U32, ScalarType.I64, ScalarType.U64];

    [Fact]
    public void Floats() => Agree(OfFloats());

    [Theory]
    [MemberData(nameof(Integer))]
    public void Integers(ScalarType type) => Agree(OfIntegers(type));

    [Fact]
    public void Conversions() => Agree(OfConversions());

    [Fact]
    public void Compounds() => Agree(OfCompounds());

    [Fact]
    public void Operators_within_operators() => Agree(OfNested());

    [Fact]
    public void What_a_test_decides() => Agree(OfShortCircuits());

    [Fact]
    public void Ways_to_be_abandoned() => Agree(OfFaults());

    [Fact]
    public void Fixed_point() => Agree(OfFixedPoint());

    [Theory]
    [MemberData(nameof(Integer))]
    [InlineData(ScalarType.Q16)]
    public void Divisions_that_may_fault(ScalarType type) => Agree(OfDivisions(type));

    [Theory]
    [MemberData(nameof(Integer))]
    public void Divisions_by_a_clamp_that_may_fault(ScalarType type) => Agree(OfDivisionsByClamps(type));

    [Theory]
    [InlineData(ScalarType.I32)]
    [InlineData(ScalarType.I64)]
    public void Quotients_of_a_number_and_of_its_negative(ScalarType type) => Agree(OfQuotients(type));

    [Fact]
    public void Fixed_point_of_a_number_and_of_its_negative() => Agree(
        [.. from field in new[] { "Balance", "Drift", "Tiny", "Small", "Waiting", "HeadSector" }
            select Negated(ScalarType.Q16, field, a => new Conversion(ScalarType.I32, a))]);

    // gcc 12 loses a memset() in a function that it takes in late, if what follows overwrites the beginning (kml_clear).
    [Fact]
    public void A_place_that_is_cleared_and_then_written_in_part()
    {
        BodyCase[] cases = [.. OfClears()];
        RandomBodies random = new(1);
        BodyAgreement.Check(
            cases,
            [.. cases.Select((c, i) => (i, BodyMemory.Input(c.Method, c.Model, random.Bits)))],
            [BodyProgram.AsInTheKernel, [.. BodyProgram.AsInTheKernel, "-fno-early-inlining"]],
            "cleared");
    }

    [Fact]
    public void Without_the_flag_that_they_need_float_objects_do_not_compile()
    {
        using CCompiler compiler = new();
        compiler.Add(ComputeFiles.Headers);
        foreach (string header in new[] { "kml_arith_float.h", "kml_math.h" })
        {
            compiler.Add("use.c", $"#include \"{header}\"\n");
            compiler.Run("gcc", [.. CCompiler.Strict, .. CCompiler.Float, "-O2", "-c", "use.c"]);
            Refused("-frounding-math", "-O2");
            Refused("-frounding-math", "-O0");
            Refused("-ffast-math", [.. CCompiler.Float, "-ffast-math"]);
            Refused("-ffast-math", [.. CCompiler.Float, "-fno-signed-zeros"]);
            Refused("-mfpmath=sse", [.. CCompiler.Float, "-mfpmath=387"]);
        }

        void Refused(string remedy, params string[] flags) =>
            Should.Throw<InvalidOperationException>(() => compiler.Run("gcc", [.. CCompiler.Strict, .. flags, "-c", "use.c"])).Message.ShouldContain(remedy);
    }

    private static void Agree(IEnumerable<BodyCase> bodies)
    {
        BodyCase[] cases = [.. bodies];
        cases.Length.ShouldBeGreaterThan(5);
        RandomBodies random = new(1);
        BodyAgreement.Check(
            cases,
            [
                .. from c in Enumerable.Range(0, cases.Length)
                    from n in Enumerable.Range(0, InputsABody)
                    select (c, n == 0 ? Zeros(cases[c]) : BodyMemory.Input(cases[c].Method, cases[c].Model, random.Bits)),
            ],
            [BodyProgram.AsInTheKernel],
            "edges");
    }

    private static BodyInput Zeros(BodyCase body) => BodyMemory.Input(body.Method, body.Model, _ => 0);
}
