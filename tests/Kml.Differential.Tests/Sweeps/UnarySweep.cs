using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Threading;
using System.Threading.Tasks;
using Kml.KmodGen.Compute;
using Kml.TestSupport;

namespace Kml.Differential;

/// <summary>Runs functions through C#, and through C as each engine that this processor has compiles it, and compares the bits.</summary>
internal sealed unsafe class UnarySweep : IDisposable
{
    private const int Block = 4096;
    private const int BlocksAtOnce = 256;

    private readonly CCompiler _compiler = new();
    private readonly Dictionary<UnaryFunction, List<(string Name, nint Code)>> _forms;

    /// <summary>Compiles the functions.</summary>
    /// <param name="functions">The functions.</param>
    /// <param name="everyForm">Of those that do vectors also the scalar form where vectors are wide, which no module contains.</param>
    public UnarySweep(IEnumerable<UnaryFunction> functions, bool everyForm)
    {
        _forms = functions.ToDictionary(f => f, _ => new List<(string, nint)>());
        _compiler.Add(ComputeFiles.Headers);
        _compiler.Add("functions.c", "#include \"kml_arith_float.h\"\n#include \"kml_dense.h\"\n" + string.Concat(
            _forms.Keys.Select((f, i) => f.Operation.Source($"scalar{i}") + (f.Vector is null ? "" : f.VectorSource($"vector{i}")))));
        foreach (Engine engine in Engine.Here.Where(e => !e.KernelStack))
        {
            nint library = _compiler.Load($"lib{engine}.so", ["functions.c"], engine.Flags);
            foreach ((UnaryFunction function, int i) in _forms.Keys.Select((f, i) => (f, i)))
            {
                bool isWide = engine.Symbol != "scalar";
                if (function.Vector is null || !isWide || everyForm)
                    _forms[function].Add((engine.Name, NativeLibrary.GetExport(library, $"scalar{i}")));
                if (function.Vector is not null && (isWide || everyForm))
                    _forms[function].Add(($"{engine}, vectors", NativeLibrary.GetExport(library, $"vector{i}")));
            }
        }
    }

    /// <summary>Runs a function on all processors.</summary>
    /// <param name="function">One of those that were compiled.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="twin">The same in vectors of C#, if there is such a form.</param>
    /// <param name="progress">Is told after each part what share of the arguments has been tried.</param>
    /// <returns>What came of it.</returns>
    public SweepResult Run(
        UnaryFunction function,
        Arguments arguments,
        Func<Vector512<float>, Vector512<float>>? twin = null,
        Action<double>? progress = null)
    {
        SweepResult all = new();
        Lock entry = new();
        long parts = ((arguments.Count - 1) / (Block * BlocksAtOnce)) + 1;
        Parallel.For(0, parts, () => new Worker(function, _forms[function], arguments, twin), (part, _, worker) =>
        {
            SweepResult found = worker.Run(part * Block * BlocksAtOnce, (part + 1) * Block * BlocksAtOnce);
            lock (entry)
            {
                all.Add(found);
                progress?.Invoke((double)all.Tried / arguments.Count);
            }

            return worker;
        }, _ => { });
        return all;
    }

    public void Dispose() => _compiler.Dispose();

    private sealed class Worker(
        UnaryFunction function,
        List<(string Name, nint Code)> forms,
        Arguments arguments,
        Func<Vector512<float>, Vector512<float>>? twin)
    {
        private readonly ulong[] _arguments = new ulong[Block];
        private readonly ulong[] _expected = new ulong[Block];
        private readonly ulong[] _results = new ulong[Block];
        private readonly int[] _faults = new int[Block];

        public SweepResult Run(long from, long to)
        {
            SweepResult result = new();
            to = Math.Min(to, arguments.Count);
            for (; from < to; from += Block)
                RunBlock(from, (int)Math.Min(Block, to - from), result);
            return result;
        }

        // C runs over the whole block: what is left of the one before in its end is not looked at.
        private void RunBlock(long from, int count, SweepResult result)
        {
            Func<ulong, ulong, ulong, ulong> managed = function.Operation.Managed;
            for (int i = 0; i < count; i++)
            {
                _arguments[i] = arguments.At(from + i);
                _expected[i] = managed(_arguments[i], 0, 0);
            }

            foreach ((string name, nint code) in forms)
            {
                fixed (ulong* x = _arguments, y = _results)
                fixed (int* faults = _faults)
                    ((delegate* unmanaged<ulong*, ulong*, ulong*, ulong*, int*, int, void>)code)(x, x, x, y, faults, Block);
                Compare(name, count, result);
            }

            if (twin is not null)
            {
                RunTwin(twin);
                Compare("vectors of C#", count, result);
            }

            if (function.Exact is not null)
            {
                for (int i = 0; i < count; i++)
                    result.Err(LastPlace.Units((uint)_expected[i], function.Exact(BitConverter.UInt32BitsToSingle((uint)_arguments[i]))), (uint)_arguments[i]);
            }

            result.Try(count);
        }

        private void RunTwin(Func<Vector512<float>, Vector512<float>> vectors)
        {
            for (int i = 0; i < Block; i += Vector512<float>.Count)
            {
                Vector512<uint> x = Vector512.Narrow(Vector512.Create(_arguments, i), Vector512.Create(_arguments, i + Vector512<ulong>.Count));
                Vector512<float> values = vectors(x.AsSingle());
                (Vector512<ulong> low, Vector512<ulong> high) = Vector512.Widen(values.AsUInt32());
                low.CopyTo(_results, i);
                high.CopyTo(_results, i + Vector512<ulong>.Count);
            }
        }

        private void Compare(string form, int count, SweepResult result)
        {
            if (_expected.AsSpan(0, count).SequenceEqual(_results.AsSpan(0, count)))
                return;
            for (int i = 0; i < count; i++)
            {
                if (_expected[i] != _results[i])
                    result.Differ(form, _arguments[i], _expected[i], _results[i]);
            }
        }
    }
}
