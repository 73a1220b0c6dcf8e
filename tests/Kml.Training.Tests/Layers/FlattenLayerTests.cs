using Kml.Training.Layers;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Layers;

public sealed class FlattenLayerTests
{
    [Fact]
    public void Steps_become_units_in_their_order()
    {
        using LayerBed<double> bed = new(new FlattenLayer(), new(3, 2), 16, 1);
        bed.Pass.Output.ShouldBe(new LayerShape(1, 6));
        bed.Forward();
        bed.Y.ShouldBe(bed.X);
        bed.ShouldAgreeWithFiniteDifferences();
    }

    [Fact]
    public void A_step_allocates_nothing() => Allocations.ShouldBeNoneOfSteps(new FlattenLayer(), new(2, 3));
}
