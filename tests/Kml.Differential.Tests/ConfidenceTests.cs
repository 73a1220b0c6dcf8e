using System;
using System.Linq;
using Kml.Inference;
using Kml.Model;
using Kml.Model.Lowering;
using Shouldly;
using Xunit;

namespace Kml.Differential;

/// <summary>What the confidences of a class are; that engines agree about them, <see cref="NetworkTests"/> holds.</summary>
public class ConfidenceTests
{
    private const float Inf = float.PositiveInfinity;

    [Theory]
    [InlineData(1f, 0f)]
    [InlineData(0f, 0f)]
    [InlineData(-3f, 4.5f)]
    [InlineData(0.25f, 0.5f, 0.125f)]
    [InlineData(88f, -88f, 20f, 87f)]
    [InlineData(200f, 199f, -200f)]
    public void A_probability_is_that_of_softmax_and_a_margin_the_lead(params float[] outputs)
    {
        (uint best, float probability, float margin) = Of(outputs);

        outputs[best].ShouldBe(outputs.Max());
        ((double)probability).ShouldBe(1 / outputs.Sum(y => Math.Exp((double)y - outputs[best])), 1e-6);
        margin.ShouldBe(outputs[best] - outputs.Where((_, i) => i != best).Max());
    }

    /// <summary>Two outputs are one logit: their difference.</summary>
    [Theory]
    [InlineData(0f)]
    [InlineData(0.5f)]
    [InlineData(-4f)]
    [InlineData(17f)]
    public void Of_two_classes_the_probability_is_the_sigmoid_of_the_margin(float logit)
    {
        (_, float probability, float margin) = Of(0f, logit);

        margin.ShouldBe(MathF.Abs(logit));
        probability.ShouldBe(KmlMath.Sigmoid(margin), 1e-6f);
    }

    [Theory]
    [InlineData(new[] { 1f, float.NaN, 0f }, float.NaN, 1f)]
    [InlineData(new[] { float.NaN, 1f, 0f }, float.NaN, float.NaN)]
    [InlineData(new[] { 1f, float.NaN }, float.NaN, Inf)]
    [InlineData(new[] { Inf, 1f }, float.NaN, Inf)]
    [InlineData(new[] { 1f, -Inf }, 1f, Inf)]
    public void Outputs_that_are_no_numbers_have_the_bits_that_the_page_says(float[] outputs, float probability, float margin)
    {
        (uint best, float seen, float lead) = Of(outputs);

        best.ShouldBe(0u);
        (Bits(seen), Bits(lead)).ShouldBe((KmlMath.CanonicalBits(probability), KmlMath.CanonicalBits(margin)));

        static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);
    }

    [Fact]
    public void An_engine_gives_all_or_none()
    {
        FloatEngine engine = Engine([1f, 2f]);

        engine.Predict([0]).ShouldBe(1u);
        Should.Throw<ArgumentException>(() => engine.Predict([0], new uint[1])).Message.ShouldContain("2 confidences, not 1");
    }

    private static (uint Best, float Probability, float Margin) Of(params float[] outputs)
    {
        uint[] confidences = new uint[2];
        uint best = Engine(outputs).Predict([0], confidences);
        return (best, BitConverter.UInt32BitsToSingle(confidences[0]), BitConverter.UInt32BitsToSingle(confidences[1]));
    }

    /// <summary>A network that gives its biases.</summary>
    private static FloatEngine Engine(float[] outputs)
    {
        ModelProgram program = ModelProgram.For(new ProgramShape(
            1,
            ScalarType.I32,
            EquatableArray.Of(new LayerSpec(outputs.Length, LayerActivation.Identity)),
            ScalarType.U32,
            outputs.Length,
            IntegerTwin: false,
            EquatableArray.Of(Confidence.Probability, Confidence.Margin)));
        return new(program, WeightPacker.Pack(program, new([0f], [1f], [new LayerWeights(new float[outputs.Length], outputs)], 1f, 0f, null)));
    }
}
