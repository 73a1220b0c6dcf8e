using System;
using System.Linq;
using System.Numerics;
using System.Runtime.Intrinsics;
using FsCheck;
using FsCheck.Fluent;
using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Kml.Training.Tensors;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Dense;

public sealed class DenseKernelTests
{
    /// <summary>Widths around those of vectors and tiles, and rows around those of panels.</summary>
    private static readonly Gen<(int Inputs, int Hidden, int Outputs, int Rows, Nonlinearity Nonlinearity, int Seed)> Shapes =
        from inputs in Gen.Frequency((3, Gen.Choose(1, 20)), (1, Gen.Choose(21, 70)))
        from hidden in Gen.Frequency((3, Gen.Choose(1, 40)), (1, Gen.Choose(41, 140)))
        from outputs in Gen.Choose(1, 12)
        from rows in Gen.Choose(1, 16)
        from nonlinearity in Gen.Elements(Enum.GetValues<Nonlinearity>())
        from seed in Gen.Choose(1, 1_000_000)
        select (inputs, hidden, outputs, rows * 16, nonlinearity, seed);

    [Fact]
    public void In_single_precision_fast_agrees_with_naive() =>
        Prop.ForAll(Shapes.ToArbitrary(), shape => Compare<float>(shape, 3e-5)).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void In_double_precision_fast_agrees_with_naive() =>
        Prop.ForAll(Shapes.ToArbitrary(), shape => Compare<double>(shape, 1e-11)).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void A_square_is_transposed_for_every_count_and_offset()
    {
        Transpose<float>();
        Transpose<double>();
    }

    [Fact]
    public void Sums_of_many_vectors_have_the_bits_of_each()
    {
        Random random = new(1);
        for (int i = 0; i < 1000; i++)
        {
            float[] values = [.. Enumerable.Range(0, 256).Select(_ => (random.NextSingle() - 0.5f) * MathF.Pow(2, random.Next(-20, 20)))];
            Vector512<float> sums = RowVector.Sums(ref values[0]);
            for (int k = 0; k < 16; k++)
                sums[k].ShouldBe(RowVector.Sum(Vector512.Create(values.AsSpan(k * 16, 16))));
        }
    }

    private static void Compare<T>((int Inputs, int Hidden, int Outputs, int Rows, Nonlinearity Nonlinearity, int Seed) shape, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NetworkForm form = NetworkForm.Of(shape.Inputs, new DenseLayer(shape.Hidden, shape.Nonlinearity), new DenseLayer(shape.Outputs));
        using Network<T> network = new(form, shape.Outputs == 1 ? new SquaredLoss() : new CrossEntropyLoss(), shape.Rows);
        Random random = new(shape.Seed);
        T[] parameters = new T[network.ParameterLength], gradient = new T[parameters.Length];
        network.Initialise(parameters, new Randomness((ulong)shape.Seed));
        PackedRows<T> rows = new(shape.Rows + 3, shape.Inputs);
        for (int row = 0; row < rows.Count; row++)
        {
            foreach (ref T value in rows.Input(row))
                value = T.CreateChecked((random.NextDouble() * 2) - 1);
            rows.Target(row)[0] = T.CreateChecked(random.Next(Math.Max(2, shape.Outputs)));
            rows.Weight(row)[0] = T.CreateChecked(random.Next(3));
        }

        int[] order = [.. Enumerable.Range(0, random.Next(1, shape.Rows + 1)).Select(_ => random.Next(rows.Count))];
        T share = T.One / T.CreateChecked(order.Length);
        rows.Load(order, network);
        double loss = network.Forward(parameters, share, training: true);
        network.Backward(parameters, gradient);

        NaiveDense<double> naive = new(form);
        double[] wide = [.. parameters.Select(double.CreateChecked)], expected = new double[wide.Length];
        double sum = 0;
        foreach (int row in order)
        {
            double weight = double.CreateChecked(rows.Weight(row)[0]);
            double[] input = [.. rows.Input(row).ToArray().Select(double.CreateChecked)];
            sum += weight * naive.Row(wide, input, double.CreateChecked(rows.Target(row)[0]), weight / order.Length, expected);
        }

        (loss / order.Length).ShouldBe(sum / order.Length, tolerance * 10);
        if (naive.NearestKink < tolerance / 10)
            return;
        double largest = Math.Max(1, expected.Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++)
            double.CreateChecked(gradient[i]).ShouldBe(expected[i], tolerance * largest, $"parameter {i} of {shape}");
    }

    private static void Transpose<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = Vector512<T>.Count;
        T[] from = [.. Enumerable.Range(0, 4000).Select(T.CreateChecked)];
        for (int count = 1; count <= lanes; count++)
        {
            nint[] offsets = [.. Enumerable.Range(0, lanes).Select(k => (nint)((k * 97 * count) % 3900))];
            T[] to = new T[lanes * (lanes + 5)];
            Transposition.Square(ref from[0], ref offsets[0], ref to[0], lanes + 5, count);
            for (int e = 0; e < lanes; e++)
            {
                for (int k = 0; k < lanes; k++)
                    to[(e * (lanes + 5)) + k].ShouldBe(e < count ? from[(int)offsets[k] + e] : T.Zero);
            }
        }
    }
}
