using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.Model;

namespace Kml.Training;

/// <summary>
/// Features that are integers of more digits than a float32 holds. The float engine takes them as floats, so what differs in the lost digits alone is one value
/// to it, and to the training: that is said exactly, and what to write instead.
/// </summary>
internal static class RoundedFeatures
{
    /// <summary>Integers up to this magnitude are floats.</summary>
    private const long Exact = 1 << 24;

    /// <summary>A step of the floats below this share of the values' deviation loses nothing that counts.</summary>
    private const double Fine = 0.05;

    /// <summary>Looks at training rows.</summary>
    /// <param name="train">The rows.</param>
    /// <returns>The features that lose what they tell, with a warning each.</returns>
    internal static Dictionary<int, TrainingWarning> Of(Dataset train)
    {
        Dictionary<int, TrainingWarning> found = [];
        for (int f = 0; f < train.Model.Features.Count && train.Model.Features.Type != ScalarType.F32; f++)
        {
            int[] raw = [.. Enumerable.Range(0, train.Count).Select(row => (int)train.FeatureBits(row)[f])];
            (int least, int most) = (raw.Min(), raw.Max());
            long greatest = Math.Max(Math.Abs((long)least), Math.Abs((long)most));
            double mean = raw.Average(value => (double)value), deviation = Math.Sqrt(raw.Average(value => Math.Pow(value - mean, 2)));
            double step = greatest > Exact ? Math.ScaleB(1, Math.ILogB(greatest) - 23) : 0;
            if (least < most && step * Fine > deviation)
                found[f] = new TrainingWarning(TrainingWarningKind.RoundedFeature, Message(train.Model.Features.Type, f, least, most, step));
        }

        return found;
    }

    private static string Message(ScalarType type, int f, int least, int most, double step)
    {
        double unit = type == ScalarType.Q16 ? 65536 : 1;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"feature {f} lies between {least / unit:R} and {most / unit:R} in the training rows, "
                + $"where a float32 knows multiples of {step / unit:R} alone: the float engine and training cannot tell its values apart. "
                + $"Subtract a base in the features method while it is an integer, such as x[{f}] = value - {least / (long)unit}");
    }
}
