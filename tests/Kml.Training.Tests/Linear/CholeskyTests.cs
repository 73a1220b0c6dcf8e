using System;
using FsCheck;
using FsCheck.Fluent;
using Kml.Training.Linear;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Linear;

public class CholeskyTests
{
    [Fact]
    public void TheFactorTimesItselfIsTheMatrixAndTheUpperTriangleStays() =>
        Prop.ForAll(Gen.Choose(1, 90).Zip(Gen.Choose(0, 1000)).ToArbitrary(), input =>
        {
            (int order, int seed) = input;
            double[,] a = Definite(order, seed);
            AlignedMatrix l = Matrix(a, order);
            Cholesky.Factorise(l, order).ShouldBe(-1);
            for (int i = 0; i < order; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    double sum = 0;
                    for (int k = 0; k <= j; k++)
                        sum += l[i][k] * l[j][k];
                    sum.ShouldBe(a[i, j], 1e-10 * order);
                    if (j < i)
                        l[j][i].ShouldBe(a[j, i]);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void SolvesWhatItFactorised()
    {
        const int order = 77;
        double[,] a = Definite(order, 5);
        double[] x = new double[order], b = new double[order];
        for (int i = 0; i < order; i++)
            x[i] = Math.Sin(i);
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j < order; j++)
                b[i] += a[i, j] * x[j];
        }

        AlignedMatrix l = Matrix(a, order);
        Cholesky.Factorise(l, order).ShouldBe(-1);
        Cholesky.Solve(l, b);
        for (int i = 0; i < order; i++)
            b[i].ShouldBe(x[i], 1e-9);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(9, 6)]
    [InlineData(40, 35)]
    public void NamesTheFirstRowThatIsNotPositive(int order, int bad)
    {
        AlignedMatrix a = Matrix(Definite(order, 3), order);
        a[bad][bad] = -1;
        Cholesky.Factorise(a, order).ShouldBe(bad);
    }

    private static double[,] Definite(int order, int seed)
    {
        System.Random random = new(seed);
        double[,] factor = new double[order, order], a = new double[order, order];
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j <= i; j++)
                factor[i, j] = i == j ? 1 + random.NextDouble() : random.NextDouble() - 0.5;
        }

        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j < order; j++)
            {
                for (int k = 0; k < order; k++)
                    a[i, j] += factor[i, k] * factor[j, k];
            }
        }

        return a;
    }

    private static AlignedMatrix Matrix(double[,] a, int order)
    {
        AlignedMatrix matrix = new((order + 3) / 4 * 4, order);
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j < order; j++)
                matrix[i][j] = a[i, j];
        }

        return matrix;
    }
}
