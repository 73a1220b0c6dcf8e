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
        ProgramShape shape = new(3, ScalarType.F32, activations.Select(a => new LayerSpec(8, a)).ToEquatableArray(), ScalarType.F32, 0, IntegerTwin: false);

        ModelNetwork.Form(shape).Layers.Cast<DenseLayer>().Select(l => l.Nonlinearity.ToString()).ShouldBe(activations.Select(a => a.ToString()));
    }
}
