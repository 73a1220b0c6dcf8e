using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Kml.Model;
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
}
