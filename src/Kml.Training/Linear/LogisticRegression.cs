namespace Kml.Training.Linear;

/// <summary>
/// Logistic regression, of two classes or more (multinomial), over standardised features, in double precision, with a penalty on the squared weights.
/// </summary>
/// <remarks>
/// Two classes and at most <see cref="MostNewton"/> features: Newton's method. Else L-BFGS. Classes that a plane separates have
/// no best weights without the penalty, and finite ones with it.
/// </remarks>
public sealed record LogisticRegression : ILearner
{
    /// <summary>The most features for which second derivatives are computed.</summary>
    public const int MostNewton = 512;

    /// <summary>
    /// Half of this is what the squared weights of standardised features cost, relative to the mean cross-entropy. (Others' C is 1 over penalty times rows.)
    /// </summary>
    public double Penalty { get; init; } = 1e-4;

    /// <summary>The most steps.</summary>
    public int MostIterations { get; init; } = 1000;

    /// <summary>Bytes that solving may take.</summary>
    public long MemoryLimit { get; init; } = long.MaxValue;

    /// <inheritdoc/>
    public string Name => "logistic";

    /// <summary>Bytes that <see cref="Fit"/> will take beside the samples.</summary>
    /// <param name="samples">The samples.</param>
    /// <returns>The bytes.</returns>
    public long PeakBytes(Samples samples) => LogisticSolver.PeakBytes(samples.Count, samples.Width, samples.Classes);

    /// <inheritdoc/>
    /// <exception cref="TrainingException">The label is a number; there are no rows, or solving would take more memory than allowed.</exception>
    public IPredictor Fit(Samples train, Samples? validation = null)
    {
        LinearChecks.Classification(train, nameof(LogisticRegression));
        LinearChecks.Settings(nameof(LogisticRegression), Penalty, MostIterations);
        LinearChecks.Memory(PeakBytes(train), MemoryLimit);
        train = RelativeWeights.Of(train);
        StandardColumns columns = new(train);
        (double[] weights, double[] intercepts, SolveReport report) = LogisticSolver.Run(columns, train, Penalty, MostIterations);
        return new LinearPredictor(train.Classes, columns, weights, intercepts, report);
    }
}
