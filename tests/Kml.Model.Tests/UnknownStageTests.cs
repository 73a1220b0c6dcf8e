using System;
using System.Linq;
using Kml.Inference;
using Kml.Model.Lowering;
using Kml.Model.Weights.Stages;
using Shouldly;
using Xunit;

namespace Kml.Model.Tests;

/// <summary>What does not know a kind of stage says so, and passes it over in no case.</summary>
public sealed class UnknownStageTests
{
    private static readonly ModelProgram Program = With(new InPlace(1), ModelProgram.For(new ProgramShape(
        1,
        ScalarType.I32,
        EquatableArray.Of(new LayerSpec(1, LayerActivation.Identity)),
        ScalarType.I32,
        0,
        IntegerTwin: true)));

    [Fact]
    public void The_engines_refuse_it()
    {
        Should.Throw<NotSupportedException>(() => new FloatEngine(Program, new byte[Program.Size]).Predict([1])).Message.ShouldContain(nameof(InPlace));
        Should.Throw<NotSupportedException>(() => new IntegerEngine(Program, new byte[Program.Size]).Predict([1])).Message.ShouldContain(nameof(InPlace));
    }

    [Fact]
    public void A_weights_file_refuses_it() =>
        Should.Throw<NotSupportedException>(() => StageTensors.Of(Program.Between[0])).Message.ShouldContain(nameof(InPlace));

    [Fact]
    public void A_program_needs_no_dense_stage_to_know_what_it_costs()
    {
        ModelProgram bare = new(Program.Shape, new(Program.Stages.Where(s => s is not DenseStage)), Program.Arrays, Program.Size);
        bare.StackBytes.ShouldBe(4 * 16);
        ModelBudget.Of(bare).MultiplyAdds.ShouldBe(0);
    }

    [Fact]
    public void A_program_refuses_a_stage_of_another_width_than_the_one_before_it_gives() =>
        Should.Throw<ArgumentException>(() => With(new InPlace(2), Program)).Message.ShouldContain("Stage 1, a InPlace, takes 2 numbers");

    private static ModelProgram With(Stage stage, ModelProgram program) =>
        new(program.Shape, new(program.Stages.Take(1).Append(stage).Concat(program.Stages.Skip(1))), program.Arrays, program.Size);
}
