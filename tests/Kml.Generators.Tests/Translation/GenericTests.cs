using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading.Tasks;
using Kml.Generators.Tests.Harness;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.Generators.Tests.Translation;

/// <summary>Operators of type parameters mean what the interfaces of .NET's numbers mean, which of narrow types give the type itself and not an int.</summary>
public class GenericTests
{
    private const int Inputs = 500;

    private static readonly string[] Types = ["sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong"];

    [Theory]
    [InlineData("-a")]
    [InlineData("+a")]
    [InlineData("~a")]
    [InlineData("a + b")]
    [InlineData("a - b")]
    [InlineData("a * b")]
    [InlineData("a / (b | T.One)")]
    [InlineData("a % (b | T.One)")]
    [InlineData("a & b")]
    [InlineData("a << n")]
    [InlineData("a >> n")]
    [InlineData("a >>> n")]
    [InlineData("(a * b) >> n")]
    [InlineData("-(a - b) >>> n")]
    [InlineData("-a < b ? a : b")]
    [InlineData("a + b > a ? -a : a << n")]
    [InlineData("a++ + a--")]
    [InlineData("a <<= n")]
    [InlineData("a >>= n")]
    [InlineData("a >>>= n")]
    [InlineData("a += b")]
    [InlineData("checked(-a)")]
    [InlineData("checked(a + b)")]
    [InlineData("checked(a * b)")]
    public async Task An_operator_of_a_type_parameter_is_that_of_the_type(string expression)
    {
        // What is checked may fault, and then ends the body: one type each.
        string[][] together = expression.StartsWith("checked", StringComparison.Ordinal) ? [.. Types.Select(t => new[] { t })] : [Types];
        foreach (string[] types in together)
        {
            string source = Source(expression, types);
            (await AnalyzerRun.Run(source)).Select(d => d.ToString()).ShouldBeEmpty();
            GeneratorRun run = GeneratorRun.Of(source);
            using MemoryStream stream = new();
            run.Output.Emit(stream).Success.ShouldBeTrue(source);
            stream.Position = 0;
            Assembly assembly = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream);
            RandomBodies bits = new(7);
            for (int i = 0; i < Inputs; i++)
                ModelAgreement.Check(ModelRunner.Of(assembly, "Tests.IssueTime"), run.Models.Single(), bits.Bits, $"{expression}, input {i}");
        }
    }

    private static string Source(string expression, string[] types)
    {
        string features = string.Concat(types.Select((t, i) => $"""

                    ulong r{i} = (ulong)Of<{t}>(({t})e.Sector, ({t})q.LastSector, (int)q.Waiting);
                    x[{2 * i}] = (int)r{i};
                    x[{(2 * i) + 1}] = (int)(r{i} >> 32);
            """));
        return ModelSource.With(
            ("using System;", "using System;\nusing System.Numerics;"),
            ("[Features(2)]", $"private static T Of<T>(T a, T b, int n) where T : IBinaryInteger<T> => {expression};\n\n    [Features({2 * types.Length})]"),
            ("Span<float> x", "Span<int> x"),
            ("x[0] = q.Waiting;", features),
            ("x[1] = Math.Abs((long)(e.Sector - q.LastSector)) / (float)e.DiskSectors;", string.Empty));
    }
}
