using System;
using System.Globalization;
using System.Numerics;
using Kml.Training.Networks;

namespace Kml.Training.Online;

/// <summary>What the trainer takes of the memory that it was given: all of it at the start, nothing later but two published models at a time.</summary>
/// <param name="RingRecords">Records of each ring, a power of two.</param>
/// <param name="ReservoirRecords">Records of the reservoir.</param>
/// <param name="HeldBackBlocks">Blocks of held-back records.</param>
/// <param name="Bytes">All bytes.</param>
internal sealed record MemoryPlan(int RingRecords, int ReservoirRecords, int HeldBackBlocks, long Bytes)
{
    /// <summary>Records copied from a ring at a time.</summary>
    internal const int ChunkRecords = 256;

    private const int LeastRecords = 1024;
    private const int MostRecords = 65536;
    private const int Blocks = 64;

    /// <summary>Candidate, running, gradient; twice what an optimiser remembers at most; two published models.</summary>
    private const int ParameterCopies = 7;

    /// <summary>Stack of the thread, its code, and small objects.</summary>
    private const long Overhead = 1 << 20;

    /// <summary>Plans before anything is taken.</summary>
    /// <param name="options">The options.</param>
    /// <returns>The plan, without the memory of the network's pass, which is known when it is made.</returns>
    /// <exception cref="TrainingException">The parameters alone do not fit.</exception>
    internal static void RequireParameters(OnlineOptions options)
    {
        long bytes = (long)options.Form.ParameterCount * sizeof(float) * ParameterCopies;
        if (bytes > options.Megabytes * (1L << 20))
            throw TooLarge(options, bytes);
    }

    /// <summary>Divides the memory.</summary>
    /// <param name="options">The options.</param>
    /// <param name="network">The network's pass; another like it predicts.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="TrainingException">It does not fit.</exception>
    internal static MemoryPlan Of(OnlineOptions options, Network<float> network)
    {
        int stride = options.Width + 2;
        long record = (long)stride * sizeof(float), kept = ReplayReservoir.BytesARecord(stride);
        long whole = options.Megabytes * (1L << 20);
        long known = Overhead
            + (2 * network.Bytes)
            + ((long)network.ParameterLength * sizeof(float) * ParameterCopies)
            + (record * (((long)Blocks * options.BatchRows) + (options.BatchRows / 2) + ChunkRecords));
        long least = known + (LeastRecords * ((options.Producers * record) + kept));
        if (least > whole)
            throw TooLarge(options, least);

        long left = whole - known;
        int ring = (int)Math.Min(MostRecords, Math.Max(LeastRecords, left / 4 / options.Producers / record));
        ring = (int)(BitOperations.RoundUpToPowerOf2((uint)ring + 1) / 2);
        left -= ring * record * options.Producers;
        int reservoir = (int)Math.Min(MostRecords, left / kept);
        return new MemoryPlan(ring, reservoir, Blocks, whole - left + (reservoir * kept));
    }

    private static TrainingException TooLarge(OnlineOptions options, long bytes) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"The network has {options.Form.ParameterCount} parameters; "
            + $"to train it with {options.Producers} intakes takes {(double)bytes / (1 << 20):F1} MB at least, and {options.Megabytes} MB are allowed. "
            + $"Allow {(bytes + (1 << 20) - 1) / (1 << 20)} MB, or take a smaller network or fewer rows in a step."));
}
