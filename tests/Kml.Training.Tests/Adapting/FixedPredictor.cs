using System;

namespace Kml.Training.Tests.Adapting;

/// <summary>A predictor that computes its outputs from a row's first feature.</summary>
internal sealed class FixedPredictor(int classes, Func<float, float[]> outputs) : IPredictor
{
    public int Width => 1;

    public int Classes => classes;

    public long SizeBytes => 0;

    public void Predict(ReadOnlySpan<float> features, int rows, Span<float> results)
    {
        for (int row = 0; row < rows; row++)
        {
            float[] of = outputs(features[row]);
            for (int k = 0; k < of.Length; k++)
                results[(k * rows) + row] = of[k];
        }
    }
}
