using System;
using System.Buffers.Binary;
using Kml.Model;

namespace Kml.Training;

/// <summary>What a record may be used for.</summary>
public enum EvidenceUse
{
    /// <summary>To learn from: every record that was left alone.</summary>
    Learning,

    /// <summary>To judge a model in service: only records on which nothing would have been carried out whatever was predicted.</summary>
    Evaluation,
}

/// <summary>
/// What a record counts for once a policy acts. A request that was raised no longer misses, so its label says nothing; it is never used.
/// A random share is held out, and each of those stands for all that would have been treated like it.
/// </summary>
/// <remarks>
/// Weights are reciprocal probabilities (Horvitz, Thompson 1952), so that a weighted mean over the records that are used estimates the mean over all requests,
/// had nobody acted.
/// <list type="table">
/// <listheader><term>while acting, not acted on</term><description>learning / evaluation</description></listheader>
/// <item><term>held out, the policy would have acted</term><description>1/share / 1/share</description></item>
/// <item><term>held out, it would not</term><description>1 / 1/share</description></item>
/// <item><term>not held out, it would not</term><description>1 / 0</description></item>
/// <item>
/// <term>not held out, it asked in vain</term>
/// <description>0 / 0: held-out records do not tell whether they would have asked in vain, and stand for these as well</description>
/// </item>
/// </list>
/// While acting is off, or for requests on which nobody predicted, the inclusion probability is 1 and so is the weight.
/// </remarks>
public static class Evidence
{
    /// <summary>An inclusion probability of 1.</summary>
    private const uint Always = 65536;

    /// <summary>What a record counts for.</summary>
    /// <param name="record">The record, or its header.</param>
    /// <param name="use">What for.</param>
    /// <returns>At least 1, or 0: not to be used.</returns>
    /// <exception cref="TrainingException">Its inclusion probability is none, or contradicts its flags; the message names the record.</exception>
    public static float Weight(ReadOnlySpan<byte> record, EvidenceUse use)
    {
        int flags = BinaryPrimitives.ReadUInt16LittleEndian(record[RecordHeader.FlagsOffset..]);
        uint inclusion = BinaryPrimitives.ReadUInt32LittleEndian(record[RecordHeader.InclusionOffset..]);
        bool acted = (flags & RecordHeader.Acted) != 0, heldOut = (flags & RecordHeader.HeldOut) != 0;
        if (inclusion is 0 or > Always || acted && (inclusion == Always || heldOut))
            throw Contradiction(record, inclusion, acted, heldOut);
        if (acted)
            return 0;
        if (inclusion == Always)
            return 1;
        float reciprocal = (float)Always / inclusion;
        return ((flags & RecordHeader.WouldAct) != 0, heldOut, use) switch
        {
            (_, true, EvidenceUse.Evaluation) or (true, true, _) => reciprocal,
            (false, _, EvidenceUse.Learning) => 1,
            _ => 0,
        };
    }

    private static TrainingException Contradiction(ReadOnlySpan<byte> record, uint inclusion, bool acted, bool heldOut)
    {
        ulong sequence = BinaryPrimitives.ReadUInt64LittleEndian(record[RecordHeader.SequenceOffset..]);
        return new TrainingException((inclusion, acted, heldOut) switch
        {
            (0, _, _) => $"Record {sequence} has inclusion probability 0: the module acted with holdout=0, so nothing stands for what it acted on. "
                + "Collect with a holdout of 1 to 100 (5 is the default), or with act=0.",
            (_, true, true) => $"Record {sequence} is both acted on and held out: the file is damaged. Collect again, or restore it.",
            (Always, _, _) => $"Record {sequence} was acted on, and its inclusion probability says that none was: the file is damaged. "
                + "Collect again, or restore it.",
            _ => $"Record {sequence} has inclusion probability {inclusion} of {Always}, which is above 1: the file is damaged. Collect again, or restore it.",
        });
    }
}
