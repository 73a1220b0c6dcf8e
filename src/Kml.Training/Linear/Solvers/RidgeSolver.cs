namespace Kml.Training.Linear;

/// <summary>Chooses between the two ways to solve a ridge regression, and says what they take.</summary>
internal static class RidgeSolver
{
    private const int MostAutomatic = 4000;

    /// <summary>Bytes that solving will take.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="solver">How.</param>
    /// <returns>The bytes.</returns>
    internal static long PeakBytes(int rows, int width, LinearSolver solver) =>
        ClosedForm(width, solver) ? RidgeSystem.Bytes(width) : ConjugateGradients.Bytes(rows, width);

    /// <summary>Solves.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="samples">Labels and weights.</param>
    /// <param name="penalty">What squared weights cost.</param>
    /// <param name="solver">How.</param>
    /// <param name="mostIterations">The most passes.</param>
    /// <returns>Weights, intercept, and what it took.</returns>
    internal static (double[] Weights, double Intercept, SolveReport Report) Run(
        ColumnSource columns,
        Samples samples,
        double penalty,
        LinearSolver solver,
        int mostIterations)
    {
        long bytes = PeakBytes(samples.Count, columns.Width, solver);
        if (ClosedForm(columns.Width, solver))
        {
            (double[] w, double b, double rest) = new RidgeSystem(columns, samples).Solve(penalty);
            return (w, b, new SolveReport(bytes, 1, rest, rest < ConjugateGradients.Tolerance));
        }

        (double[] weights, double intercept, int iterations, double residual) = new ConjugateGradients(columns, samples).Solve(penalty, mostIterations);
        return (weights, intercept, new SolveReport(bytes, iterations, residual, residual <= ConjugateGradients.Tolerance));
    }

    private static bool ClosedForm(int width, LinearSolver solver)
    {
        if (solver == LinearSolver.ClosedForm && width > RidgeSystem.MostColumns)
        {
            throw new TrainingException($"A closed form of {width} columns would take {RidgeSystem.Bytes(width) >> 30} GB; "
                + $"it is refused above {RidgeSystem.MostColumns} columns. Choose {nameof(LinearSolver)}.{nameof(LinearSolver.Iterative)}.");
        }

        return solver == LinearSolver.ClosedForm || (solver == LinearSolver.Automatic && width <= MostAutomatic);
    }
}
