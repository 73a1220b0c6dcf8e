using System;
using System.Linq;
using Kml.Model.Lowering;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Quantise;

public sealed class TrainerPrecisionTests
{
    private static readonly TrainingOptions Quick = new() { MaxEpochs = 30, BatchRows = 64, LearningRate = 0.01f, Console = null };

    [Fact]
    public void A_model_is_trained_for_the_8_bits_that_its_file_holds()
    {
        TrainingResult result = Trainer.Train<TwinModel>(SyntheticRecords.Wait(4000), Quick with { Precision = TrainingPrecision.Int8 });
        result.Integer!.Accuracy!.Value.ShouldBeGreaterThan(0.92);
        result.Integer.Accuracy.Value.ShouldBe(result.Float.Accuracy!.Value, 0.01);
        foreach ((LayerWeights floats, IntegerLayerWeights integers) in result.Weights.Layers.Zip(result.Weights.Integer!.Layers))
        {
            int outputs = floats.Bias.Count;
            for (int o = 0; o < outputs; o++)
            {
                (float Float, short Integer)[] column = [.. floats.Weights.Zip(integers.Weights).Where((_, at) => at % outputs == o)];
                column.Max(w => Math.Abs((int)w.Integer)).ShouldBe(127);

                // The float engine's weights stand on the grid of the twin's.
                double unit = column.Max(w => Math.Abs((double)w.Float)) / 127;
                column.ShouldAllBe(w => Math.Abs((w.Float / unit) - w.Integer) < 1e-3);
            }
        }
    }

    [Fact]
    public void A_model_without_a_twin_cannot_be_trained_for_one() =>
        Should.Throw<TrainingException>(() => Trainer.Train<WaitModel>(SyntheticRecords.Wait(600), Quick with { Precision = TrainingPrecision.Int16 }))
            .Message.ShouldContain("no integer twin");
}
