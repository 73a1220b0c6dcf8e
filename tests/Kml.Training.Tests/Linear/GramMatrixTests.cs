using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using Kml.Training.Linear;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Linear;

public class GramMatrixTests
{
    [Fact]
    public void SumsTheWeightedProductsOfAllPairs() =>
        Prop.ForAll(Gen.Choose(1, 1100).Zip(Gen.Choose(1, 75)).ToArbitrary(), input =>
        {
            (int rows, int width) = input;
            Samples samples = LinearData.Random(rows + width, rows, width, classes: 0, weighted: true);
            StandardColumns columns = new(samples);
            GramMatrix gram = Sum(columns, samples);
            AlignedMatrix all = new(width, rows);
            columns.Fill(0, width, 0, rows, all);
            double Value(int column, int row) => column < width ? all[column][row] : column == width ? 1 : samples.Labels[row];
            for (int i = 0; i < width + 2; i += 3)
            {
                for (int j = 0; j <= i; j += 2)
                {
                    double due = 0;
                    for (int r = 0; r < rows; r++)
                        due += samples.Weights[r] * Value(i, r) * Value(j, r);
                    gram.Sums[i][j].ShouldBe(due, 1e-9 * rows);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public async Task OneThreadAndManyGiveTheSameBits()
    {
        Samples samples = LinearData.Random(3, 1500, 150, classes: 0, weighted: true);
        GramMatrix many = Sum(new StandardColumns(samples), samples);
        ConcurrentExclusiveSchedulerPair single = new(TaskScheduler.Default, maxConcurrencyLevel: 1);
        GramMatrix one = await Task.Factory.StartNew(
            () => Sum(new StandardColumns(samples), samples),
            CancellationToken.None,
            TaskCreationOptions.None,
            single.ExclusiveScheduler);
        for (int i = 0; i < 152; i++)
            one.Sums[i][..(i + 1)].SequenceEqual(many.Sums[i][..(i + 1)]).ShouldBeTrue();
    }

    /// <summary>
    /// Why it is in doubles: powers of a number between 0 and 1 are independent, and the single-precision matrix of their products says otherwise.
    /// </summary>
    [Fact]
    public void InSinglePrecisionItIsNotPositiveDefinite()
    {
        const int rows = 400, width = 9;
        float[] features = [.. Enumerable.Range(0, rows * width).Select(i => MathF.Pow((i % rows) / (float)rows, 1 + (i / rows)))];
        Samples samples = new(
            [.. Enumerable.Range(1, width).Select(f => $"x^{f}")],
            features,
            [.. Enumerable.Range(0, rows).Select(r => MathF.Cos(5 * r / (float)rows))],
            classes: 0);
        StandardColumns columns = new(samples);
        AlignedMatrix doubles = Sum(columns, samples).Sums, singles = new(12, width);
        AlignedMatrix all = new(width, rows);
        columns.Fill(0, width, 0, rows, all);
        for (int i = 0; i < width; i++)
        {
            for (int j = 0; j < width; j++)
            {
                float sum = 0;
                for (int r = 0; r < rows; r++)
                    sum += (float)all[i][r] * (float)all[j][r];
                singles[i][j] = sum;
            }
        }

        Cholesky.Factorise(singles, width).ShouldBeInRange(2, width - 1);
        Cholesky.Factorise(doubles, width).ShouldBe(-1);
    }

    private static GramMatrix Sum(StandardColumns columns, Samples samples)
    {
        GramMatrix gram = new(columns.Width + 2);
        gram.Add(columns, row => samples.Weights[row], row => samples.Labels[row]);
        return gram;
    }
}
