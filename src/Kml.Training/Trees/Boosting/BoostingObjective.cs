using System;
using System.Linq;

namespace Kml.Training.Trees;

/// <summary>What boosting minimises, over rows padded to whole vectors: its value and derivatives by the sums of trees.</summary>
internal abstract class BoostingObjective
{
    /// <summary>Rows of a piece of work. Sums over rows are sums of pieces' sums, in their order, whatever thread did which.</summary>
    internal const int BlockRows = 4096;

    /// <summary>Weight that a class has before any row is seen, so that a class without rows has a finite logarithm.</summary>
    protected const double Prior = 1e-3;

    /// <summary>Takes rows.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="outputs">Sums of trees that a row has.</param>
    protected BoostingObjective(Samples samples, int outputs)
    {
        Rows = samples.Count;
        Padded = (Rows + 15) & ~15;
        Labels = Pad(samples.Labels);
        Weights = Pad(samples.Weights);
        TotalWeight = samples.Weights.ToArray().Sum(w => (double)w);
        Outputs = outputs;
        Sums = new float[ArraySize.Of("The scores of all classes", outputs, Padded)];
        Gradients = new float[ArraySize.Of("The scores of all classes", outputs, Padded)];
        Curvatures = new float[ArraySize.Of("The scores of all classes", outputs, Padded)];
    }

    /// <summary>The number of rows.</summary>
    internal int Rows { get; }

    /// <summary>Rows, rounded up to whole vectors; what is added has weight 0.</summary>
    internal int Padded { get; }

    /// <summary>Sums of trees that a row has.</summary>
    internal int Outputs { get; }

    /// <summary>The number of pieces.</summary>
    internal int Blocks => (Padded + BlockRows - 1) / BlockRows;

    /// <summary>Sums of trees, [output][row].</summary>
    internal float[] Sums { get; }

    /// <summary>First derivatives, times the row's weight; [output][row].</summary>
    internal float[] Gradients { get; }

    /// <summary>Second derivatives, times the row's weight; [output][row]. Not negative.</summary>
    internal float[] Curvatures { get; }

    /// <summary>The sum of weights.</summary>
    internal double TotalWeight { get; }

    /// <summary>Whether leaves have values other than Newton steps.</summary>
    internal virtual bool HasLeafValues => false;

    /// <summary>How sums become predictions.</summary>
    internal abstract TreeLink Link { get; }

    /// <summary>Labels, padded.</summary>
    protected float[] Labels { get; }

    /// <summary>Weights, padded.</summary>
    protected float[] Weights { get; }

    /// <summary>The sums that are best without any tree.</summary>
    /// <returns>[output].</returns>
    internal abstract float[] Start();

    /// <summary>Computes derivatives of some rows.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many, a multiple of 16.</param>
    internal abstract void Differentiate(int first, int count);

    /// <summary>The weighted mean of the rows' losses.</summary>
    /// <returns>The loss.</returns>
    internal abstract double Loss();

    /// <summary>What a leaf adds instead of a Newton step, if <see cref="HasLeafValues"/>.</summary>
    /// <param name="rows">The leaf's rows.</param>
    /// <returns>The value.</returns>
    internal virtual float LeafValue(ReadOnlySpan<int> rows) => 0;

    /// <summary>The sum of a class's weights.</summary>
    /// <param name="label">The class.</param>
    /// <returns>The sum.</returns>
    protected double ClassWeight(int label)
    {
        double sum = 0;
        for (int row = 0; row < Rows; row++)
            sum += Labels[row] == label ? Weights[row] : 0;
        return sum;
    }

    private float[] Pad(ReadOnlySpan<float> values)
    {
        float[] padded = new float[Padded];
        values.CopyTo(padded);
        return padded;
    }
}
