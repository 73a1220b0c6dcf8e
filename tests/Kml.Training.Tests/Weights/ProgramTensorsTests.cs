using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.Model;
using Kml.Model.Lowering;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests;

public sealed class ProgramTensorsTests
{
    [Fact]
    public void The_weights_of_any_network_are_read_back_as_they_were_written() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            Random random = new(seed);
            ProgramShape shape = Shape(random);
            ProgramWeights weights = Weights(shape, random);
            byte[] packed = WeightPacker.Pack(ModelProgram.For(shape), weights);
            WeightsFile file = WeightsFile.Parse(new WeightsFile([], ProgramTensors.Write(shape, weights)).ToBytes());
            WeightPacker.Pack(ModelProgram.For(shape), ProgramTensors.Read(shape, file)).ShouldBe(packed);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_stage_there_is_is_written_here() =>
        StageKinds.ShouldAllBeIn(Enumerable.Range(0, 100).Select(seed => ModelProgram.For(Shape(new Random(seed)))));

    private static ProgramShape Shape(Random random)
    {
        bool twin = random.Next(2) == 0;
        int classes = random.Next(2) == 0 ? 0 : 3;
        return new(
            random.Next(1, 6),
            twin ? ScalarType.Q16 : ScalarType.F32,
            Enumerable.Range(0, random.Next(3))
                .Select(_ => new LayerSpec(random.Next(1, 20), LayerActivation.Relu))
                .Append(new LayerSpec(classes == 0 ? 1 : classes, (LayerActivation)random.Next(4)))
                .ToEquatableArray(),
            classes > 0 ? ScalarType.U32 : twin ? ScalarType.I32 : ScalarType.F32,
            classes,
            twin);
    }

    private static ProgramWeights Weights(ProgramShape shape, Random random)
    {
        float[] Floats(int n) => [.. Enumerable.Range(0, n).Select(_ => random.NextSingle())];
        Affine[] Maps(int n) => [.. Enumerable.Range(0, n).Select(_ => new Affine(random.Next(), random.Next(1 << 20), random.Next(32)))];
        List<LayerWeights> layers = [];
        List<IntegerLayerWeights> integers = [];
        int width = shape.Features;
        foreach (LayerSpec layer in shape.Layers)
        {
            layers.Add(new(Floats(width * layer.Units), Floats(layer.Units)));
            integers.Add(new(
                [.. Enumerable.Range(0, width * layer.Units).Select(_ => (short)random.Next(-99, 99))],
                [.. Enumerable.Range(0, layer.Units).Select(_ => random.Next(99))],
                Maps(layer.Units)));
            width = layer.Units;
        }

        Affine? label = ModelProgram.For(shape).Head.Integer is null ? null : Maps(1)[0];
        return new(
            Floats(shape.Features),
            Floats(shape.Features),
            layers,
            shape.IsClassification ? 1 : random.NextSingle(),
            shape.IsClassification ? 0 : random.NextSingle(),
            shape.IntegerTwin ? new(Maps(shape.Features), integers, label) : null);
    }
}
