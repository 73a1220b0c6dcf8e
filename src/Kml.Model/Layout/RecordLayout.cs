namespace Kml.Model;

/// <summary>
/// Where the parts of a model's record lie: header, features, first event, second event, state as it was before the first event.
/// The emitted C asserts the same offsets, and user space reads by them.
/// </summary>
/// <param name="FeatureCount">Features, 4 bytes each.</param>
/// <param name="FeaturesOffset">Bytes to the features.</param>
/// <param name="FromOffset">Bytes to the event at which the model predicts.</param>
/// <param name="FromSize">Bytes that it takes.</param>
/// <param name="ToOffset">Bytes to the event at which the label is known.</param>
/// <param name="ToSize">Bytes that it takes.</param>
/// <param name="StateOffset">Bytes to the state.</param>
/// <param name="StateSize">Bytes that it takes; 0 without a state.</param>
/// <param name="Size">Bytes of a record, a multiple of 64.</param>
public sealed record RecordLayout(
    int FeatureCount,
    int FeaturesOffset,
    int FromOffset,
    int FromSize,
    int ToOffset,
    int ToSize,
    int StateOffset,
    int StateSize,
    int Size)
{
    /// <summary>A record begins at a multiple of it: a cache line.</summary>
    public const int Alignment = 64;

    /// <summary>Bytes that a join keeps for each record that has begun: a key, and an entry, whose head fills a record's alignment.</summary>
    public int EntrySize => sizeof(ulong) + Alignment + Size;

    /// <summary>Lays out the record of a model.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The layout.</returns>
    public static RecordLayout Of(ModelSpec model)
    {
        int features = RecordHeader.Size;
        int from = StructLayout.AlignUp(features + (4 * model.Features.Count), 8);
        int fromSize = model.From.Info().Layout.Size;
        int to = from + StructLayout.AlignUp(fromSize, 8);
        int toSize = model.To.Info().Layout.Size;
        int state = to + StructLayout.AlignUp(toSize, 8);
        int stateSize = model.State is null ? 0 : StructLayout.Of(model.State.Fields).Size;
        return new RecordLayout(
            model.Features.Count,
            features,
            from,
            fromSize,
            to,
            toSize,
            state,
            stateSize,
            StructLayout.AlignUp(state + stateSize, Alignment));
    }
}
