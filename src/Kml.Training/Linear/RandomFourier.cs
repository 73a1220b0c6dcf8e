using System;
using System.Globalization;
using System.Linq;

namespace Kml.Training.Linear;

/// <summary>
/// Random Fourier features (Rahimi and Recht 2007) of standardised inputs below a linear head: a ridge regression for numbers,
/// a logistic one for classes, both in double precision. What a kernel method with a Gaussian kernel finds, at a price
/// that does not grow with the training rows.
/// </summary>
public sealed record RandomFourier : ILearner
{
    private const int BandwidthRows = 512;

    /// <summary>The number of random features.</summary>
    public int Features { get; init; } = 256;

    /// <summary>
    /// The kernel's width, in deviations of the inputs; null for the median distance of training rows, which suits smooth labels: steps want less.
    /// </summary>
    public double? Bandwidth { get; init; }

    /// <summary>A multiple of that width.</summary>
    public double BandwidthScale { get; init; } = 1;

    /// <summary>What the squared norm of the function costs, relative to the mean loss.</summary>
    public double Penalty { get; init; } = 1e-6;

    /// <summary>The most passes over the rows when iterating.</summary>
    public int MostIterations { get; init; } = 1000;

    /// <summary>Bytes that solving may take.</summary>
    public long MemoryLimit { get; init; } = long.MaxValue;

    /// <summary>Fixes frequencies and phases.</summary>
    public ulong Seed { get; init; } = 1;

    /// <inheritdoc/>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"random Fourier {Features}");

    /// <summary>Bytes that <see cref="Fit"/> will take beside the samples.</summary>
    /// <param name="samples">The samples.</param>
    /// <returns>The bytes.</returns>
    public long PeakBytes(Samples samples) => samples.Classes == 0
        ? RidgeSolver.PeakBytes(samples.Count, Features, LinearSolver.Automatic)
        : LogisticSolver.PeakBytes(samples.Count, Features, samples.Classes);

    /// <inheritdoc/>
    /// <exception cref="TrainingException">There are no rows, a setting is out of range, or solving would take more memory than allowed.</exception>
    public IPredictor Fit(Samples train, Samples? validation = null)
    {
        LinearChecks.Rows(train, nameof(RandomFourier));
        LinearChecks.Settings(nameof(RandomFourier), Penalty, MostIterations);
        Require(Features > 0, nameof(Features), Features, "at least 1");
        Require(Bandwidth is null or (> 0 and < double.PositiveInfinity), nameof(Bandwidth), Bandwidth, "above 0 and finite");
        Require(BandwidthScale is > 0 and < double.PositiveInfinity, nameof(BandwidthScale), BandwidthScale, "above 0 and finite");
        LinearChecks.Memory(PeakBytes(train), MemoryLimit);

        train = RelativeWeights.Of(train);
        Randomness random = new(Seed);
        StandardColumns inputs = new(train);
        double bandwidth = (Bandwidth ?? MedianDistance(train, inputs, random)) * BandwidthScale;
        FourierMap map = new(inputs, Features, bandwidth, random);
        FourierColumns columns = new(map, train);
        if (train.Classes > 0)
        {
            (double[] weights, double[] intercepts, SolveReport report) = LogisticSolver.Run(columns, train, Penalty, MostIterations);
            return new FourierPredictor(train.Classes, map, bandwidth, columns.Amplitude, weights, intercepts, report);
        }

        (double[] w, double intercept, SolveReport ridge) = RidgeSolver.Run(columns, train, Penalty, LinearSolver.Automatic, MostIterations);
        return new FourierPredictor(0, map, bandwidth, columns.Amplitude, w, [intercept], ridge);
    }

    private static void Require(bool holds, string name, object? value, string range)
    {
        if (!holds)
            throw new TrainingException(FormattableString.Invariant($"{nameof(RandomFourier)}.{name} is {value}; it must be {range}."));
    }

    /// <summary>The median distance of random rows that count and are not the same; 1 if all are.</summary>
    private static double MedianDistance(Samples samples, StandardColumns inputs, Randomness random)
    {
        int[] rows = [.. Enumerable.Range(0, samples.Count).Where(row => samples.Weights[row] > 0)];
        random.Shuffle(rows);
        rows = rows[..Math.Min(rows.Length, BandwidthRows)];
        double[] distances = new double[ArraySize.Sum("The distances of the rows", (long)rows.Length * (rows.Length - 1) / 2)];
        for (int f = 0; f < samples.Width; f++)
        {
            ReadOnlySpan<float> column = samples.Column(f);
            int pair = 0;
            for (int i = 1; i < rows.Length; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    double difference = ((double)column[rows[i]] - column[rows[j]]) * inputs.Scales[f];
                    distances[pair++] += difference * difference;
                }
            }
        }

        Array.Sort(distances);
        int same = distances.AsSpan().IndexOfAnyExcept(0.0);
        return same < 0 ? 1 : Math.Sqrt(distances[same + ((distances.Length - same) / 2)]);
    }
}
