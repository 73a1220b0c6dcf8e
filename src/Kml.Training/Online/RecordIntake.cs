using System;
using System.Threading;
using Kml.Model;

namespace Kml.Training.Online;

/// <summary>
/// Hands in records as the module writes them: the model's own C# computes features and label, and <see cref="Evidence"/> what they count for.
/// </summary>
/// <typeparam name="TModel">The model.</typeparam>
public sealed class RecordIntake<TModel>
    where TModel : IKernelModel
{
    private readonly Intake _intake;
    private readonly ModelSpec _model;
    private readonly RecordLayout _layout;
    private readonly bool _verdicts;
    private readonly uint[] _bits;
    private readonly float[] _features;
    private long _faulted;

    /// <summary>Makes one.</summary>
    /// <param name="intake">Where rows go. It takes as many features as the model has.</param>
    /// <param name="verdicts">Whether the label is the verdict (class 1 for yes), not the label.</param>
    public RecordIntake(Intake intake, bool verdicts = false)
    {
        ArgumentNullException.ThrowIfNull(intake);
        _intake = intake;
        _verdicts = verdicts;
        _model = ModelText.Read(TModel.CanonicalText);
        _layout = RecordLayout.Of(_model);
        _bits = new uint[_model.Features.Count];
        _features = new float[_bits.Length];
        if (verdicts && _model.Verdict is null)
            throw new TrainingException($"Model '{_model.Name}' has no verdict to learn. Add a [Verdict] method, or take its label.");
    }

    /// <summary>Records left out as the model's methods fault on them.</summary>
    public long Faulted => Volatile.Read(ref _faulted);

    /// <summary>Offers a record; allocates nothing.</summary>
    /// <param name="record">Its bytes.</param>
    /// <returns>What became of it; <see cref="OfferResult.Refused"/> if the model's methods fault on it too.</returns>
    /// <exception cref="TrainingException">It is no record of the model, or its inclusion probability is 0 or contradicts its flags.</exception>
    public OfferResult Offer(ReadOnlySpan<byte> record)
    {
        if (record.Length != _layout.Size)
            throw new TrainingException($"A record of '{_model.Name}' has {_layout.Size} bytes, not {record.Length}. Read records of this model, whole.");
        float weight = Evidence.Weight(record, EvidenceUse.Learning);
        if (weight == 0)
        {
            // What the last record left here may be refused, and this one says nothing.
            Array.Clear(_features);
            return _intake.Offer(_features, 0, 0);
        }

        ReadOnlySpan<byte> from = record.Slice(_layout.FromOffset, _layout.FromSize);
        bool verdict = false;
        if (!TModel.TryFeatures(from, record.Slice(_layout.StateOffset, _layout.StateSize), _bits)
            || !TModel.TryLabel(from, record.Slice(_layout.ToOffset, _layout.ToSize), out uint label)
            || (_verdicts && !TModel.TryVerdict(from, label, [], out verdict)))
        {
            Volatile.Write(ref _faulted, _faulted + 1);
            return OfferResult.Refused;
        }

        for (int f = 0; f < _features.Length; f++)
            _features[f] = ScalarBits.ToSingle(_model.Features.Type, _bits[f]);
        return _intake.Offer(_features, _verdicts ? verdict ? 1 : 0 : ScalarBits.ToSingle(_model.Label.Type, label), weight);
    }
}
