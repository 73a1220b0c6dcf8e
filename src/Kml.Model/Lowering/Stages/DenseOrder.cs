namespace Kml.Model.Lowering;

/// <summary>The order in which a dense layer is evaluated. Engines keep it to the operation.</summary>
public enum DenseOrder
{
    /// <summary>
    /// Eight outputs or more, padded to a multiple of 16: each output begins as its bias and takes w * x for inputs in ascending order.
    /// Weights are [inputs][padded outputs].
    /// </summary>
    AcrossOutputs,

    /// <summary>
    /// Fewer than eight outputs: lane l of 16 begins as 0 and takes w * x for inputs l, l + 16, ...; then lane l takes lane l + 8,
    /// then l + 4, l + 2, l + 1; then lane 0 takes the bias. Weights are [outputs][padded inputs].
    /// </summary>
    SixteenLanes,
}
