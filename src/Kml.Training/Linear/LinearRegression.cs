namespace Kml.Training.Linear;

/// <summary>Linear regression with a ridge penalty (Hoerl and Kennard 1970), over standardised features, in double precision.</summary>
public sealed record LinearRegression : ILearner
{
    /// <summary>
    /// What the squared weights of standardised features cost, relative to the mean squared error. The default only keeps features apart that repeat each
    /// other.
    /// </summary>
    public double Penalty { get; init; } = 1e-8;

    /// <summary>How to solve.</summary>
    public LinearSolver Solver { get; init; } = LinearSolver.Automatic;

    /// <summary>The most passes over the rows when iterating.</summary>
    public int MostIterations { get; init; } = 2000;

    /// <summary>Bytes that solving may take.</summary>
    public long MemoryLimit { get; init; } = long.MaxValue;

    /// <inheritdoc/>
    public string Name => "linear";

    /// <summary>Bytes that <see cref="Fit"/> will take beside the samples.</summary>
    /// <param name="samples">The samples.</param>
    /// <returns>The bytes.</returns>
    public long PeakBytes(Samples samples) => RidgeSolver.PeakBytes(samples.Count, samples.Width, Solver);

    /// <inheritdoc/>
    /// <exception cref="TrainingException">
    /// The samples are classes; there are none; solving would take more memory than allowed, or features repeat each other and there is no penalty.
    /// </exception>
    public IPredictor Fit(Samples train, Samples? validation = null)
    {
        LinearChecks.Regression(train, nameof(LinearRegression));
        LinearChecks.Settings(nameof(LinearRegression), Penalty, MostIterations);
        LinearChecks.Memory(PeakBytes(train), MemoryLimit);
        train = RelativeWeights.Of(train);
        StandardColumns columns = new(train);
        (double[] weights, double intercept, SolveReport report) = RidgeSolver.Run(columns, train, Penalty, Solver, MostIterations);
        return new LinearPredictor(0, columns, weights, [intercept], report);
    }
}
