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

    /// <summary>Values of a curve, a sigmoid, tanh or exponential, that an inference computes: what it costs beside its multiply-adds.</summary>
    public virtual int Curves => 0;

    /// <summary>Whether what it gives is a vector of its own; a stage that works in place, on what the one before it gave, says no.</summary>
    public virtual bool GivesVector => true;

    /// <summary>Whether the float form reads its input in whole blocks of 16: what gives that input then fills its padding.</summary>
    public virtual bool ReadsPadding => false;

    /// <summary>Floats that its outputs take in a buffer of the float form, padding included; 0 where they are not stored.</summary>
    public virtual int FloatLength => ModelProgram.Pad(Outputs);

    /// <summary>16-bit integers that its outputs take in a buffer of the integer form; 0 where they are not stored.</summary>
    public virtual int IntegerLength => Outputs;

    /// <summary>Bytes that the float form keeps on the stack beside the buffers.</summary>
    public virtual int FloatScratch => 0;

    /// <summary>Bytes that the integer form keeps on the stack beside the buffers.</summary>
    public virtual int IntegerScratch => 0;

    /// <summary>The stage as what follows makes it.</summary>
    /// <param name="next">The next stage; null before the head.</param>
    internal virtual Stage Before(Stage? next) => this;

    /// <summary>The stage with the arrays of its integer form, which lie behind those of all float forms.</summary>
    internal abstract Stage WithInteger(WeightLayout layout);

    /// <summary>Fills the arrays of its float form.</summary>
    /// <exception cref="System.ArgumentException">A tensor has the wrong size.</exception>
    internal abstract void Pack(ProgramWeights weights, WeightWriter writer);

    /// <summary>Fills the arrays of its integer form.</summary>
    /// <param name="weights">The weights, found good by <see cref="Validate"/>.</param>
    /// <param name="writer">What writes.</param>
    internal abstract void PackInteger(IntegerWeights weights, WeightWriter writer);

    /// <summary>Checks the sizes of its tensors in the integer form, and that no sum can overflow whatever it takes.</summary>
    /// <exception cref="System.ArgumentException">Something does not fit; the message says what.</exception>
    internal abstract void Validate(IntegerWeights weights);
}
