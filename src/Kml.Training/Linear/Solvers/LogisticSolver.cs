namespace Kml.Training.Linear;

/// <summary>Chooses between the two ways to fit a logistic model, and says what they take.</summary>
internal static class LogisticSolver
{
    private const double NewtonTolerance = 1e-9;
    private const double LbfgsTolerance = 1e-7;

    /// <summary>Bytes that solving will take.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="classes">Classes.</param>
    /// <returns>The bytes.</returns>
    internal static long PeakBytes(int rows, int width, int classes) =>
        LogisticObjective.Bytes(rows, width, classes)
        + (ByNewton(width, classes)
            ? GramMatrix.Bytes(width + 1) + ((rows + (4L * (width + 1))) * sizeof(double))
            : Lbfgs.Bytes(LinearHead.Scores(classes) * (width + 1L)));

    /// <summary>Fits.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="samples">Classes and weights.</param>
    /// <param name="penalty">What squared weights cost, twice.</param>
    /// <param name="mostIterations">The most steps.</param>
    /// <returns>Weights, [score][column], intercepts, and what it took.</returns>
    internal static (double[] Weights, double[] Intercepts, SolveReport Report) Run(ColumnSource columns, Samples samples, double penalty, int mostIterations)
    {
        LogisticObjective objective = new(columns, samples, penalty);
        bool newton = ByNewton(columns.Width, samples.Classes);
        double tolerance = newton ? NewtonTolerance : LbfgsTolerance;
        (double[] at, int iterations, double slope) = newton
            ? Newton.Run(objective, samples.Count, tolerance, mostIterations)
            : Lbfgs.Run((parameters, gradient) => objective.Evaluate(parameters, gradient), objective.Parameters, tolerance, mostIterations);
        int weights = objective.Scores * columns.Width;
        return (at[..weights], at[weights..], new SolveReport(PeakBytes(samples.Count, columns.Width, samples.Classes), iterations, slope, slope <= tolerance));
    }

    private static bool ByNewton(int width, int classes) => classes <= 2 && width <= LogisticRegression.MostNewton;
}
