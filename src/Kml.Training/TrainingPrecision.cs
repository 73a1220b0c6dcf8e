namespace Kml.Training;

/// <summary>For which numbers a network's parameters are trained. Sums, gradients and the optimiser's memory are float32 in every case.</summary>
public enum TrainingPrecision
{
    /// <summary>float32. An integer twin is made of the result afterwards, with 16-bit weights.</summary>
    Float32,

    /// <summary>
    /// Parameters are bfloat16 (8 bits of precision) after every step, rounded up or down at random, with the chances that make the mean right
    /// (Gupta and others 2015), so that steps smaller than a rounding are not lost but taken now and then.
    /// </summary>
    BFloat16,

    /// <summary>
    /// Quantisation-aware (Jacob and others 2018): each step sees the 16-bit weights, a scale an output, and the 16-bit activations that the integer twin
    /// will have; gradients pass the roundings straight. Dense networks only.
    /// </summary>
    Int16,

    /// <summary>As <see cref="Int16"/>, with weights of 8 bits, -127 to 127. The emitted module keeps them in the form that it has for 16 bits.</summary>
    Int8,
}
