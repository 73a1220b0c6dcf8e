namespace Kml.Training.Linear;

/// <summary>The columns of a linear model, computed a few rows at a time: solvers pass over them and never hold them all.</summary>
internal abstract class ColumnSource
{
    /// <summary>The number of columns.</summary>
    internal abstract int Width { get; }

    /// <summary>The number of rows.</summary>
    internal abstract int Rows { get; }

    /// <summary>What a column is called when it must be spoken of.</summary>
    /// <param name="column">Its index.</param>
    /// <returns>The name.</returns>
    internal abstract string NameOf(int column);

    /// <summary>Computes rows of a column after another.</summary>
    /// <param name="firstColumn">The first column.</param>
    /// <param name="columns">How many.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="panel">Receives [column][row]; the first of these columns is its row <paramref name="firstColumn"/>.</param>
    internal abstract void Fill(int firstColumn, int columns, int firstRow, int rows, AlignedMatrix panel);
}
