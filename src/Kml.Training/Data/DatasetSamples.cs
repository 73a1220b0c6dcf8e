using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Kml.Model;

namespace Kml.Training;

/// <summary>The rows of a dataset as samples, each with the weight that its record has as evidence.</summary>
internal static class DatasetSamples
{
    internal static Samples Of(Dataset rows, EvidenceUse use, bool verdicts)
    {
        if (verdicts && !rows.HasVerdict)
            throw new TrainingException($"Model '{rows.Model.Name}' has no verdict to learn. Add a [Verdict] method, or take its label.");

        List<int> used = [];
        List<float> weights = [];
        for (int row = 0; row < rows.Count; row++)
        {
            float weight = Evidence.Weight(rows.Source[rows.Record(row)], use);
            if (weight == 0)
                continue;
            used.Add(row);
            weights.Add(weight);
        }

        int width = rows.Model.Features.Count;
        float[] features = new float[ArraySize.Of("The features of the rows", width, used.Count)];
        for (int f = 0; f < width; f++)
        {
            for (int i = 0; i < used.Count; i++)
                features[(f * used.Count) + i] = rows.Feature(used[i], f);
        }

        return new Samples(
            [.. Enumerable.Range(0, width).Select(f => $"x{f}")],
            features,
            [.. used.Select(row => verdicts ? rows.Verdict(row) ? 1f : 0f : rows.Label(row))],
            verdicts ? 2 : rows.Model.Label.Classes,
            [.. weights],
            [.. used.Select(row => rows.Source.Time(rows.Record(row)))],
            [.. used.Select(row => BinaryPrimitives.ReadInt32LittleEndian(rows.Source[rows.Record(row)][RecordHeader.DeviceOffset..]))]);
    }
}
