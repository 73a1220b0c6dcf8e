using System;
using FsCheck;
using FsCheck.Fluent;
using Kml.Training.Quantise;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Quantise;

public sealed class FixedPointTests
{
    private static readonly Gen<float> Numbers =
        from mantissa in Gen.Choose(-(1 << 23), 1 << 23)
        from exponent in Gen.Choose(-60, 60)
        select (float)Math.ScaleB(mantissa, exponent);

    [Fact]
    public void Whole_numbers_stay_as_they_are()
    {
        FixedPoint.For([3, -70000, 0]).FractionBits.ShouldBe(0);
        FixedPoint.For([0, 0]).FractionBits.ShouldBe(0);
        FixedPoint.For([3, 0.5f]).FractionBits.ShouldBeGreaterThan(0);
        FixedPoint.For([1e12f]).FractionBits.ShouldBeLessThan(0);
    }

    [Fact]
    public void A_column_keeps_29_bits_and_has_room_for_twice_its_greatest() =>
        Prop.ForAll(Numbers.NonEmptyListOf().Select(v => v.ToArray()).ToArbitrary(), column =>
        {
            FixedPoint format = FixedPoint.For(column);
            double greatest = 0;
            foreach (float value in column)
                greatest = Math.Max(greatest, Math.Abs((double)value));
            foreach (float value in column)
            {
                ((double)format.Value(format.Raw(value))).ShouldBe(value, Math.ScaleB(greatest, -23));
                int twice = format.Raw(2 * value);
                ((double)format.Value(twice)).ShouldBe(2 * value, Math.ScaleB(greatest, -22));
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1e30f, int.MaxValue)]
    [InlineData(-1e30f, int.MinValue)]
    [InlineData(2.5f, 2)]
    public void What_does_not_fit_saturates(float value, int raw) => default(FixedPoint).Raw(value).ShouldBe(raw);
}
