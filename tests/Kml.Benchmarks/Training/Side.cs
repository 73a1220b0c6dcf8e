using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace Kml.Benchmarks.Training;

/// <summary>One side of a pair: it is made and trains on the cores that it may use and on no others, and its laps are kept.</summary>
internal sealed class Side : IDisposable
{
    /// <summary>
    /// A side runs as many epochs in a row as last this long: between two epochs of the other side its data leaves the caches, which is not what training is
    /// like. Their mean is one lap.
    /// </summary>
    private static readonly TimeSpan LeastTurn = TimeSpan.FromMilliseconds(50);

    /// <summary>What is compiled while it runs, is by then.</summary>
    private static readonly TimeSpan LeastWarming = TimeSpan.FromSeconds(1);

    private const int LeastWarmLaps = 3;

    private readonly IContender _contender;
    private readonly int _threads;
    private readonly List<double> _losses = [];
    private readonly List<double> _seconds = [];
    private int _turn;

    private Side(IContender contender, int threads) => (_contender, _threads) = (contender, threads);

    /// <summary>Epochs trained, those before it was timed counted.</summary>
    internal int Epochs => _losses.Count;

    /// <summary>Seconds of an epoch, the median of the turns.</summary>
    internal double Median => _seconds.Order().ElementAt(_seconds.Count / 2);

    /// <summary>Makes a contender, whose threads stay on the cores that it may use.</summary>
    /// <param name="contender">Makes it; null when it is absent.</param>
    /// <param name="threads">Threads, hence cores, that it may use.</param>
    /// <returns>The side; null when it is absent.</returns>
    internal static Side? Of(Func<IContender?> contender, int threads)
    {
        Cores.Pin(threads);
        return contender() is { } made ? new Side(made, threads) : null;
    }

    /// <summary>Trains until it is compiled and its data touched: epochs that count as training, not as time. The last says how many are a turn.</summary>
    internal void Warm()
    {
        Cores.Pin(_threads);
        long start = Stopwatch.GetTimestamp();
        Lap last = default;
        for (int i = 0; i < LeastWarmLaps || Stopwatch.GetElapsedTime(start) < LeastWarming; i++)
            _losses.Add((last = _contender.Run()).Loss);
        _turn = Math.Max(1, (int)Math.Ceiling(LeastTurn.TotalSeconds / last.Seconds));
    }

    /// <summary>Trains for a turn.</summary>
    internal void Turn()
    {
        Cores.Pin(_threads);
        double seconds = 0;
        for (int i = 0; i < _turn; i++)
        {
            Lap lap = _contender.Run();
            seconds += lap.Seconds;
            _losses.Add(lap.Loss);
        }

        _seconds.Add(seconds / _turn);
    }

    /// <summary>The loss after a number of epochs.</summary>
    /// <param name="epochs">The number.</param>
    /// <returns>The loss.</returns>
    internal double Loss(int epochs) => _losses[epochs - 1];

    /// <summary>Least and median milliseconds, and the loss after a number of epochs.</summary>
    /// <param name="epochs">The number.</param>
    /// <returns>Three columns.</returns>
    internal string Text(int epochs) =>
        string.Create(CultureInfo.InvariantCulture, $"{_seconds.Min() * 1e3,10:F3}{Median * 1e3,10:F3}{Loss(epochs),8:F4}");

    /// <inheritdoc/>
    public void Dispose() => _contender.Dispose();
}
