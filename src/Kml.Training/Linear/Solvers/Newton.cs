namespace Kml.Training.Linear;

/// <summary>
/// Newton's method for two classes (iteratively reweighted least squares), with halved steps where a whole one overshoots: a handful of passes when the
/// Hessian is small.
/// </summary>
internal static class Newton
{
    private const double SufficientDecrease = 5e-5;

    /// <summary>
    /// What the loss, a sum over all rows, may differ by without being another: near its least it is flat, and stops telling steps apart where the slope, which
    /// falls with the distance and not with its square, still does.
    /// </summary>
    private const double Rounding = 1e-13;

    /// <summary>Minimises.</summary>
    /// <param name="objective">What to minimise; of two classes.</param>
    /// <param name="rows">Rows of its samples.</param>
    /// <param name="tolerance">The largest slope that counts as none.</param>
    /// <param name="mostIterations">The most steps.</param>
    /// <returns>Parameters, steps, and the largest slope that is left.</returns>
    internal static (double[] Parameters, int Iterations, double Slope) Run(LogisticObjective objective, int rows, double tolerance, int mostIterations)
    {
        double[] at = new double[objective.Parameters], next = new double[at.Length], gradient = new double[at.Length], curvature = new double[rows];
        double loss = objective.Evaluate(at, gradient, curvature);
        int iteration = 0;
        while (iteration < mostIterations && Lbfgs.Largest(gradient) > tolerance)
        {
            GramMatrix hessian = objective.Hessian(curvature);
            if (Cholesky.Factorise(hessian.Sums, at.Length) >= 0)
                break; // Without a penalty, classes that a plane separates flatten out: the weights so far separate them.
            iteration++;
            double[] step = [.. gradient];
            Cholesky.Solve(hessian.Sums, step);
            double descent = Rows.Dot(gradient, step), slope = Lbfgs.Largest(gradient);
            bool better = false;
            for (double rate = 1; !better && rate > 1e-10; rate /= 2)
            {
                at.CopyTo(next, 0);
                Rows.AddScaled(step, -rate, next);
                double reached = objective.Evaluate(next, gradient, curvature);
                better = reached <= loss - (SufficientDecrease * rate * descent) || (reached <= loss + (Rounding * loss) && Lbfgs.Largest(gradient) < slope);
                if (better)
                    (at, next, loss) = (next, at, reached);
            }

            if (better)
                continue;
            objective.Evaluate(at, gradient, curvature);
            break; // Rounding has the last word.
        }

        return (at, iteration, Lbfgs.Largest(gradient));
    }
}
