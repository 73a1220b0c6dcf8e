using System.Linq;
using Shouldly;
using Xunit;

namespace Kml.Differential;

/// <summary>
/// The deterministic functions and the conversions between floats and integers: the same bits in C# and in C at every width, and as exact as they claim to be.
/// Some arguments of each; <c>make test-math</c> tries all.
/// </summary>
public sealed class MathTests(ITestOutputHelper output)
{
    private const uint Stride = 4099;

    [Fact]
    public void C_gives_the_bits_of_CSharp_at_every_width_and_errors_stay_within_the_stated_units_in_the_last_place()
    {
        Arguments some = Arguments.EveryNth(Stride), chosen = Arguments.Of([.. Arguments.Edges, .. Arguments.Steep, .. Random()]);
        using UnarySweep sweep = new(UnaryFunction.All, everyForm: true);
        foreach (UnaryFunction function in UnaryFunction.All)
        {
            SweepResult result = sweep.Run(function, some);
            result.Add(sweep.Run(function, chosen));

            result.Tried.ShouldBe(some.Count + chosen.Count);
            result.Difference.ShouldBeNull($"{function.Name}: {result.Differing} differences");
            if (function.Exact is not null)
            {
                output.WriteLine($"{function.Name}: {result.Units:F3} units at 0x{result.At:x8}");
                result.Units.ShouldBeInRange(0.5, function.MostUnits, $"{function.Name} at 0x{result.At:x8}");
            }
        }
    }

    [Fact]
    public void Every_function_of_KmlMath_is_tried() =>
        typeof(KmlMath).GetMethods().Where(m => m.ReturnType == typeof(float) && m.GetParameters().Length == 1)
            .Select(m => m.Name.ToLowerInvariant())
            .ShouldBe(UnaryFunction.Mathematics.Select(f => f.Name), ignoreOrder: true);

    [Theory]
    [InlineData(0x3f800001u, 1.0, 1.0)]
    [InlineData(0x3f7fffffu, 1.0, 0.5)]
    [InlineData(0x3f800000u, 0.99999988079071045, 2.0)]
    [InlineData(0x00000003u, 1.401298464324817e-45, 2.0)]
    [InlineData(0x00000000u, 7.006492321624085e-46, 0.5)]
    [InlineData(0x7f800000u, 3.4028234663852886e38, 1.0)]
    [InlineData(0x7f7fffffu, 1e300, 1.0)]
    [InlineData(0x7f800000u, 1e300, 0.0)]
    [InlineData(0xff7fffffu, double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(0x80000000u, 0.0, double.PositiveInfinity)]
    [InlineData(0x80000000u, -0.0, 0.0)]
    [InlineData(0x7fc00000u, double.NaN, 0.0)]
    [InlineData(0xffc00000u, double.NaN, double.PositiveInfinity)]
    [InlineData(0x7fc00000u, 1.0, double.PositiveInfinity)]
    public void Errors_are_in_units_of_the_exact_values_binade(uint actual, double exact, double units) =>
        LastPlace.Units(actual, exact).ShouldBe(units);

    private static uint[] Random() => new Draw(NetworkBed.Seed + 3000000).Many(Draw.AnyFloatBits, 5000);
}
