using System;
using Kml.Training;
using Kml.Training.Online;

namespace Kml.Benchmarks;

/// <summary>
/// Rows of eight features in two classes, by a rule with a product in it; the shift changes the rule. Made before, so that offering them is all that is timed.
/// </summary>
internal sealed class OnlineStream
{
    internal const int Width = 8, Count = 1 << 14;

    private readonly float[] _rows = new float[Count * Width];
    private readonly float[] _before = new float[Count];
    private readonly float[] _after = new float[Count];

    internal OnlineStream(int seed)
    {
        Random random = new(seed);
        for (int row = 0; row < Count; row++)
        {
            Span<float> x = _rows.AsSpan(row * Width, Width);
            for (int f = 0; f < Width; f++)
                x[f] = (float)((random.NextDouble() * 2) - 1) * (f + 1);
            _before[row] = x[0] + (x[1] * x[2] / 3) > x[3] / 4 ? 1 : 0;
            _after[row] = x[4] / 5 + (x[1] * x[2] / 3) < x[5] / 6 ? 1 : 0;
        }
    }

    internal void Offer(Intake intake, int index, bool shifted)
    {
        int row = index & (Count - 1);
        intake.Offer(_rows.AsSpan(row * Width, Width), (shifted ? _after : _before)[row]);
    }

    /// <summary>Reads what an offer would be given.</summary>
    internal float Read(int index)
    {
        int row = index & (Count - 1);
        ReadOnlySpan<float> x = _rows.AsSpan(row * Width, Width);
        return x[0] + x[Width - 1] + _after[row];
    }

    internal double Accuracy(IPredictor? predictor, bool shifted)
    {
        if (predictor is null)
            return 0;
        float[] columns = new float[Count * Width], outputs = new float[2 * Count];
        for (int row = 0; row < Count; row++)
        {
            for (int f = 0; f < Width; f++)
                columns[(f * Count) + row] = _rows[(row * Width) + f];
        }

        predictor.Predict(columns, Count, outputs);
        int right = 0;
        for (int row = 0; row < Count; row++)
            right += (outputs[Count + row] > outputs[row] ? 1 : 0) == (int)(shifted ? _after : _before)[row] ? 1 : 0;
        return right / (double)Count;
    }
}
