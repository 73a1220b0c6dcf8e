using System;
using System.Collections.Generic;
using Kml.Training;

namespace Kml.Benchmarks;

/// <summary>A request as the scheduler sees it when it dispatches: nothing of what becomes of it.</summary>
/// <param name="TimeUs">When it is dispatched, in microseconds.</param>
/// <param name="Block">Its first block.</param>
/// <param name="Bytes">Its size.</param>
internal readonly record struct DeadlineRequest(long TimeUs, long Block, int Bytes);

/// <summary>
/// Features of a request from it and those before it: it sees one at a time, so that nothing of the future can leak in. What the trace
/// repeats are runs of requests that go forward in small steps, broken by far ones; how long a run lasts and
/// how long ago the last far step was tells where in the period a request is.
/// </summary>
internal sealed class DeadlineFeatures
{
    /// <summary>Blocks of a forward step that still belongs to a run.</summary>
    private const long NearBlocks = 2000;

    private DeadlineRequest _last;
    private DeadlineRequest _beforeLast;
    private long _farUs;
    private int _run;
    private bool _begun;

    /// <summary>Names of the features. Times and distances by their logarithms: they span seven powers of ten.</summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        "size", "log time since last", "log time since the one before",
        "step", "step of two", "log distance", "log distance of two", "log run", "log time since far step",
    ];

    /// <summary>Computes the features of the next request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="x">Receives the features.</param>
    internal void Next(in DeadlineRequest request, Span<float> x)
    {
        if (!_begun)
        {
            _last = _beforeLast = request;
            _farUs = request.TimeUs;
            _begun = true;
        }

        long step = request.Block - _last.Block, steps = request.Block - _beforeLast.Block;
        bool near = step is > 0 and < NearBlocks;
        _run = near ? _run + 1 : 0;
        _farUs = near ? _farUs : request.TimeUs;

        x[0] = request.Bytes / 4096f;
        x[1] = Log(request.TimeUs - _last.TimeUs);
        x[2] = Log(request.TimeUs - _beforeLast.TimeUs);
        x[5] = Log(Math.Abs(step));
        x[6] = Log(Math.Abs(steps));
        x[3] = step < 0 ? -x[5] : x[5];
        x[4] = steps < 0 ? -x[6] : x[6];
        x[7] = Log(_run);
        x[8] = Log(request.TimeUs - _farUs);
        (_beforeLast, _last) = (_last, request);
    }

    /// <summary>The features of a whole trace, in its order, with their labels.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="inTime">Whether each met its deadline.</param>
    /// <returns>Samples of two classes: 1 for in time.</returns>
    internal static Samples Of(IReadOnlyList<DeadlineRequest> requests, IReadOnlyList<bool> inTime)
    {
        DeadlineFeatures stream = new();
        int rows = requests.Count;
        float[] columns = new float[rows * Names.Count], x = new float[Names.Count], labels = new float[rows];
        ulong[] times = new ulong[rows];
        for (int r = 0; r < rows; r++)
        {
            stream.Next(requests[r], x);
            for (int f = 0; f < x.Length; f++)
                columns[(f * rows) + r] = x[f];
            labels[r] = inTime[r] ? 1 : 0;
            times[r] = (ulong)requests[r].TimeUs * 1000;
        }

        return new Samples(Names, columns, labels, classes: 2, times: times);
    }

    private static float Log(long value) => KmlMath.Log(1f + value);
}
