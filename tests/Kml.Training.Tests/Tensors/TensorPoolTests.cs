using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.Training.Layers;
using Kml.Training.Tensors;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Tensors;

/// <summary>Sizes near 2^31, of which the arithmetic is tested and not the memory.</summary>
public sealed class TensorPoolTests
{
    private const int Longest = 0x7fffffc7;

    /// <summary>Below 2^31 each, together above it.</summary>
    [Fact]
    public void What_is_left_of_a_slab_is_not_found_by_a_sum_that_wraps_around() => TensorPool.Fits(1 << 30, 1_048_576_256, 1_105_920_000).ShouldBeFalse();

    [Fact]
    public void A_tensor_fits_if_it_ends_within_the_slab() =>
        Prop.ForAll(Gen.Choose(0, Longest).ToArbitrary(), Gen.Choose(0, Longest).ToArbitrary(), Gen.Choose(0, Longest).ToArbitrary(), (a, b, bytes) =>
            TensorPool.Fits(Math.Max(a, b), Math.Min(a, b), bytes).ShouldBe((long)Math.Min(a, b) + bytes <= Math.Max(a, b))).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(64, 1 << 16)]
    [InlineData(1 << 16, 1 << 17)]
    [InlineData((1 << 29) - 64, 1 << 29)]
    [InlineData(1 << 29, (1 << 29) + 64)]
    [InlineData((1 << 30) + 64, (1 << 30) + 128)]
    [InlineData(Longest - 64, Longest)]
    [InlineData(Longest - 63, -1)]
    [InlineData(Longest, -1)]
    public void A_slab_is_refused_only_if_no_array_is_so_long(int bytes, int slab)
    {
        if (slab >= 0)
            TensorPool.SlabBytes(bytes).ShouldBe(slab);
        else
            Should.Throw<TrainingException>(() => TensorPool.SlabBytes(bytes)).Message.ShouldStartWith("The bytes of a layer's values would be ");
    }

    [Fact]
    public void Tensors_of_a_pool_are_zeros_that_lie_apart()
    {
        using TensorPool pool = new();
        int[] lengths = [1, 16, 1000, 1 << 14, 1 << 15, 3];
        Tensor<float>[] tensors = [.. lengths.Select(length => pool.Take<float>(new TensorShape(1, 1, length)))];
        for (int i = 0; i < tensors.Length; i++)
        {
            tensors[i].Span.ContainsAnyExcept(0).ShouldBeFalse();
            tensors[i].Span.Fill(i + 1);
        }

        for (int i = 0; i < tensors.Length; i++)
            tensors[i].Span.ContainsAnyExcept(i + 1).ShouldBeFalse();
    }

    [Fact]
    public void A_part_ends_within_its_tensor()
    {
        using TensorPool pool = new();
        Tensor<float> tensor = pool.Take<float>(new TensorShape(1, 2, 16));
        tensor.Part(16, new TensorShape(1, 1, 16)).Span.Length.ShouldBe(16);
        Should.Throw<ArgumentOutOfRangeException>(() => tensor.Part(17, new TensorShape(1, 1, 16)));
        Should.Throw<ArgumentOutOfRangeException>(() => tensor.Part(int.MaxValue, new TensorShape(1, 1, 16)));
    }

    [Fact]
    public void What_a_recurrent_layer_remembers_is_refused_by_name()
    {
        using TensorPool pool = new();
        Should.Throw<TrainingException>(() => new StepHistory<float>(1, 1 << 16, 1 << 16, pool))
            .Message.ShouldStartWith("The values of a layer would be 4294967296 numbers");
    }
}
