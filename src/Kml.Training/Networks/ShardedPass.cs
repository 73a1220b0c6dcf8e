using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kml.Training.Layers;
using Kml.Training.Losses;

namespace Kml.Training.Networks;

/// <summary>
/// Loss and gradient of batches on several threads. A batch is cut into shards, a function of network and batch alone, each with its own network, memory
/// and gradient; gradients are added in the order of the shards. So the bits are the same with any number of threads. A step allocates nothing.
/// </summary>
/// <typeparam name="T">float to train; double to check.</typeparam>
internal sealed unsafe class ShardedPass<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A shard has at least this many products, some microseconds of work: it is to be worth the handing over and the adding.</summary>
    private const long LeastProducts = 1 << 19;

    private const int LeastRows = 32;
    private const int MostShards = 64;

    /// <summary>A range of parameters is worth handing over from here on; a multiple of every vector.</summary>
    private const int LeastRange = 1024;

    private readonly Network<T>[] _shards;
    private readonly T[][] _gradients;
    private readonly double[] _losses;
    private readonly int _range;
    private readonly WorkerThreads _threads;

    // What the present call is about. Pointers, as spans cannot be shared; their memory is pinned as long as the call lasts.
    private Work _work;
    private PackedRows<T>? _rows;
    private T* _parameters;
    private T* _gradient;
    private int* _order;
    private int* _next;
    private int _count;
    private int _nextCount;
    private double _weight;
    private ulong _key;

    /// <summary>Takes memory and starts threads.</summary>
    /// <param name="form">The network.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="batch">Rows of a batch.</param>
    /// <param name="threads">Threads to work, the calling one counted; more than there are shards are not started.</param>
    internal ShardedPass(NetworkForm form, Loss loss, int batch, int threads)
    {
        Batch = batch;
        ShardRows = RowsOfShard(form, batch);
        int shards = Used(batch);
        _shards = [.. Enumerable.Range(0, shards).Select(_ => new Network<T>(form, loss, ShardRows))];
        _gradients = [.. _shards.Select(shard => GC.AllocateArray<T>(shards == 1 ? 0 : shard.ParameterLength, pinned: true))];
        _losses = new double[shards];
        _range = RangeOf(ParameterLength);
        _threads = new WorkerThreads(Math.Min(threads, shards), Piece);
    }

    private enum Work
    {
        Losses,
        Gradients,
        Sums,
    }

    /// <summary>Rows of a batch.</summary>
    internal int Batch { get; }

    /// <summary>Rows of a shard.</summary>
    internal int ShardRows { get; }

    /// <summary>A network a shard.</summary>
    internal IReadOnlyList<Network<T>> Shards => _shards;

    /// <summary>Parameters of all layers, padding counted.</summary>
    internal int ParameterLength => _shards[0].ParameterLength;

    /// <summary>Loss and gradient of a training batch.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="order">The rows of the batch: at least 1, at most <see cref="Batch"/>.</param>
    /// <param name="key">A function of the seed and the step, for layers that draw.</param>
    /// <param name="gradient">Receives (is set to) the gradient of the batch's weighted mean loss; its padding should be 0 and stays so.</param>
    /// <param name="next">The rows that the next call will take, to be fetched from memory while this one computes; none if nobody knows.</param>
    /// <returns>The loss.</returns>
    internal BatchLoss Gradient(
        ReadOnlySpan<T> parameters,
        PackedRows<T> rows,
        ReadOnlySpan<int> order,
        ulong key,
        Span<T> gradient,
        ReadOnlySpan<int> next = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(parameters.Length, ParameterLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradient.Length, ParameterLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order.Length, Batch);
        double weight = Used(order.Length) == 1 ? double.NaN : rows.TotalWeight(order);
        fixed (T* p = parameters, g = gradient)
        {
            fixed (int* n = next)
            {
                _key = key;
                _gradient = g;
                _next = n;
                _nextCount = next.Length;
                double sum = Run(Work.Gradients, p, rows, order, weight);
                if (Used(order.Length) > 1)
                    Run(Work.Sums, Pieces(ParameterLength, _range));
                return new BatchLoss(sum, _weight);
            }
        }
    }

    /// <summary>Loss of any number of rows, as in evaluation.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="order">The rows that count.</param>
    /// <returns>The loss.</returns>
    internal BatchLoss Loss(ReadOnlySpan<T> parameters, PackedRows<T> rows, ReadOnlySpan<int> order)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(parameters.Length, ParameterLength);
        double sum = 0;
        fixed (T* p = parameters)
        {
            for (int at = 0; at < order.Length; at += Batch)
                sum += Run(Work.Losses, p, rows, order.Slice(at, Math.Min(Batch, order.Length - at)), 1);
        }

        return new BatchLoss(sum, rows.TotalWeight(order));
    }

    /// <summary>Forgets the recurrent state of rows whose entity begins anew.</summary>
    /// <param name="fresh">[row of the batch]; rows beyond keep theirs.</param>
    internal void Reset(ReadOnlySpan<bool> fresh)
    {
        for (int s = 0; s * ShardRows < fresh.Length; s++)
            _shards[s].Reset(fresh.Slice(s * ShardRows, Math.Min(ShardRows, fresh.Length - (s * ShardRows))));
    }

    /// <summary>Ends the threads and gives the memory back.</summary>
    public void Dispose()
    {
        _threads.Dispose();
        foreach (Network<T> shard in _shards)
            shard.Dispose();
    }

    /// <summary>Parameters that are added at once: more than are worth handing over only where the ranges would be too many to be claimed.</summary>
    /// <param name="parameters">Parameters of the network.</param>
    /// <returns>Their number, a multiple of every vector.</returns>
    internal static int RangeOf(int parameters)
    {
        int least = Pieces(parameters, WorkerThreads.MostPieces), multiple = Network<T>.ParameterMultiple;
        return Math.Max(LeastRange, Pieces(least, multiple) * multiple);
    }

    /// <summary>Parts that a whole is cut into. The sum of both may be more than an integer holds.</summary>
    /// <param name="whole">The whole.</param>
    /// <param name="part">What each part has but the last, which may have less.</param>
    /// <returns>How many there are.</returns>
    internal static int Pieces(int whole, int part) => (int)(((long)whole + part - 1) / part);

    /// <summary>Rows of a shard: no function of threads.</summary>
    private static int RowsOfShard(NetworkForm form, int batch)
    {
        LayerShape[] shapes = form.Shapes();
        long products = 0;
        for (int l = 0; l < form.Layers.Count; l++)
            products += (long)form.Layers[l].ParameterCount(shapes[l]) * shapes[l].Steps;
        const int multiple = LayerPass<T>.RowMultiple;
        long rows = Math.Max(LeastRows, Math.Max(LeastProducts / Math.Max(products, 1), batch / MostShards));
        return (int)Math.Min((rows + multiple - 1) / multiple * multiple, (long)Pieces(batch, multiple) * multiple);
    }

    private int Used(int rows) => Pieces(rows, ShardRows);

    private double Run(Work work, T* parameters, PackedRows<T> rows, ReadOnlySpan<int> order, double weight)
    {
        fixed (int* o = order)
        {
            _parameters = parameters;
            _rows = rows;
            _order = o;
            _count = order.Length;
            _weight = weight;
            Run(work, Used(order.Length));
            double sum = 0;
            for (int s = 0; s < Used(order.Length); s++)
                sum += _losses[s];
            return sum;
        }
    }

    private void Run(Work work, int pieces)
    {
        _work = work;
        _threads.Run(pieces);
    }

    private void Piece(int index)
    {
        if (_work == Work.Sums)
            Add(index * _range, Math.Min(_range, ParameterLength - (index * _range)));
        else
            Shard(index);
    }

    private void Shard(int s)
    {
        Network<T> network = _shards[s];
        ReadOnlySpan<T> parameters = new(_parameters, ParameterLength);
        int first = s * ShardRows;
        _rows!.Load(new ReadOnlySpan<int>(_order + first, Math.Min(ShardRows, _count - first)), network);
        bool training = _work == Work.Gradients;
        if (training)
        {
            _rows.Prefetch(new ReadOnlySpan<int>(_next, _nextCount)[Math.Min(first, _nextCount)..Math.Min(first + ShardRows, _nextCount)]);
            network.Begin(_key, first);
        }

        // A single shard has all weights at hand; fetching them beforehand would wait for every row.
        if (double.IsNaN(_weight))
            _weight = network.TotalWeight;
        _losses[s] = network.Forward(parameters, _weight > 0 ? T.One / T.CreateChecked(_weight) : T.Zero, training);
        if (training)
            network.Backward(parameters, Used(_count) == 1 ? new Span<T>(_gradient, ParameterLength) : _gradients[s]);
    }

    /// <summary>Adds a range of all shards' gradients, in their order.</summary>
    private void Add(int from, int length)
    {
        Span<Vector512<T>> sum = MemoryMarshal.Cast<T, Vector512<T>>(new Span<T>(_gradient + from, length));
        int used = Used(_count);
        for (int i = 0; i < sum.Length; i++)
        {
            int at = from + (i * Vector512<T>.Count);
            Vector512<T> total = Vector512.LoadUnsafe(ref _gradients[0][at]);
            for (int s = 1; s < used; s++)
                total += Vector512.LoadUnsafe(ref _gradients[s][at]);
            sum[i] = total;
        }
    }
}
