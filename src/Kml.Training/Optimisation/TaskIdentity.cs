using System;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Kml.Training.Networks;

namespace Kml.Training.Optimisation;

/// <summary>What makes one training the same as another: all on which the bits of its steps depend.</summary>
/// <param name="Network">The network and its loss.</param>
/// <param name="Options">The options on which bits depend.</param>
/// <param name="Rows">A hash of all rows, and of parameters to begin with.</param>
internal sealed record TaskIdentity(string Network, string Options, string Rows)
{
    /// <summary>Says what a training is.</summary>
    /// <param name="task">The training.</param>
    /// <returns>Its identity.</returns>
    internal static TaskIdentity Of(DescentTask task)
    {
        FitOptions o = task.Options;
        object?[] options = [o.Seed, o.BatchRows, o.MaxEpochs, o.Patience, o.LearningRate, o.Schedule, o.Optimiser, o.Clip, o.Precision, task.FrozenLayers];
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, task.Train);
        Add(hash, task.Validation);
        hash.AppendData(MemoryMarshal.AsBytes<float>(task.Start));
        return new TaskIdentity(
            $"{DeclarationText.Of(task.Form.Input)} {DeclarationText.Of(task.Form.Layers)} {DeclarationText.Of(task.Loss)}",
            string.Join("; ", options.Select(DeclarationText.Of)),
            Convert.ToHexString(hash.GetHashAndReset()));
    }

    private static void Add(IncrementalHash hash, PackedRows<float> rows)
    {
        hash.AppendData(MemoryMarshal.AsBytes<int>([rows.Count, rows.Inputs, rows.Targets]));
        for (int row = 0; row < rows.Count; row++)
        {
            hash.AppendData(MemoryMarshal.AsBytes(rows.Input(row)));
            hash.AppendData(MemoryMarshal.AsBytes(rows.Target(row)));
            hash.AppendData(MemoryMarshal.AsBytes(rows.Weight(row)));
        }
    }
}
