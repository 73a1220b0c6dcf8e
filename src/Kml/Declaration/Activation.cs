namespace Kml;

/// <summary>The function applied to each output of a layer.</summary>
public enum Activation
{
    /// <summary><c>y = x</c>.</summary>
    Identity = 0,

    /// <summary><c>y = max(x, 0)</c>.</summary>
    Relu = 1,

    /// <summary><c>y = 1 / (1 + exp(-x))</c>.</summary>
    Sigmoid = 2,

    /// <summary><c>y = tanh(x)</c>.</summary>
    Tanh = 3,
}
