using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Kml.Training.Online;

/// <summary>
/// Learns from a stream for as long as it lasts, on a thread of its own, within a stated share of a processor and a stated amount of memory. Producers hand in
/// labelled records without locks; a model is published only when it beats the one before it on records that nothing was learned from.
/// </summary>
/// <remarks>In the blocking mode, with one producer, the same records give the same models, to the bit, whatever the machine's pace.</remarks>
public sealed class OnlineTrainer : IDisposable
{
    private const long IdleWait = 5_000_000;
    private const int StackBytes = 1 << 19;

    private readonly OnlineOptions _options;
    private readonly OnlineLearning _learning;
    private readonly Intake[] _intakes;
    private readonly long[] _offersPaid;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private readonly float[] _chunk;
    private readonly ITrainingClock _clock;
    private CpuGovernor? _governor;
    private NetworkPredictor? _current;
    private Exception? _failure;
    private double _unpaid;
    private bool _disposed;

    /// <summary>Takes all memory, and begins to wait for records.</summary>
    /// <param name="options">How to learn, and with how much of the machine.</param>
    /// <exception cref="TrainingException">An option is out of range, or the network does not fit into the memory.</exception>
    public OnlineTrainer(OnlineOptions options)
        : this(options, new ThreadClock())
    {
    }

    internal OnlineTrainer(OnlineOptions options, ITrainingClock clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _clock = clock;
        _learning = new OnlineLearning(options) { Between = Pay, Published = Publish };
        _current = options.Running;
        int stride = options.Width + 2;
        _intakes =
        [
            .. Enumerable.Range(0, options.Producers).Select(_ => new Intake(
                new RecordRing(_learning.Plan.RingRecords, stride, options.Mode == IntakeMode.Blocking),
                options.Width,
                options.Classes,
                _learning.Indices)),
        ];
        _offersPaid = new long[options.Producers];
        _chunk = new float[ArraySize.Of("The records of a chunk", MemoryPlan.ChunkRecords, stride)];
        _thread = new Thread(Run, StackBytes) { IsBackground = true, Name = "online trainer" };
        _thread.Start();
    }

    /// <summary>Called on the trainer's thread with each model that is better than the one before. The time that it takes counts as the trainer's.</summary>
    public event Action<Publication>? Published;

    /// <summary>Where records are handed in: one for each producer.</summary>
    public IReadOnlyList<Intake> Intakes => _intakes;

    /// <summary>The newest model, or the one that ran before; null if there is none yet.</summary>
    public NetworkPredictor? Current => Volatile.Read(ref _current);

    /// <summary>How the trainer is doing. May be asked by any thread at any time.</summary>
    public OnlineStatus Status
    {
        get
        {
            OnlineCounts counts = _learning.Counts;
            long taken = 0, dropped = 0, offered = 0;
            foreach (Intake intake in _intakes)
            {
                // In this order, so that never more are said to be read than were offered.
                taken += intake.Ring.Taken;
                dropped += intake.Ring.Dropped;
                offered += intake.Ring.Offered;
            }

            IReadOnlyList<string> columns = _options.Columns;
            Dictionary<string, long> refused = [];
            for (int c = 0; c < columns.Count; c++)
            {
                long count = _intakes.Sum(i => i.RefusedFor(c)) + (c < counts.Beyond.Length ? Volatile.Read(ref counts.Beyond[c]) : 0);
                if (count > 0)
                    refused[columns[c]] = count;
            }

            CpuGovernor? governor = Volatile.Read(ref _governor);
            return new OnlineStatus(
                offered,
                taken,
                dropped,
                offered - taken - dropped,
                _intakes.Sum(i => i.NoEvidence),
                refused,
                Volatile.Read(ref counts.HeldBack),
                Volatile.Read(ref counts.Steps),
                Volatile.Read(ref counts.TrainedRows),
                Volatile.Read(ref counts.Published),
                Volatile.Read(ref counts.Rejected),
                Volatile.Read(ref counts.Restored),
                Volatile.Read(ref counts.Drifts),
                Volatile.Read(ref counts.RunningLoss),
                Volatile.Read(ref counts.CandidateLoss),
                governor?.Share ?? 0,
                governor?.PeakShare ?? 0,
                (governor?.Total ?? 0) / 1e9,
                _learning.Plan.Bytes,
                Volatile.Read(ref _failure)?.Message);
        }
    }

    /// <summary>
    /// Takes no more records, learns from those that were handed in, and ends. Producers must have stopped offering, or their last records may stay unread.
    /// </summary>
    /// <exception cref="TrainingException">Training had ended by itself; the message says why.</exception>
    public void Complete()
    {
        RefuseOwnThread();
        foreach (Intake intake in _intakes)
            intake.Ring.Stop();
        _thread.Join();
        if (_failure is { } failure)
            throw new TrainingException($"Training from the stream ended: {failure.Message}", failure);
    }

    /// <summary>Stops at once: waiting producers are let go, records that were not read are left.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        RefuseOwnThread();
        _disposed = true;
        _stop.Set();
        foreach (Intake intake in _intakes)
            intake.Ring.Stop();
        _thread.Join();
        _learning.Dispose();
        _stop.Dispose();
    }

    /// <summary>A handler of <see cref="Published"/> runs on the trainer's thread, which cannot wait for itself.</summary>
    private void RefuseOwnThread()
    {
        if (Thread.CurrentThread == _thread)
            throw new InvalidOperationException("The trainer cannot be ended from a handler of Published: end it from another thread.");
    }

    private void Run()
    {
        try
        {
            Volatile.Write(ref _governor, new CpuGovernor(_options.CpuShare, _clock, _stop));
            while (!_stop.IsSet)
            {
                // Before the rings are looked at: what came in until it stopped is then seen.
                bool last = _intakes[^1].Ring.Stopped;
                int taken = 0;
                foreach (Intake intake in _intakes)
                    taken += Take(intake.Ring);
                if (taken > 0)
                    Pay();
                else if (last)
                    break;
                else
                    Idle();
            }
        }
        catch (Exception e)
        {
            // A handler's exception, or the system's: nothing may wait for this thread any more.
            Volatile.Write(ref _failure, e);
            foreach (Intake intake in _intakes)
                intake.Ring.Stop();
        }
    }

    private int Take(RecordRing ring)
    {
        int stride = _options.Width + 2, count = ring.Take(_chunk);
        for (int i = 0; i < count && !_stop.IsSet; i++)
            _learning.Take(_chunk.AsSpan(i * stride, stride));
        return count;
    }

    private void Pay()
    {
        CountOffers();
        if (_governor!.Pay((long)_unpaid))
            _unpaid = 0;
    }

    private void Idle()
    {
        CountOffers();
        _governor!.Idle(IdleWait, (long)_unpaid);
        _unpaid = 0;
    }

    /// <summary>Adds what offers have cost their producers since last time.</summary>
    private void CountOffers()
    {
        for (int i = 0; i < _intakes.Length; i++)
        {
            long offers = _intakes[i].Ring.Offered;
            _unpaid += (offers - _offersPaid[i]) * _intakes[i].OfferCost;
            _offersPaid[i] = offers;
        }
    }

    private void Publish(Publication publication)
    {
        Volatile.Write(ref _current, publication.Predictor);
        Published?.Invoke(publication);
    }
}
