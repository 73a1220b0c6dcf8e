using System.Globalization;

namespace Kml.Model;

/// <summary>The names of the tensors that every model's weights have. Those of the integer twin begin with <c>q.</c>.</summary>
public static class WeightsNames
{
    /// <summary>F32[features]: subtracted from the inputs.</summary>
    public const string Mean = "norm.mean";

    /// <summary>F32[features]: multiplied with the inputs after that.</summary>
    public const string InverseDeviation = "norm.inv_std";

    /// <summary>F32[1], of a regression: the output is multiplied with it.</summary>
    public const string LabelScale = "label.scale";

    /// <summary>F32[1], of a regression: added to the output after that.</summary>
    public const string LabelMean = "label.mean";

    /// <summary>U8[vectors, bytes]: the events of the golden vectors.</summary>
    public const string GoldenFrom = "golden.from";

    /// <summary>U8[vectors, bytes]: the states of the golden vectors; no bytes without a state.</summary>
    public const string GoldenState = "golden.state";

    /// <summary>I32[vectors, features]: the bits of the features of the golden vectors.</summary>
    public const string GoldenFeatures = "golden.features";

    /// <summary>I32[vectors]: the bits of the prediction of the float network.</summary>
    public const string GoldenFloat = "golden.float";

    /// <summary>I32[vectors]: the bits of the prediction of the integer twin, of a model that has one.</summary>
    public const string GoldenInteger = "golden.int";

    /// <summary>F32[inputs, outputs]: the weights of a layer.</summary>
    /// <param name="layer">Its index, from 0.</param>
    /// <returns>The name.</returns>
    public static string Weight(int layer) => $"layer{layer.ToString(CultureInfo.InvariantCulture)}.weight";

    /// <summary>F32[outputs]: the biases of a layer.</summary>
    /// <param name="layer">Its index, from 0.</param>
    /// <returns>The name.</returns>
    public static string Bias(int layer) => $"layer{layer.ToString(CultureInfo.InvariantCulture)}.bias";

    /// <summary>Stem of the maps from raw features to the integer twin's inputs.</summary>
    public const string IntegerInput = "q.input";

    /// <summary>Stem of the map from the integer twin's last output to the label, where that layer has an activation.</summary>
    public const string IntegerLabel = "q.label";

    /// <summary>I64: ending of the summands of maps <c>(v * mul + add) >> shift</c>.</summary>
    public const string Add = ".add";

    /// <summary>I32: ending of the factors of maps.</summary>
    public const string Multiply = ".mul";

    /// <summary>I32: ending of the shifts of maps.</summary>
    public const string Shift = ".shift";

    /// <summary>The integer twin's counterpart of a tensor: I16[inputs, outputs] for weights, I32[outputs] for biases.</summary>
    /// <param name="name">The float tensor's name.</param>
    /// <returns>The name.</returns>
    public static string Integer(string name) => "q." + name;

    /// <summary>Stem of the maps from the accumulators of an integer layer to its outputs.</summary>
    /// <param name="layer">Its index, from 0.</param>
    /// <returns>The stem.</returns>
    public static string IntegerScale(int layer) => $"q.layer{layer.ToString(CultureInfo.InvariantCulture)}.scale";
}
