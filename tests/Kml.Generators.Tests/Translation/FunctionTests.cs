extern alias generators;

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using generators::Kml.Generators.Parsing.Bodies.Functions;
using Kml.Generators.Tests.Harness;
using Kml.Model;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests.Translation;

/// <summary>The functions that bodies may call: which methods stand for them, and what is said of those that do not.</summary>
public class FunctionTests
{
    private static readonly string Source = ModelSource
        .WithFeatures(string.Concat(FunctionCalls.All.Select((call, i) => $"var v{i} = {Written(call.Text)};\n")))
        .Replace("using Kml;", "using Kml;\nusing System.Numerics;", StringComparison.Ordinal)
        .Replace("[KernelModel", "[Budget(FrameBytes = 4096)]\n[KernelModel", StringComparison.Ordinal);

    [Fact]
    public void Random_sources_draw_every_function_and_every_method()
    {
        ModelSpec model = GeneratorRun.Of(Source).Models.ShouldHaveSingleItem();
        string text = ModelText.Write(model);

        Enum.GetValues<Function>().Where(f => !text.Contains($" {f} ", StringComparison.Ordinal)).ShouldBeEmpty();
        Methods().Where(m => FunctionCalls.All.All(c => !c.Text.StartsWith(m + "(", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_method_that_random_sources_draw_is_refused() => (await AnalyzerRun.Run(Source)).ShouldBeEmpty();

    [Fact]
    public void The_page_lists_every_method()
    {
        string[] table = [.. File.ReadLines(Path.Combine(Repository.Root, "docs", "language.md")).Where(l => l.StartsWith("| `", StringComparison.Ordinal))];

        FunctionTable.Rows.Select(r => r.Name).Append("HasFlag").Distinct()
            .Where(n => !table.Any(l => l.Split(" | ")[0].Contains($"`{n}`", StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("MathF.[|Exp|](q.Waiting)", "use KmlMath.Exp")]
    [InlineData("(float)Math.[|Exp|](q.Waiting)", "use KmlMath.Exp")]
    [InlineData("float.[|Exp|](q.Waiting)", "use KmlMath.Exp")]
    [InlineData("MathF.[|Log|](q.Waiting, 2)", "use KmlMath.Log of one argument")]
    [InlineData("MathF.[|Tanh|](q.Waiting)", "use KmlMath.Tanh")]
    [InlineData("MathF.[|Log2|](q.Waiting)", "use KmlMath.Log2, or uint.Log2 of an integer")]
    [InlineData("(float)double.[|Log10|](q.Waiting)", "use KmlMath.Log(x) * 0.4342945f")]
    [InlineData("MathF.[|Pow|](q.Waiting, 3)", "multiply it out, or use KmlMath.Exp(y * KmlMath.Log(x))")]
    [InlineData("(float)Math.[|Floor|](q.Waiting * 1f)", "use MathF.Floor")]
    [InlineData("MathF.[|Round|](q.Waiting, MidpointRounding.ToZero)", "use MathF.Round of one argument, in which a half goes to the even one")]
    [InlineData("MathF.[|FusedMultiplyAdd|](q.Waiting, 2, 3)", "use x * y + z, which rounds twice")]
    [InlineData("MathF.[|ScaleB|](q.Waiting, 3)", "multiply by a power of two")]
    [InlineData("MathF.[|CopySign|](q.Waiting, -1)", "use ?: with a comparison; no two compilers agree on the sign of a NaN")]
    [InlineData("float.[|IsNegative|](q.Waiting) ? 1 : 0", "compare with 0f; no two compilers agree on the sign of a NaN")]
    [InlineData("float.[|Clamp|](q.Waiting, q.Waiting, 2)", "give it constant bounds, or use Math.Clamp, which has another order of NaN and zeros")]
    [InlineData("float.[|MinNumber|](q.Waiting, 2)", "use MathF.Min, whose result is NaN where an argument is")]
    [InlineData("float.[|MaxMagnitude|](q.Waiting, 2)", "use Math.Max of Math.Abs")]
    [InlineData("float.[|MinNative|](1, q.Waiting)", "use MathF.Min")]
    [InlineData("byte.[|PopCount|]((byte)q.Waiting)", "convert what is narrower to uint, and use uint.PopCount")]
    [InlineData("sbyte.[|RotateLeft|]((sbyte)q.Waiting, 3)", "convert what is narrower to uint, and use uint.RotateLeft")]
    public Task A_method_that_is_near_is_refused_with_what_to_write(string expression, string remedy)
    {
        string call = expression.Split('?')[0].Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
        int start = call.StartsWith("(float)", StringComparison.Ordinal) ? "(float)".Length : 0;
        return AnalyzerRun.ShouldReport(
            SourceRules.OutsideSubset,
            ModelSource.WithFeatures($"x[0] = {expression};"),
            $"A call of '{call[start..call.IndexOf('(', start + 1)]}'",
            remedy);
    }

    [Fact]
    public Task Division_with_a_remainder_is_two_operators() => AnalyzerRun.ShouldReport(
        SourceRules.OutsideSubset,
        ModelSource.WithUpdate("q.Waiting = (uint)Math.[|DivRem|](7, (int)q.Waiting, out int _);"),
        "A call of 'Math.DivRem'",
        "use / and %");

    [Fact]
    public Task A_flag_of_another_enum_is_refused() => AnalyzerRun.ShouldReport(
        SourceRules.OutsideSubset,
        ModelSource.WithUpdate("q.Waiting = e.Flags.[|HasFlag|](IoOperation.Write) ? 1u : 0u;"),
        "'HasFlag' of another enum",
        "give it a flag of the same enum");

    [Theory]
    [InlineData(
        "bool b = e.Flags.HasFlag(IoFlags.Sync);",
        "(binary bool Equal (binary u32 And (unary Complement (read u32 (member e Flags))) (const u32 1)) (const u32 0))")]
    [InlineData("int n = int.PopCount(q.Waiting > 1 ? 1 : 2);", "(let n (convert i32 (call u32 PopCount (convert u32 (choose ")]
    [InlineData("int n = System.Numerics.BitOperations.Log2(e.Sectors);", "(let n (convert i32 (call u32 FloorLog2 (read u32 (member e Sectors)))))")]
    [InlineData("uint n = uint.Log2(e.Sectors);", "(let n (call u32 FloorLog2 (read u32 (member e Sectors))))")]
    [InlineData("int n = int.Log2((int)e.Sectors);", "(let n (call i32 FloorLog2 (convert i32 (read u32 (member e Sectors)))))")]
    [InlineData("ulong n = Math.BigMul(e.Sectors, 3u);", "(binary u64 Multiply (convert u64 (read u32 (member e Sectors))) (convert u64 (const u32 3)))")]
    [InlineData("byte b = byte.Min((byte)e.Sectors, 7);",
        "(let b (convert u8 (call i32 Min (convert i32 (convert u8 (read u32 (member e Sectors)))) (const i32 7))))")]
    [InlineData("byte b = Saturating.Add((byte)e.Sectors, 7);", "(let b (call u8 SaturatingAdd (convert u8 (read u32 (member e Sectors))) (const u8 7)))")]
    public void A_call_becomes(string body, string text) =>
        ModelText.Write(GeneratorRun.Of(ModelSource.WithUpdate(body)).Models.Single()).ShouldContain(text);

    private static string Written(string call) => FunctionCalls.Fill(
        call.Replace("Color.Blue", "IoFlags.Sync", StringComparison.Ordinal),
        (type, _) => type == "Color" ? "e.Flags" : $"({type})q.Waiting");

    /// <summary>The methods by the homes that a row has, one of each kind of numbers.</summary>
    private static IEnumerable<string> Methods() =>
        from row in FunctionTable.Rows
        from home in Enum.GetValues<FunctionHome>()
        where home != FunctionHome.None && row.Homes.HasFlag(home)
        select $"{home switch { FunctionHome.Integer => "int", FunctionHome.Float => "float", _ => home.ToString() }}.{row.Name}";
}
