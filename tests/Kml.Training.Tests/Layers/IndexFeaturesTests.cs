using Kml.Training.Layers;
using Kml.Training.Networks;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Layers;

public sealed class IndexFeaturesTests
{
    private static readonly NetworkForm Form = NetworkForm.Of(3, new EmbeddingLayer(0, 4, 2), new EmbeddingLayer(3, 5, 3), new LayerNormLayer());

    [Fact]
    public void They_are_named_as_the_network_takes_them() => IndexFeatures.Of(Form).ShouldBe([(0, 4), (2, 5)]);

    [Theory]
    [InlineData(4f, "'operation' of row 1 is 4")]
    [InlineData(-1f, "'operation' of row 1 is -1")]
    [InlineData(1.5f, "'operation' of row 1 is 1.5")]
    public void What_is_no_index_is_named_by_feature_and_row(float index, string place) =>
        Should.Throw<TrainingException>(() => IndexFeatures.Check(Form, Rows(index))).Message.ShouldContain(place);

    [Fact]
    public void What_is_one_passes() => IndexFeatures.Check(Form, Rows(3));

    [Fact]
    public void All_steps_of_a_row_are_checked()
    {
        NetworkForm steps = new(new LayerShape(2, 1), new([new EmbeddingLayer(0, 4, 2)]));
        Samples rows = new(["operation at 0", "operation at 1"], [0, 1, 2, 9], [0, 0], 0);
        Should.Throw<TrainingException>(() => IndexFeatures.Check(steps, rows)).Message.ShouldContain("'operation at 1' of row 1 is 9");
    }

    [Fact]
    public void A_learned_number_is_no_index()
    {
        NetworkForm form = NetworkForm.Of(2, new LayerNormLayer(), new EmbeddingLayer(0, 4, 2));
        Should.Throw<TrainingException>(() => IndexFeatures.Of(form)).Message.ShouldContain("Embeddings come first");
    }

    private static Samples Rows(float index) => new(["operation", "size", "priority"], [0, index, 7, 7, 4, 4], [0, 1], 0);
}
