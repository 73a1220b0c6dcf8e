using System.Linq;
using Kml.Model.Lowering;
using Kml.TestSupport;
using Shouldly;
using Xunit;
using static Kml.Model.EquatableArray;

namespace Kml.Model.Tests;

/// <summary>What an inference keeps on the kernel's stack, in each form.</summary>
public sealed class ProgramFrameTests
{
    [Theory]
    [InlineData(343, true)]
    [InlineData(344, false)]
    [InlineData(600, false)]
    [InlineData(1024, false)]
    public void An_integer_twin_keeps_a_wide_layer_that_streams_in_floating_point(int units, bool fits)
    {
        LayerSpec[] layers = [new(units, LayerActivation.Relu), new(2, LayerActivation.Identity)];
        ModelProgram program = Program(5, ScalarType.Q16, ScalarType.U32, 2, layers);
        program.FloatFrame.Bytes.ShouldBe((4 * 16) + (4 * 16 * 2), "features, lanes of the last layer");
        program.IntegerFrame!.Bytes.ShouldBe((2 * 5) + (2 * units) + (4 * 2), "features, outputs, scores");
        program.StackBytes.ShouldBe(int.Max(program.FloatFrame.Bytes, program.IntegerFrame.Bytes));
        program.FitsFrame.ShouldBe(fits);
    }

    [Fact]
    public void Without_a_twin_a_layer_that_streams_may_be_as_wide_as_any()
    {
        LayerSpec[] layers = [new(1024, LayerActivation.Relu), new(2, LayerActivation.Identity)];
        ModelProgram program = Program(5, ScalarType.F32, ScalarType.U32, 2, layers);
        program.IntegerFrame.ShouldBeNull();
        program.FitsFrame.ShouldBeTrue();
    }

    [Fact]
    public void An_activated_last_layer_is_kept_and_of_a_classification_widened_too()
    {
        LayerSpec[] layers = [new(9, LayerActivation.Tanh), new(3, LayerActivation.Sigmoid)];
        Program(4, ScalarType.I32, ScalarType.U32, 3, layers).IntegerFrame!.Bytes
            .ShouldBe((2 * 4) + (2 * 9) + (4 * 3), "scores lie where the features did, and are copied");
        layers[1] = layers[1] with { Units = 1 };
        Program(4, ScalarType.I32, ScalarType.I32, 0, layers).IntegerFrame!.Bytes.ShouldBe((2 * 4) + (2 * 9));
    }

    [Fact]
    public void A_model_whose_twin_does_not_fit_is_refused()
    {
        ModelSpec floats = SampleModels.Minimal();
        ModelSpec twin = floats with
        {
            Features = new(1, ScalarType.I32, new(
                "Extract",
                Of(floats.Features.Method.Parameters[0], new Parameter("x", ParameterKind.Features, null, ScalarType.I32)),
                new(Of<Statement>(Assign.Feature("x", 0, 1, new Constant(ScalarType.I32, 1)))))),
            Label = floats.Label with
            {
                Type = ScalarType.I32,
                Method = floats.Label.Method with { Body = new(Of<Statement>(new Return(new Constant(ScalarType.I32, 1)))) },
            },
        };
        ModelSpec With(ModelSpec model, int units) =>
            model with { Layers = Of(new LayerSpec(units, LayerActivation.Relu), new LayerSpec(1, LayerActivation.Identity)) };
        ModelChecks.Check(With(floats, 1024)).ShouldBeEmpty();
        ModelChecks.Check(With(twin, 349)).ShouldBeEmpty();
        ModelFinding finding = ModelChecks.Check(With(twin, 350)).ShouldHaveSingleItem();
        finding.Rule.ShouldBe(ModelRules.Frame);
        finding.Arguments.Skip(1).ShouldBe(["706", "704"]);
    }

    [Fact]
    public void A_stage_that_works_in_place_keeps_the_slot_that_it_reads_and_ends_what_streams()
    {
        ModelProgram dense = Program(
            5,
            ScalarType.I32,
            ScalarType.U32,
            2,
            new LayerSpec(20, LayerActivation.Relu),
            new LayerSpec(30, LayerActivation.Relu),
            new LayerSpec(2, LayerActivation.Identity));
        Stage[] stages = [.. dense.Stages];
        dense.Slots.ShouldBe([0, 1, 2, 3, 3]);

        ModelProgram program = new(dense.Shape, new([.. stages.Take(2), new InPlace(20), .. stages.Skip(2)]), dense.Arrays, dense.Size);
        program.Slots.ShouldBe([0, 1, 1, 2, 3, 3]);
        program.FloatFrame.Buffers.ShouldBe([new FrameBuffer(0, 16, Of(0)), new FrameBuffer(1, 32, Of(1, 3))], ignoreOrder: false, "slot 2 is streamed");
        program.IntegerFrame!.Buffers.ShouldBe([new FrameBuffer(0, 30, Of(0, 2)), new FrameBuffer(1, 20, Of(1))], ignoreOrder: false, "slot 3 is scores");

        stages[2].Before(stages[3]).ShouldBeOfType<DenseStage>().StreamsIntoNext.ShouldBeTrue();
        stages[2].Before(new InPlace(30)).ShouldBeOfType<DenseStage>().StreamsIntoNext.ShouldBeFalse();
        stages[3].Before(null).ShouldBeOfType<DenseStage>().GivesScores.ShouldBeTrue();
        stages[3].Before(new InPlace(2)).ShouldBeOfType<DenseStage>().GivesScores.ShouldBeFalse();
    }

    private static ModelProgram Program(int features, ScalarType feature, ScalarType output, int classes, params LayerSpec[] layers) =>
        ModelProgram.For(new ProgramShape(features, feature, new(layers), output, classes, feature != ScalarType.F32));
}
