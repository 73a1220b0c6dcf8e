using System;
using System.Linq;
using Kml.Model;
using Kml.Model.Lowering;
using Kml.Training.Layers;
using Kml.Training.Networks;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Networks;

public class ModelNetworkTests
{
    [Fact]
    public void An_activation_is_trained_as_the_nonlinearity_of_its_name()
    {
        LayerActivation[] activations = Enum.GetValues<LayerActivation>();
        ProgramShape shape = new(3, ScalarType.F32, activations.Select(a => new LayerSpec(8, a)).ToEquatableArray(), ScalarType.U32, 8, IntegerTwin: false);

        ModelNetwork.Form(shape).Layers.Cast<DenseLayer>().Select(l => l.Nonlinearity.ToString()).ShouldBe(activations.Select(a => a.ToString()));
    }

    /// <summary>It would be in the engines, and the weights learned without it.</summary>
    [Fact]
    public void A_stage_that_no_layer_is_trained_for_is_refused_and_not_passed_over()
    {
        ProgramShape shape = new(3, ScalarType.F32, EquatableArray.Of(new LayerSpec(1, LayerActivation.Identity)), ScalarType.F32, 0, IntegerTwin: false);
        ModelProgram known = ModelProgram.For(shape);
        ModelProgram program = new(known.Shape, new(known.Stages.Prepend(known.Normalise)), known.Arrays, known.Size);

        Should.Throw<NotSupportedException>(() => ModelNetwork.Form(program)).Message.ShouldContain(nameof(NormaliseStage));
    }
}
