using System;

namespace Kml.Training.Adapting;

/// <summary>
/// Asks for rows far from all whose labels are known (greedy k-centre; Gonzalez 1985, Sener and Savarese 2018). Needs no probabilities, and the rows of a batch
/// are never alike.
/// </summary>
/// <param name="Embedding">Where distances are measured; null for the model's own embedding if it has one, else the normalised features.</param>
public sealed record CoreSetQuery(IEmbedding? Embedding = null) : IQueryStrategy
{
    /// <inheritdoc/>
    public string Name => "core-set";

    /// <inheritdoc/>
    public IQueryScorer Prepare(QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        IEmbedding embedding = Embedding ?? context.Model as IEmbedding ?? new NormalisedFeatures(context.Pool);
        return new Scorer(embedding, context.Labelled);
    }

    private sealed class Scorer : IQueryScorer
    {
        private readonly IEmbedding _embedding;
        private readonly float[] _known;
        private readonly int _knownCount;
        private float[] _rows = [];
        private int _count;

        internal Scorer(IEmbedding embedding, Samples labelled)
        {
            _embedding = embedding;
            _knownCount = labelled.Count;
            _known = new float[ArraySize.Of("The embedded rows", labelled.Count, embedding.EmbeddingWidth)];
            embedding.Embed(labelled.Features, labelled.Count, _known);
        }

        public void Score(ReadOnlySpan<float> features, int rows, Span<float> scores)
        {
            int length = ArraySize.Of("The embedded rows", rows, _embedding.EmbeddingWidth);
            if (_rows.Length < length)
                _rows = new float[length];
            _count = rows;
            _embedding.Embed(features, rows, _rows.AsSpan(0, length));
            scores[..rows].Fill(float.MaxValue);
            for (int known = 0; known < _knownCount; known++)
                Nearer(_known, _knownCount, known, scores);
        }

        public void Chosen(int chosen, Span<float> scores) => Nearer(_rows, _count, chosen, scores);

        private void Nearer(float[] centres, int stride, int centre, Span<float> scores)
        {
            for (int row = 0; row < _count; row++)
            {
                float squares = 0;
                for (int unit = 0; unit < _embedding.EmbeddingWidth; unit++)
                {
                    float distance = _rows[(unit * _count) + row] - centres[(unit * stride) + centre];
                    squares += distance * distance;
                }

                scores[row] = MathF.Min(scores[row], MathF.Sqrt(squares));
            }
        }
    }
}
