using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Kml.Generators.Tests.Translation;
using Kml.Model;
using Kml.TestSupport;
using Microsoft.CodeAnalysis;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests.Diagnostics;

/// <summary>Each diagnostic about the state of a model.</summary>
public class StateTests
{
    [Fact]
    public Task KML0005_state_written_in_features() => AnalyzerRun.ShouldReport(
        SourceRules.StateWritten,
        ModelSource.WithFeatures("[|q.Waiting|] = 1;"),
        "q.Waiting");

    [Fact]
    public Task KML0005_state_counted_up_in_features() => AnalyzerRun.ShouldReport(
        SourceRules.StateWritten,
        ModelSource.WithFeatures("[|q.Waiting|]++;"),
        "q.Waiting");

    [Theory]
    [InlineData(
        "[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential, Pack = 1)] public struct [|Queue|]",
        "has a layout of its own")]
    [InlineData("public ref struct [|Queue|]", "is a ref struct")]
    public Task KML0006_a_state_that_is_no_plain_struct(string declaration, string fault) => AnalyzerRun.ShouldReport(
        SourceRules.Signature,
        ModelSource.With(("public struct Queue", declaration)),
        "Queue",
        "State",
        fault,
        "a plain struct in one part, without [StructLayout]");

    [Fact]
    public Task KML0006_a_state_that_is_an_inline_array() => AnalyzerRun.ShouldReport(
        SourceRules.Signature,
        ModelSource.With(
            (
                "public struct Queue\n    {\n        public uint Waiting;\n        public ulong LastSector;",
                "[System.Runtime.CompilerServices.InlineArray(4)] public struct [|Queue|]\n    {\n        public uint Waiting;"),
            ("q.LastSector = e.Sector;", string.Empty),
            (" - q.LastSector", string.Empty)),
        "Queue",
        "State",
        "is an inline array",
        "a plain struct in one part, without [StructLayout]");

    [Fact]
    public Task KML0006_a_state_without_fields() => AnalyzerRun.ShouldReport(
        SourceRules.Signature,
        ModelSource.With(
            ("struct Queue\n    {\n        public uint Waiting;\n        public ulong LastSector;", "struct [|Queue|]\n    {"),
            ("q.Waiting++;", string.Empty),
            ("q.Waiting--;\n        q.LastSector = e.Sector;", string.Empty),
            ("x[0] = q.Waiting;", "x[0] = 1;"),
            (" - q.LastSector", string.Empty)),
        "Queue",
        "State",
        "has no field",
        "a struct with at least one field");

    [Theory]
    [InlineData("public float [|Mean|];", "has type 'float'")]
    [InlineData("public string [|Mean|];", "has type 'string'")]
    [InlineData("private uint [|Mean|];", "is not public")]
    [InlineData("public static uint [|Mean|];", "is static")]
    [InlineData("public uint [|Mean|] { get; set; }", "is a property")]
    [InlineData("public event Action [|Mean|];", "is an event")]
    [InlineData("public unsafe fixed uint [|Mean|][4];", "is a fixed-size buffer")]
    public Task KML0012_a_field_that_no_state_can_keep(string field, string fault) => AnalyzerRun.ShouldReport(
        SourceRules.StateField,
        ModelSource.With(("public uint Waiting;", "public uint Waiting;\n        " + field)),
        "Mean",
        fault);

    [Theory]
    [InlineData("public (int, uint) [|Mean|];", "", "is a tuple, whose layout C# does not state")]
    [InlineData("public P [|Mean|];", "public struct P { int a; }", "has type 'P', of which 'a' is no public field")]
    [InlineData("public P [|Mean|];", "public struct P { public int A { get; set; } }", "has type 'P', of which 'A' is no public field")]
    [InlineData("public P [|Mean|];", "public struct P { public float A; }", "has type 'P', of which 'A' is a float")]
    [InlineData("public P [|Mean|];", "public struct P { public string A; }", "has type 'P', of which 'A' has type 'string'")]
    [InlineData("public P [|Mean|];", "public struct P { public (int, int) A; }", "has type 'P', of which 'A' is a tuple, whose layout C# does not state")]
    [InlineData("public P [|Mean|];", "public unsafe struct P { public fixed int A[3]; }", "has type 'P', of which 'A' is a fixed-size buffer")]
    [InlineData("public O [|Mean|];", "public struct O { public P A; } public struct P { public double B; }", "has type 'P', of which 'B' has type 'double'")]
    [InlineData("public P [|Mean|];", "[System.Runtime.CompilerServices.InlineArray(3)] public struct P { float a; }", "has type 'P', of which 'a' is a float")]
    [InlineData(
        "public P [|Mean|];",
        "[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential, Pack = 1)] public struct P { public int A; }",
        "has type 'P', which has a layout of its own")]
    [InlineData("public DateTime [|Mean|];", "", "has type 'DateTime'")]
    [InlineData("public int[] [|Mean|];", "", "has type 'int[]'")]
    public Task KML0012_a_field_whose_type_no_state_can_keep(string field, string type, string fault) => AnalyzerRun.ShouldReport(
        SourceRules.StateField,
        ModelSource.With(("public uint Waiting;", "public uint Waiting;\n        " + field), ("[State]", type + "\n    [State]")),
        "Mean",
        fault);

    // C# has an error for it; the compiler must not go on for ever.
    [Fact]
    public void A_struct_that_contains_itself_has_an_end() => GeneratorRun.Of(ModelSource.With(
        ("public uint Waiting;", "public uint Waiting; public P Next;"),
        ("[State]", "public struct P { public int A; public P Next; }\n    [State]"))).Models.ShouldBeEmpty();

    [Fact]
    public void A_state_lies_as_NET_lays_it()
    {
        string source = ModelSource.With(
            ("public uint Waiting;", "public byte First; public uint Waiting; public Slots Recent; public P Last; public G<ushort> Any; public bool End;"),
            (
                "[State]",
                "public struct P { public byte Age; public ulong Head; public Marks Seen; }\n    public struct G<T> { public byte Kind; public T Value; }\n"
                    + "[System.Runtime.CompilerServices.InlineArray(3)] public struct Slots { private P _first; }\n"
                    + "[System.Runtime.CompilerServices.InlineArray(5)] public struct Marks { private ushort _first; }\n    [State]"),
            (
                "q.Waiting++;",
                "q.First++; q.Waiting = 0x01020304; q.End = !q.End; q.Any.Value += 3; q.Last.Seen[2] = 7; q.Last.Head = ~e.Sector; "
                    + "foreach (ref P p in q.Recent) { p.Age++; p.Seen[4] = p.Age; p.Head -= e.Sectors; } q.Recent[1] = q.Last;"));
        GeneratorRun run = GeneratorRun.Of(source);
        ModelRunner runner = ModelRunner.Of(run.Load(DiagnosticSeverity.Error), "Tests.IssueTime");
        RandomBodies random = new(1);
        for (int i = 0; i < 20; i++)
            ModelAgreement.Check(runner, run.Models.ShouldHaveSingleItem(), random.Bits, $"input {i}");
    }
}
