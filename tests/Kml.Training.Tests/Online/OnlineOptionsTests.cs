using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Kml.Training.Online;
using Shouldly;
using Xunit;
using static Kml.Training.Tests.StreamCases;

namespace Kml.Training.Tests;

public sealed class OnlineOptionsTests
{
    [Fact]
    public void Memory_is_planned_within_what_is_allowed()
    {
        foreach (int megabytes in (int[])[2, 3, 8, 64])
        {
            using OnlineTrainer trainer = new(Classifier with { Megabytes = megabytes });
            trainer.Status.Bytes.ShouldBeLessThanOrEqualTo(megabytes << 20);
        }

        NetworkForm large = NetworkForm.Of(
            2,
            new DenseLayer(1000, Nonlinearity.Relu),
            new DenseLayer(1000, Nonlinearity.Relu),
            new DenseLayer(2, Nonlinearity.Identity));
        Refused(Classifier with { Form = large, Megabytes = 16 })
            .ShouldStartWith("The network has 1006002 parameters; to train it with 1 intakes takes 26.9 MB at least, and 16 MB are allowed. Allow 27 MB,");
        Refused(Classifier with { Megabytes = 1 }).ShouldContain("and 1 MB are allowed. Allow 2 MB");
    }

    /// <summary>64 blocks of 2^26 rows are 2^32 rows.</summary>
    [Fact]
    public void Memory_is_planned_by_no_product_that_wraps_around()
    {
        using Network<float> network = new(Classifier.Form, Classifier.Loss, 32);
        Should.Throw<TrainingException>(() => MemoryPlan.Of(Classifier with { BatchRows = 1 << 26 }, network)).Message.ShouldContain("and 64 MB are allowed");
    }

    [Theory]
    [InlineData("CpuShare is 0; it must be above 0 and at most 1")]
    [InlineData("Megabytes is 0; it must be at least 1")]
    [InlineData("Producers is 0; it must be 1 to 256")]
    [InlineData("LearningRate is NaN; it must be above 0 and finite")]
    [InlineData("BatchRows is 16; it must be a multiple of 32")]
    [InlineData("HeldBackShare is 1; it must be above 0 and below 1")]
    [InlineData("WarmUpRows is 1; it must be at least 2")]
    [InlineData("There are 1 names for 2 features")]
    [InlineData("The network gives 2 numbers, and SquaredLoss takes one")]
    [InlineData("Margins are no probabilities")]
    public void Options_out_of_range_are_named(string message) =>
        Refused(message.Split(' ')[0] switch
        {
            "CpuShare" => Classifier with { CpuShare = 0 },
            "Megabytes" => Classifier with { Megabytes = 0 },
            "Producers" => Classifier with { Producers = 0 },
            "LearningRate" => Classifier with { LearningRate = double.NaN },
            "BatchRows" => Classifier with { BatchRows = 16 },
            "HeldBackShare" => Classifier with { HeldBackShare = 1 },
            "WarmUpRows" => Classifier with { WarmUpRows = 1 },
            "There" => Classifier with { Names = ["one"] },
            "The" => Classifier with { Loss = new SquaredLoss() },
            _ => Classifier with { Loss = new HingeLoss(), Form = NetworkForm.Of(2, new DenseLayer(1, Nonlinearity.Identity)) },
        }).ShouldContain(message);
}
