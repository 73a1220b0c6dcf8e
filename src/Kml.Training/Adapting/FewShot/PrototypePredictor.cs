using System;
using System.Threading;

namespace Kml.Training.Adapting;

/// <summary>A softmax over negative squared distances from the means of classes.</summary>
/// <param name="embedding">Where distances are measured.</param>
/// <param name="means">[class][unit].</param>
/// <param name="present">Whether a class had rows; if not, its probability is 0.</param>
/// <param name="scale">What squared distances are multiplied by.</param>
internal sealed class PrototypePredictor(IEmbedding embedding, float[] means, bool[] present, float scale) : IPredictor
{
    private const int Rows = 64;

    private readonly ThreadLocal<float[]> _scratch = new(() =>
        new float[ArraySize.Of("The features of some rows", ArraySize.Sum("The features of a row", embedding.Width, embedding.EmbeddingWidth), Rows)]);

    public int Width => embedding.Width;

    public int Classes => present.Length;

    public long SizeBytes => ((long)sizeof(float) * means.Length) + ((embedding as IPredictor)?.SizeBytes ?? 2L * sizeof(float) * embedding.Width);

    public void Predict(ReadOnlySpan<float> features, int rows, Span<float> outputs)
    {
        int units = embedding.EmbeddingWidth;
        for (int start = 0; start < rows; start += Rows)
        {
            int count = Math.Min(Rows, rows - start);
            Span<float> input = _scratch.Value.AsSpan(0, Width * count), embedded = _scratch.Value.AsSpan(Width * Rows, units * count);
            for (int f = 0; f < Width; f++)
                features.Slice((f * rows) + start, count).CopyTo(input[(f * count)..]);
            embedding.Embed(input, count, embedded);
            for (int row = 0; row < count; row++)
                Decide(embedded[row..], count, outputs[(start + row)..], rows);
        }
    }

    private void Decide(ReadOnlySpan<float> at, int stride, Span<float> outputs, int outputStride)
    {
        int units = embedding.EmbeddingWidth;
        float greatest = float.NegativeInfinity, sum = 0;
        for (int k = 0; k < present.Length; k++)
        {
            float squares = present[k] ? 0 : float.PositiveInfinity;
            for (int unit = 0; unit < units; unit++)
            {
                float distance = at[unit * stride] - means[(k * units) + unit];
                squares += distance * distance;
            }

            outputs[k * outputStride] = -scale * squares;
            greatest = MathF.Max(greatest, outputs[k * outputStride]);
        }

        for (int k = 0; k < present.Length; k++)
            sum += outputs[k * outputStride] = present[k] ? KmlMath.Exp(outputs[k * outputStride] - greatest) : 0;
        for (int k = 0; k < present.Length; k++)
            outputs[k * outputStride] /= sum;
    }
}
