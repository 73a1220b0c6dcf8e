using System.Linq;
using Shouldly;
using Xunit;

namespace Kml.Model.Tests;

public sealed class ModelChecksTests
{
    [Fact]
    public void The_sample_is_well() => ModelChecks.Check(Models.Sample()).ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("9lives")]
    [InlineData("has space")]
    [InlineData("Upper")]
    [InlineData("a_name_that_is_much_too_long")]
    public void A_name_that_cannot_name_a_module(string name) => Only(Models.Sample() with { Name = name }, ModelRules.Name, ModelPart.Name);

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(1025)]
    public void A_layer_of_no_size(int units)
    {
        ModelSpec model = Models.Sample();
        Only(model with { Layers = EquatableArray.Of(new LayerSpec(units, LayerActivation.Relu), model.Layers[1]) }, ModelRules.LayerSize, ModelPart.Layer);
    }

    [Fact]
    public void No_layers() => Only(Models.Sample() with { Layers = default }, ModelRules.NoLayers, ModelPart.Name);

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(32)]
    [InlineData(131072)]
    public void A_ring_that_is_no_power_of_two_in_range(int records) =>
        Only(Models.Sample() with { Ring = new RingSpec(records, RingWhenFull.Drop) }, ModelRules.RingSize, ModelPart.Ring);

    [Fact]
    public void A_label_that_no_join_connects()
    {
        ModelSpec model = Models.Sample();
        ModelFinding finding = ModelChecks.Check(model with { Label = model.Label with { From = EventKind.BlockComplete, To = EventKind.BlockIssue } })
            .First(f => f.Rule == ModelRules.Join);
        finding.Part.ShouldBe(ModelPart.Label);
        finding.Arguments[2].ShouldContain("BioQueue to BlockIssue");
    }

    [Fact]
    public void A_last_layer_unlike_the_label()
    {
        ModelSpec model = Models.Sample();
        Only(model with { Label = model.Label with { Type = ScalarType.U32, Classes = 4 } }, ModelRules.HeadWidth, ModelPart.Layer);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public void A_number_of_features_out_of_range(int count)
    {
        ModelSpec model = Models.Sample();
        Only(model with { Features = model.Features with { Count = count } }, ModelRules.FeatureRange, ModelPart.Features);
    }

    [Fact]
    public void Layers_too_wide_for_a_kernel_frame()
    {
        ModelSpec model = Models.Sample();
        LayerSpec wide = new(256, LayerActivation.Relu), head = new(1, LayerActivation.Identity);
        ModelChecks.Check(model with { Layers = EquatableArray.Of(wide, head) }).ShouldBeEmpty("a wide layer streams into a narrow one");
        Only(model with { Layers = EquatableArray.Of(wide, wide, head) }, ModelRules.Frame, ModelPart.Layer);
    }

    [Fact]
    public void Joins_lead_forward_through_a_requests_life()
    {
        JoinCatalog.Between(EventKind.BioQueue, EventKind.BlockIssue).ShouldBe(JoinCatalog.Request);
        JoinCatalog.Between(EventKind.BlockIssue, EventKind.BlockComplete).ShouldBe(JoinCatalog.Request);
        JoinCatalog.Between(EventKind.BioQueue, EventKind.BlockInsert).ShouldBeNull();
        JoinCatalog.Between(EventKind.BlockIssue, EventKind.BlockIssue).ShouldBeNull();
        JoinCatalog.Between(EventKind.BlockComplete, EventKind.BioQueue).ShouldBeNull();
    }

    private static void Only(ModelSpec model, DiagnosticRule rule, ModelPart part)
    {
        ModelFinding finding = ModelChecks.Check(model).ShouldHaveSingleItem();
        finding.Rule.ShouldBe(rule);
        finding.Part.ShouldBe(part);
    }
}
