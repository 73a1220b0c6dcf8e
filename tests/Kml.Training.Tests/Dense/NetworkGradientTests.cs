using System;
using Kml.Model;
using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Kml.Training.Tests.Networks;
using Xunit;

namespace Kml.Training.Tests.Dense;

public sealed class NetworkGradientTests
{
    private static readonly (Loss Loss, int Units)[] Losses =
    [
        (new SquaredLoss(), 1),
        (new HuberLoss(0.3), 1),
        (new QuantileLoss(0.9), 1),
        (new BinaryCrossEntropyLoss(), 1),
        (new BinaryCrossEntropyLoss(3), 1),
        (new HingeLoss(), 1),
        (new HingeLoss(), 4),
        (new CrossEntropyLoss(), 2),
        (new CrossEntropyLoss(), 4),
        (new CrossEntropyLoss(new EquatableArray<double>([1, 0.5, 0, 2])), 4),
    ];

    public static TheoryData<Nonlinearity> All => [.. Enum.GetValues<Nonlinearity>()];

    [Theory]
    [MemberData(nameof(All))]
    public void Gradients_of_every_loss_are_slopes(Nonlinearity hidden)
    {
        foreach ((Loss loss, int units) in Losses)
        {
            foreach (Nonlinearity last in Enum.GetValues<Nonlinearity>())
                NetworkSlopes.Check(NetworkForm.Of(3, new DenseLayer(5, hidden), new DenseLayer(units, last)), loss);
        }
    }

    [Fact]
    public void Layers_share_their_parameters_among_steps() =>
        NetworkSlopes.Check(new NetworkForm(new LayerShape(3, 2), new([new DenseLayer(4, Nonlinearity.Tanh), new DenseLayer(3)])), new CrossEntropyLoss());
}
