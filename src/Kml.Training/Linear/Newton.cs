namespace Kml.Training.Linear;

/// <summary>Newton's method for two classes (iteratively reweighted least squares), with halved steps where a whole one overshoots: a handful of passes when the Hessian is small.</summary>
internal static class Newton
{
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
            double descent = Rows.Dot(gradient, step), rate = 1, reached;
            do
            {
                at.CopyTo(next, 0);
                Rows.AddScaled(step, -rate, next);
                reached = objective.Evaluate(next, gradient, curvature);
                rate /= 2;
            }
            while (reached > loss - (1e-4 * rate * descent) && rate > 1e-10);

            // Where no step is better any more, rounding has the last word.
            if (!(reached < loss))
            {
                if (reached == loss)
                    (at, next) = (next, at);
                objective.Evaluate(at, gradient, curvature);
                break;
            }

            (at, next, loss) = (next, at, reached);
        }

        return (at, iteration, Lbfgs.Largest(gradient));
    }
}
