namespace Kml.Model.Lowering;

/// <summary>
/// A step of a program: a shape, an order of evaluation, the arrays of its weights, and where there is a twin its integer form. Stages run one
/// after the other, each on the vector that the one before it gave.
/// </summary>
/// <param name="Inputs">The length of the vector that it takes.</param>
/// <param name="Outputs">The length of the vector that it gives.</param>
public abstract record Stage(int Inputs, int Outputs)
{
    /// <summary>Multiply-adds, without padding.</summary>
    public virtual int MultiplyAdds => 0;

    /// <summary>Trained parameters.</summary>
    public virtual int Parameters => 0;

    /// <summary>The stage with the arrays of its integer form, which lie behind those of all float forms.</summary>
    internal abstract Stage WithInteger(WeightLayout layout);
}
