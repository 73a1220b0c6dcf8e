using System;

namespace Kml;

/// <summary>
/// What the generator adds to a <see cref="KernelModelAttribute">[KernelModel]</see> class: its identity, and its methods over the bytes of a record.
/// Every method runs the user's own C#; a fault (division by zero, or overflow of <c>Math.Abs</c>) makes it answer false, as the module would count it.
/// The bytes of an event and of the state lie as in a record, little endian: <c>RecordLayout</c> of Kml.Model has the size of each.
/// Scalars travel as 32 bits: a float's bits, an int's, a <c>Q16</c>'s raw value, a class index, or 0 and 1.
/// </summary>
public interface IKernelModel
{
    /// <summary>The model's name, as in <c>kml_&lt;name&gt;</c>.</summary>
    static abstract string Name { get; }

    /// <summary>The model in its canonical text, from which everything else about it follows.</summary>
    static abstract string CanonicalText { get; }

    /// <summary>SHA-256 (64 hexadecimal digits) of the learned part of the canonical text: weights carry it.</summary>
    static abstract string Fingerprint { get; }

    /// <summary>Computes the features of an event.</summary>
    /// <param name="from">The bytes of the event at which the model predicts.</param>
    /// <param name="state">The bytes of the state as it was before that event.</param>
    /// <param name="features">Receives the features; its length is the model's number of features.</param>
    /// <returns>False if the method faulted.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer bytes than the model has, or fewer places for features.</exception>
    static abstract bool TryFeatures(ReadOnlySpan<byte> from, ReadOnlySpan<byte> state, Span<uint> features);

    /// <summary>Computes the label of a pair of events.</summary>
    /// <param name="from">The bytes of the first event.</param>
    /// <param name="to">The bytes of the second event.</param>
    /// <param name="label">The label.</param>
    /// <returns>False if the method faulted.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer bytes than the model has.</exception>
    static abstract bool TryLabel(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, out uint label);

    /// <summary>Turns a predicted or an actual label into a verdict.</summary>
    /// <param name="from">The bytes of the first event.</param>
    /// <param name="value">A prediction or a label.</param>
    /// <param name="confidences">
    /// The confidences that the engine gave with the prediction; empty for a label, which is certain, and where the model takes none.
    /// </param>
    /// <param name="verdict">The verdict.</param>
    /// <returns>False if the method faulted, or the model has no verdict.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer bytes than the model has.</exception>
    static abstract bool TryVerdict(ReadOnlySpan<byte> from, uint value, ReadOnlySpan<uint> confidences, out bool verdict);

    /// <summary>Runs the policy on a copy of the event.</summary>
    /// <param name="from">The bytes of the first event.</param>
    /// <param name="prediction">The prediction.</param>
    /// <param name="confidences">The confidences that the engine gave with it; empty where the model takes none.</param>
    /// <param name="wouldAct">Whether the policy asked for a change.</param>
    /// <returns>False if the method faulted, or the model has no policy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer bytes than the model has.</exception>
    static abstract bool TryPolicy(ReadOnlySpan<byte> from, uint prediction, ReadOnlySpan<uint> confidences, out bool wouldAct);

    /// <summary>Applies the updates of one event to a state, in declaration order. What was written before a fault stays.</summary>
    /// <param name="eventName">The event's name in the catalogue, such as <c>bio_queue</c>.</param>
    /// <param name="eventBytes">The bytes of the event.</param>
    /// <param name="state">The bytes of the state, changed in place.</param>
    /// <returns>False if an update faulted.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer bytes than the model has.</exception>
    static abstract bool TryUpdate(string eventName, ReadOnlySpan<byte> eventBytes, Span<byte> state);
}
