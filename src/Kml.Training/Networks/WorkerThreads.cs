using System;
using System.Threading;

namespace Kml.Training.Networks;

/// <summary>
/// Threads that live as long as training does, for pieces of work of some microseconds: a thread looks for work for a moment before it sleeps, and pieces are
/// claimed by compare-and-swap on one word, without locks. The calling thread works too: it takes pieces from the front, the others from the back, so that
/// a piece is mostly done by the thread that did it last time, whose caches still hold its memory.
/// </summary>
internal sealed class WorkerThreads : IDisposable
{
    /// <summary>
    /// Looks for work before a thread sleeps: some tens of microseconds, above the time between two steps and below what anybody would see as load.
    /// </summary>
    private const int Looks = 2000;

    /// <summary>The most pieces of a run: their numbers have 16 bits.</summary>
    internal const int MostPieces = ushort.MaxValue;

    private readonly Worker[] _workers;
    private readonly Action<int> _piece;

    /// <summary>
    /// Turn (32 bits), end of the pieces that are left (16), the first of them (16): one word, so that a late thread cannot claim from the next turn what it
    /// saw in the last.
    /// </summary>
    private long _claims;
    private int _done;
    private Exception? _failure;
    private volatile bool _ended;

    /// <summary>Starts threads.</summary>
    /// <param name="threads">Threads to work, the calling one counted.</param>
    /// <param name="piece">Does a piece, given its index; it must not block.</param>
    internal WorkerThreads(int threads, Action<int> piece)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _piece = piece;
        _workers = new Worker[threads - 1];
        for (int i = 0; i < _workers.Length; i++)
            _workers[i] = new Worker(this);
    }

    /// <summary>Does pieces of work, and returns when all are done.</summary>
    /// <param name="pieces">Their number, at most <see cref="MostPieces"/>.</param>
    internal void Run(int pieces)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pieces, MostPieces);
        if (_workers.Length == 0 || pieces == 1)
        {
            for (int i = 0; i < pieces; i++)
                _piece(i);
            return;
        }

        Volatile.Write(ref _done, 0);
        Interlocked.Exchange(ref _claims, ((((_claims >> 32) + 1) << 16) | (uint)pieces) << 16);
        foreach (Worker worker in _workers)
            worker.Wake();
        Work(fromBack: false);
        SpinWait wait = default;
        while (Volatile.Read(ref _done) < pieces)
            wait.SpinOnce(sleep1Threshold: -1);
        if (_failure is { } failure)
        {
            _failure = null;
            throw new AggregateException(failure);
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        _ended = true;
        foreach (Worker worker in _workers)
            worker.Join();
    }

    private static bool Left(long claims) => (ushort)claims < (ushort)(claims >> 16);

    private void Work(bool fromBack)
    {
        for (long claims = Volatile.Read(ref _claims); Left(claims); claims = Volatile.Read(ref _claims))
        {
            if (Interlocked.CompareExchange(ref _claims, fromBack ? claims - (1 << 16) : claims + 1, claims) != claims)
                continue;
            try
            {
                _piece(fromBack ? (ushort)(claims >> 16) - 1 : (ushort)claims);
            }
            catch (Exception failure)
            {
                // It is the caller's; the thread goes on.
                Interlocked.CompareExchange(ref _failure, failure, null);
            }
            finally
            {
                Interlocked.Increment(ref _done);
            }
        }
    }

    private sealed class Worker
    {
        private readonly WorkerThreads _owner;
        private readonly AutoResetEvent _wake = new(false);
        private readonly Thread _thread;
        private int _asleep;

        internal Worker(WorkerThreads owner)
        {
            _owner = owner;
            _thread = new Thread(Live) { IsBackground = true, Name = "training" };
            _thread.Start();
        }

        internal void Wake()
        {
            if (Volatile.Read(ref _asleep) != 0 && Interlocked.Exchange(ref _asleep, 0) != 0)
                _wake.Set();
        }

        internal void Join()
        {
            Interlocked.Exchange(ref _asleep, 0);
            _wake.Set();
            _thread.Join();
            _wake.Dispose();
        }

        private void Live()
        {
            while (!_owner._ended)
            {
                int looks = 0;
                while (looks < Looks && !Left(Volatile.Read(ref _owner._claims)) && !_owner._ended)
                {
                    Thread.SpinWait(1);
                    looks++;
                }

                if (looks == Looks)
                {
                    // Said before looking once more: either this look sees the work, or the caller sees the sleeper.
                    Interlocked.Exchange(ref _asleep, 1);
                    if (!Left(Volatile.Read(ref _owner._claims)) && !_owner._ended)
                        _wake.WaitOne();
                    Interlocked.Exchange(ref _asleep, 0);
                }

                _owner.Work(fromBack: true);
            }
        }
    }
}
