using System;
using Kml.Training.Networks;

namespace Kml.Training.Trees;

/// <summary>Threads that grow a tree together.</summary>
internal sealed class TreeTeam : IDisposable
{
    private readonly WorkerThreads _workers;
    private Action<int>? _piece;

    /// <summary>Starts threads.</summary>
    /// <param name="threads">Threads to work, the calling one counted; 0 for one a processor.</param>
    internal TreeTeam(int threads)
    {
        Threads = threads == 0 ? Environment.ProcessorCount : threads;
        _workers = new WorkerThreads(Threads, piece => _piece!(piece));
    }

    /// <summary>Threads that work.</summary>
    internal int Threads { get; }

    /// <summary>Does pieces of work, and returns when all are done.</summary>
    /// <param name="pieces">Their number.</param>
    /// <param name="piece">Does one.</param>
    internal void Run(int pieces, Action<int> piece)
    {
        _piece = piece;
        for (int first = 0; first < pieces; first += WorkerThreads.MostPieces)
        {
            int start = first;
            if (start > 0)
                _piece = index => piece(start + index);
            _workers.Run(Math.Min(WorkerThreads.MostPieces, pieces - first));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _workers.Dispose();
}
