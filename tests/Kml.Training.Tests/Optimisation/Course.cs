using System;
using System.Linq;
using System.Threading;
using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Networks;

namespace Kml.Training.Tests.Optimisation;

/// <summary>Trainings to be watched and cut short.</summary>
internal static class Course
{
    /// <summary>Wide enough that a batch of 256 is cut into shards.</summary>
    internal static NetworkForm Wide { get; } =
        NetworkForm.Of(4, new DenseLayer(96, Nonlinearity.Relu), new DropoutLayer(0.1), new DenseLayer(96, Nonlinearity.Tanh), new DenseLayer(1));

    internal static NetworkLearner Learner(FitOptions options, NetworkForm? form = null) => new() { Options = options, Form = form };

    internal static Samples Numbers(int count, int width = 2, int seed = 1) => Learners.LearnerCase.Rows(count, width, 0, seed);

    /// <summary>Bits of all parameters and losses.</summary>
    internal static int[] Bits(NetworkFit fit) =>
    [
        .. fit.Predictor.Parameters.ToArray().Select(BitConverter.SingleToInt32Bits),
        .. fit.Epochs.SelectMany(e => (double[])[e.TrainLoss, e.ValidationLoss, e.BestLoss, e.LearningRate])
            .Select(loss => BitConverter.DoubleToInt64Bits(loss).GetHashCode()),
    ];
}

/// <summary>Huber's loss, until it has run so many times: then it asks training to stop, or ends it as a power cut would.</summary>
internal sealed record CutLoss : Loss
{
    private readonly HuberLoss _loss = new();
    private readonly CancellationTokenSource? _stop;
    private readonly int _at;
    private int _runs;

    internal CutLoss(int at = int.MaxValue, CancellationTokenSource? stop = null)
    {
        _at = at;
        _stop = stop;
    }

    /// <summary>How often it has run: once a shard of a step, or of validation rows.</summary>
    internal int Runs => _runs;

    internal override void Check(int units) => _loss.Check(units);

    internal override double Run<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> targets, ReadOnlySpan<T> weights, T share, Span<T> dy)
    {
        if (Interlocked.Increment(ref _runs) == _at)
        {
            if (_stop is null)
                throw new OperationCanceledException();
            _stop.Cancel();
        }

        return _loss.Run(y, targets, weights, share, dy);
    }
}
