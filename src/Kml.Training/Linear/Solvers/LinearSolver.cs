namespace Kml.Training.Linear;

/// <summary>How a ridge regression is solved. Both give the same weights, to about 1e-8.</summary>
public enum LinearSolver
{
    /// <summary>Closed form up to 4,000 columns, where the matrix takes 128 MB; iterations beyond.</summary>
    Automatic,

    /// <summary>The normal equations, by Cholesky: one pass over the rows, memory that grows with the square of the columns.</summary>
    ClosedForm,

    /// <summary>Conjugate gradients: a pass an iteration, memory that grows with the columns.</summary>
    Iterative,
}
