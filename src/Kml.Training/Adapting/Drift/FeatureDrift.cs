using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Training.Adapting;

/// <summary>
/// Watches the distribution of all features; needs no labels. Each feature is turned into its rank among reference rows, so that unit and tail do not matter;
/// one <see cref="AdaptiveWindow"/> watches the mean rank, another the mean distance from the middle rank (a spread that changes while the mean stays).
/// The risk of a false alarm is shared by all windows (Bonferroni).
/// </summary>
/// <remarks>Constant memory; a row allocates nothing. Not safe for several threads at once.</remarks>
public sealed class FeatureDrift
{
    private readonly FeatureRanks[] _ranks;
    private readonly AdaptiveWindow[] _windows;
    private readonly BlockMeans[] _detectors;
    private readonly bool[] _drifted;

    /// <summary>Learns what is usual.</summary>
    /// <param name="reference">Rows to start from, such as those that the running model learned from; taken in the order of time, with their weights.</param>
    /// <param name="block">
    /// Successive rows that are averaged before they are tested, see <see cref="BlockMeans"/>. Recorded queues false-alarm all the time with 1, hardly with 16.
    /// </param>
    /// <param name="risk">The risk of a false alarm for each look at all features.</param>
    /// <exception cref="TrainingException">There are no reference rows, or the settings are none.</exception>
    public FeatureDrift(Samples reference, int block = 16, double risk = 0.002)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (reference.Count == 0 || reference.Width == 0)
        {
            throw new TrainingException("Drift of features is measured from reference rows, and there are none. "
                + "Give those that the running model learned from.");
        }

        _ranks = [.. Enumerable.Range(0, reference.Width).Select(f => FeatureRanks.Of(reference.Column(f), reference.Weights))];
        _windows = [.. Enumerable.Range(0, 2 * reference.Width).Select(_ => new AdaptiveWindow(risk: risk / (2 * reference.Width)) { LookEvery = 4 })];
        _detectors = [.. _windows.Select(window => new BlockMeans(window, block))];
        _drifted = new bool[reference.Width];

        float[] row = new float[reference.Width];
        ulong[] times = reference.Times.ToArray();
        foreach (int i in Enumerable.Range(0, reference.Count).OrderBy(i => times[i]))
        {
            for (int f = 0; f < row.Length; f++)
                row[f] = reference.Column(f)[i];
            Add(row, reference.Weights[i]);
        }

        // A change within the reference is not news: the windows now begin after it.
        State = DriftState.None;
        Array.Clear(_drifted);
    }

    /// <summary>What the last row came to.</summary>
    public DriftState State { get; private set; }

    /// <summary>The features that changed with the last <see cref="DriftState.Drift"/>.</summary>
    public IEnumerable<int> Drifted => Enumerable.Range(0, _drifted.Length).Where(f => _drifted[f]);

    /// <summary>Takes the next row.</summary>
    /// <param name="row">Its features, raw.</param>
    /// <param name="weight">What it counts for.</param>
    /// <returns>The state: the gravest of any feature.</returns>
    /// <exception cref="TrainingException">The row has another width than the reference, or a value or the weight is none.</exception>
    public DriftState Add(ReadOnlySpan<float> row, double weight = 1)
    {
        if (row.Length != _ranks.Length)
            throw new TrainingException($"A row of {row.Length} features came, and the reference has {_ranks.Length}.");
        DriftState gravest = DriftState.None;
        for (int f = 0; f < row.Length; f++)
        {
            double rank = _ranks[f].Of(row[f]);
            DriftState middle = _detectors[2 * f].Add(rank, weight);
            DriftState spread = _detectors[(2 * f) + 1].Add(Math.Abs((2 * rank) - 1), weight);
            DriftState state = middle > spread ? middle : spread;
            if (state == DriftState.Drift && gravest != DriftState.Drift)
                Array.Clear(_drifted);
            if (state == DriftState.Drift)
                _drifted[f] = true;
            gravest = state > gravest ? state : gravest;
        }

        return State = gravest;
    }
}
