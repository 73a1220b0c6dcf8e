using System;
using System.Linq;
using System.Runtime.Intrinsics;

namespace Kml.Training.Linear;

/// <summary>A fitted model over random Fourier features.</summary>
public sealed class FourierPredictor : IPredictor
{
    private const int AtOnce = 64;

    private readonly FourierMap _map;
    private readonly float[] _weights;
    private readonly float[] _intercepts;

    /// <summary>Takes a solution over Fourier columns.</summary>
    internal FourierPredictor(int classes, FourierMap map, double bandwidth, double amplitude, double[] weights, double[] intercepts, SolveReport report)
    {
        Classes = classes;
        Bandwidth = bandwidth;
        Report = report;
        _map = map;
        _weights = [.. weights.Select(w => (float)(w * amplitude))];
        _intercepts = [.. intercepts.Select(b => (float)b)];
    }

    /// <inheritdoc/>
    public int Width => _map.Inputs;

    /// <inheritdoc/>
    public int Classes { get; }

    /// <inheritdoc/>
    public long SizeBytes => _map.SizeBytes + (sizeof(float) * ((long)_weights.Length + _intercepts.Length));

    /// <summary>The kernel's width, in deviations of the inputs: as given, or the median distance of training rows.</summary>
    public double Bandwidth { get; }

    /// <summary>What solving took.</summary>
    public SolveReport Report { get; }

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> features, int rows, Span<float> outputs)
    {
        Span<Vector512<float>> cosines = stackalloc Vector512<float>[AtOnce];
        int scores = _intercepts.Length, due = _map.Features;
        for (int row = 0; row < rows; row += RowBlock.Lanes)
        {
            for (int s = 0; s < scores; s++)
                RowBlock.Store(Vector512.Create(_intercepts[s]), outputs.Slice(s * rows, rows), row);
            for (int first = 0; first < due; first += AtOnce)
            {
                int count = Math.Min(AtOnce, due - first);
                _map.Compute(features, rows, row, first, cosines[..((count + FourierMap.Group - 1) / FourierMap.Group * FourierMap.Group)]);
                for (int s = 0; s < scores; s++)
                {
                    Span<float> column = outputs.Slice(s * rows, rows);
                    ReadOnlySpan<float> weights = _weights.AsSpan((s * due) + first, count);
                    Vector512<float> sum = RowBlock.Load(column, row);
                    for (int c = 0; c < weights.Length; c++)
                        sum = Vector512.FusedMultiplyAdd(cosines[c], Vector512.Create(weights[c]), sum);
                    RowBlock.Store(sum, column, row);
                }
            }
        }

        LinearHead.Finish(Classes, rows, outputs);
    }
}
