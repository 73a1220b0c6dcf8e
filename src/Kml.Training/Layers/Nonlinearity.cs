namespace Kml.Training.Layers;

/// <summary>What a layer applies to its sums.</summary>
public enum Nonlinearity
{
    /// <summary>x.</summary>
    Identity,

    /// <summary>max(x, 0); its slope at 0 is 0.</summary>
    Relu,

    /// <summary>x above 0, else 0.01 x; its slope at 0 is 0.01.</summary>
    LeakyRelu,

    /// <summary>1 / (1 + e^-x).</summary>
    Sigmoid,

    /// <summary>x / 6 + 1 / 2, held between 0 and 1; its slope at the ends is 0.</summary>
    HardSigmoid,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>e^x over the sum of e^x of all units of a step. A classifier does not need it at its end: its loss takes scores.</summary>
    Softmax,
}
