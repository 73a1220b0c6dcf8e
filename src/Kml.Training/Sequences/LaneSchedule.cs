using System;
using System.Linq;
using System.Numerics;

namespace Kml.Training.Sequences;

/// <summary>
/// Which window each lane of a batch takes. A lane walks one entity from its first window to its last, then takes the next entity that no lane has had.
/// Allocates nothing once made.
/// </summary>
internal sealed class LaneSchedule
{
    private readonly int[] _firsts;
    private readonly int[] _ends;
    private readonly int[] _order;
    private readonly int[] _windows;
    private readonly int[] _laneEnds;
    private readonly bool[] _fresh;
    private readonly int _empty;
    private int _taken;

    private LaneSchedule(int[] firsts, int[] ends, int empty, int lanes)
    {
        (_firsts, _ends, _empty) = (firsts, ends, empty);
        _order = new int[firsts.Length];
        _windows = new int[lanes];
        _laneEnds = new int[lanes];
        _fresh = new bool[lanes];
    }

    /// <summary>[lane]: its window in the present batch.</summary>
    internal ReadOnlySpan<int> Windows => _windows;

    /// <summary>[lane]: whether an entity begins with it, so that the state of the one before must be forgotten.</summary>
    internal ReadOnlySpan<bool> Fresh => _fresh;

    /// <summary>Makes one for windows.</summary>
    /// <typeparam name="T">The type of their numbers.</typeparam>
    /// <param name="windows">The windows.</param>
    /// <param name="lanes">Lanes: rows of a batch.</param>
    /// <returns>The schedule, to be begun.</returns>
    internal static LaneSchedule Of<T>(LaneWindows<T> windows, int lanes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lanes, 1);
        (int First, int End)[] entities = [.. Enumerable.Range(0, windows.EntityCount).Select(windows.Of)];
        return new LaneSchedule([.. entities.Select(e => e.First)], [.. entities.Select(e => e.End)], windows.Empty, lanes);
    }

    /// <summary>Begins an epoch with the entities in their own order.</summary>
    internal void Begin()
    {
        for (int i = 0; i < _order.Length; i++)
            _order[i] = i;
        Restart();
    }

    /// <summary>Begins an epoch with the entities in a random order.</summary>
    /// <param name="random">The source.</param>
    internal void Begin(Randomness random)
    {
        Begin();
        random.Shuffle(_order);
    }

    /// <summary>Moves to the next batch.</summary>
    /// <returns>False when all windows have been.</returns>
    internal bool Next()
    {
        bool any = false;
        for (int lane = 0; lane < _windows.Length; lane++)
        {
            bool goesOn = _windows[lane] + 1 < _laneEnds[lane];
            _fresh[lane] = !goesOn && _taken < _order.Length;
            if (goesOn)
            {
                _windows[lane]++;
            }
            else if (_fresh[lane])
            {
                int entity = _order[_taken++];
                (_windows[lane], _laneEnds[lane]) = (_firsts[entity], _ends[entity]);
            }
            else
            {
                (_windows[lane], _laneEnds[lane]) = (_empty, 0);
            }

            any |= _windows[lane] != _empty;
        }

        return any;
    }

    private void Restart()
    {
        _taken = 0;
        Array.Fill(_windows, _empty);
        Array.Clear(_laneEnds);
    }
}
