using System;
using System.Linq;
using Kml.Training.Losses;
using Kml.Training.Networks;

namespace Kml.Training.Online;

/// <summary>A network as it was when it was published.</summary>
/// <param name="models">Where passes come from.</param>
/// <param name="parameters">The parameters.</param>
/// <param name="mean">Means of features and label.</param>
/// <param name="inverse">Their reciprocal deviations.</param>
internal sealed class PublishedNetwork(PublishedModels models, float[] parameters, float[] mean, float[] inverse) : IPredictor
{
    private static readonly bool[] Begin = [.. Enumerable.Repeat(true, PublishedModels.Rows)];

    public int Width => mean.Length - 1;

    public int Classes => models.Options.Classes;

    public long SizeBytes => sizeof(float) * ((long)models.Options.Form.ParameterCount + mean.Length + inverse.Length);

    public void Predict(ReadOnlySpan<float> features, int rows, Span<float> outputs)
    {
        Network<float> pass = models.Rent();
        for (int begin = 0; begin < rows; begin += PublishedModels.Rows)
        {
            int count = Math.Min(PublishedModels.Rows, rows - begin);
            for (int f = 0; f < Width; f++)
            {
                Span<float> inputs = pass.Input.Span.Slice(f * PublishedModels.Rows, PublishedModels.Rows);
                for (int row = 0; row < count; row++)
                    inputs[row] = (features[(f * rows) + begin + row] - mean[f]) * inverse[f];

                // What is left over from the rows before is finite, and nobody reads what comes of it.
            }

            pass.Reset(Begin);
            pass.Predict(parameters);
            for (int row = 0; row < count; row++)
                Output(pass.Outputs.Span, row, outputs[(begin + row)..], rows);
        }

        models.Return(pass);
    }

    private void Output(ReadOnlySpan<float> values, int row, Span<float> outputs, int stride)
    {
        switch (models.Options.Loss)
        {
            case CrossEntropyLoss:
                Softmax(values[row..], outputs, stride);
                break;
            case BinaryCrossEntropyLoss:
                float yes = KmlMath.Sigmoid(values[row]);
                outputs[0] = 1 - yes;
                outputs[stride] = yes;
                break;
            default:
                outputs[0] = (values[row] / inverse[^1]) + mean[^1];
                break;
        }
    }

    private void Softmax(ReadOnlySpan<float> values, Span<float> outputs, int stride)
    {
        float greatest = float.NegativeInfinity, sum = 0;
        for (int c = 0; c < Classes; c++)
            greatest = Math.Max(greatest, values[c * PublishedModels.Rows]);
        for (int c = 0; c < Classes; c++)
            sum += outputs[c * stride] = KmlMath.Exp(values[c * PublishedModels.Rows] - greatest);
        for (int c = 0; c < Classes; c++)
            outputs[c * stride] /= sum;
    }
}
