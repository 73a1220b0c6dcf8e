using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests.Subset;

/// <summary>What bodies may do though it is not in every such language: no finding, and a model.</summary>
public class AcceptedTests
{
    [Theory]
    [InlineData("for (int i = 0; i < 3; i++) x[0] += i;")]
    [InlineData("uint m = q.Waiting; while (m != 0) { m &= m - 1; x[0]++; }")]
    [InlineData("int i = 0; do { i++; } while (i < 5); x[0] = i;")]
    [InlineData("foreach (ref float f in x) f = 1;")]
    [InlineData("switch (q.Waiting) { case 1: x[0] = 2; break; case > 3 and < 9: goto default; default: break; }")]
    [InlineData("x[0] = q.Waiting switch { 1 => 2, > 3 and < 9 => 4, _ => 3 };")]
    [InlineData("x[0] = q.Waiting is 1 or 2 ? 1 : 0;")]
    [InlineData("x[0] = q is { Waiting: > 3, LastSector: var s } ? s : 0;")]
    [InlineData("x[0] = (e.Operation, q.Waiting) is (IoOperation.Read, > 3) ? 1 : 0;")]
    [InlineData("uint a = checked(q.Waiting + 1); x[0] = a;")]
    [InlineData("uint a = 1; x[0] = a++ + (a += 2) + (a = 3);")]
    [InlineData("var (a, b) = (1u, 2u); (a, b) = (b, a); x[0] = a;")]
    [InlineData("float a = 0; ref float r = ref a; r = 1; r = ref x[1]; x[0] = a;")]
    [InlineData("Queue copy = q; copy.Waiting++; x[0] = (copy with { Waiting = 3 }).Waiting;")]
    [InlineData("ref readonly BioQueue f = ref e; x[0] = f.Sectors;")]
    [InlineData("x[0] = x[(int)(q.Waiting & 1)];")]
    [InlineData("x[(int)q.Waiting] = 1;")]
    [InlineData("x.Clear(); x[1..].Fill(2);")]
    [InlineData("Span<int> a = stackalloc int[3] { 1, 2, 3 }; x[0] = a[^1] + a.Length;")]
    [InlineData("System.Diagnostics.Debug.Assert(q.Waiting > 0, $\"none of {q.LastSector}\");")]
    [InlineData("x[0] = nameof(x) == \"x\" ? 1 : 0;")]
    [InlineData("x[0] = Twice(v: 2); static uint Twice(uint v, uint by = 2) => v * by;")]
    [InlineData("x[0] = (1u, q.Waiting) == (q.Waiting, 2u) ? 1 : 0;")]
    [InlineData("unused: x[0] = 1;")]
    public async Task What_is_in(string body)
    {
        (await AnalyzerRun.Run(ModelSource.WithFeatures(body))).ShouldBeEmpty();
        GeneratorRun.Of(ModelSource.WithFeatures(body)).Models.ShouldHaveSingleItem();
    }

    /// <summary>Checks that one text is refused, and that the other, which follows what the refusal says, is not.</summary>
    internal static async Task Follow(string refused, string followed)
    {
        (await AnalyzerRun.Run(ModelSource.WithFeatures(refused))).ShouldNotBeEmpty();
        (await AnalyzerRun.Run(ModelSource.WithFeatures(followed))).ShouldBeEmpty();
        GeneratorRun.Of(ModelSource.WithFeatures(followed)).Models.ShouldHaveSingleItem();
    }
}
