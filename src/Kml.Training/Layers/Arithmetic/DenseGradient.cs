using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kml.Training.Tensors;

namespace Kml.Training.Layers;

/// <summary>The gradient of a dense layer's weights: for every input and output a sum over rows, though vectors run across rows.</summary>
/// <remarks>
/// With many outputs, a panel of slopes is transposed first, so that its vectors run across outputs and sums over rows need no sums over vectors; a panel
/// is used for all
/// inputs. With few, dot products are taken and 16 vectors of them added up at once.
/// </remarks>
internal static class DenseGradient
{
    /// <summary>Rows of a panel: with two vectors of outputs 16 KB, which leaves room for the inputs in the nearest cache.</summary>
    private const int PanelRows = 128;

    /// <summary>Sets or adds to <paramref name="dw"/> and <paramref name="dbias"/>; lengths are the caller's to check.</summary>
    internal static void Run<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dw, Span<T> dbias, int inputs, int outputs, int rows, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (outputs <= Vector512<T>.Count / 2)
        {
            Dots(ref MemoryMarshal.GetReference(x), ref MemoryMarshal.GetReference(dy), dw, dbias, outputs, rows, add);
            return;
        }

        for (int row = 0; row < rows; row += PanelRows)
        {
            for (int o = 0; o < outputs; o += 2 * Vector512<T>.Count)
            {
                int count = Math.Min(PanelRows, rows - row);
                Panel(ref MemoryMarshal.GetReference(x), ref MemoryMarshal.GetReference(dy), dw, dbias, inputs, o, row, count, rows, add || row > 0);
            }
        }
    }

    /// <summary>A panel of slopes: one or two vectors of outputs from <paramref name="o"/> on, rows from <paramref name="row"/> on.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Panel<T>(ref T x, ref T dy, Span<T> dw, Span<T> dbias, int inputs, int o, int row, int count, int rows, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = Vector512<T>.Count, outputs = dbias.Length, used = Math.Min(2 * lanes, outputs - o), vectors = used > lanes ? 2 : 1;
        byte* memory = stackalloc byte[(2 * Vector512<byte>.Count * PanelRows) + TensorPool.Alignment];
        ref T panel = ref Unsafe.AsRef<T>((void*)(((nuint)memory + TensorPool.Alignment - 1) & ~(nuint)(TensorPool.Alignment - 1)));
        nint* offsets = stackalloc nint[lanes];
        for (int v = 0; v < vectors; v++)
        {
            // Where there is no output, the last one stands in: its sums are not stored.
            for (int k = 0; k < lanes; k++)
                offsets[k] = (nint)Math.Min(o + (v * lanes) + k, outputs - 1) * rows;
            for (int r = 0; r < count; r += lanes)
            {
                ref T to = ref Unsafe.Add(ref panel, ((r * vectors) + v) * lanes);
                Transposition.Square(ref Unsafe.Add(ref dy, row + r), ref *offsets, ref to, vectors * lanes, lanes);
            }
        }

        Biases(ref panel, count, vectors, dbias.Slice(o, used), add);
        ref T from = ref Unsafe.Add(ref x, row);
        if (vectors == 2)
            Weights<T, TwoVectors<T>>(ref from, ref panel, inputs, vectors, count, rows, ref dw[o], outputs, used, add);
        else
            Weights<T, OneVector<T>>(ref from, ref panel, inputs, vectors, count, rows, ref dw[o], outputs, used, add);
    }

    /// <summary>The sums of a panel, four rows side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Biases<T>(ref T panel, int count, int vectors, Span<T> dbias, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = Vector512<T>.Count, stride = vectors * lanes;
        for (int v = 0; v < vectors; v++)
        {
            ref T at = ref Unsafe.Add(ref panel, v * lanes);
            Vector512<T> a = Vector512<T>.Zero, b = a, c = a, d = a;
            for (int r = 0; r < count; r += 4)
            {
                a += Vector512.LoadUnsafe(ref at);
                b += Vector512.LoadUnsafe(ref Unsafe.Add(ref at, stride));
                c += Vector512.LoadUnsafe(ref Unsafe.Add(ref at, 2 * stride));
                d += Vector512.LoadUnsafe(ref Unsafe.Add(ref at, 3 * stride));
                at = ref Unsafe.Add(ref at, 4 * stride);
            }

            Put(a + b + (c + d), ref dbias[v * lanes], dbias.Length - (v * lanes), add);
        }
    }

    /// <summary>The sums of all inputs over a panel, four or eight inputs at a time. A tile that would overhang begins earlier; what is there already is
    /// not added again.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Weights<T, TStrip>(
        ref T x, ref T panel, int inputs, int vectors, int count, nint rows, ref T dw, nint outputs, int used, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TStrip : struct, IStrip<TStrip, T>
    {
        int lanes = Vector512<T>.Count, tile = vectors == 2 ? 4 : 8;
        nint pitch = vectors * lanes;
        byte* memory = stackalloc byte[(8 * Vector512<byte>.Count) + TensorPool.Alignment];
        ref T sums = ref Unsafe.AsRef<T>((void*)(((nuint)memory + TensorPool.Alignment - 1) & ~(nuint)(TensorPool.Alignment - 1)));
        for (int i = 0; i < inputs; i += tile)
        {
            int first = Math.Max(0, Math.Min(i, inputs - tile)), height = Math.Min(tile, inputs);
            ref T from = ref Unsafe.Add(ref x, first * rows);
            if (height == 8)
                ProductTile<T, FromZero<T>, TStrip>.Eight(ref from, rows, 1, ref from, 0, 0, ref panel, ref sums, count, pitch);
            else if (height == 4)
                ProductTile<T, FromZero<T>, TStrip>.Four(ref from, rows, 1, ref from, 0, 0, ref panel, ref sums, count, pitch);
            else
                Few<T, TStrip>(ref from, ref panel, ref sums, height, count, rows, pitch);
            for (int k = i - first; k < height; k++)
            {
                for (int v = 0; v < vectors; v++)
                {
                    Vector512<T> sum = Vector512.LoadUnsafe(ref Unsafe.Add(ref sums, (k * pitch) + (v * lanes)));
                    Put(sum, ref Unsafe.Add(ref dw, ((first + k) * outputs) + (v * lanes)), used - (v * lanes), add);
                }
            }
        }
    }

    /// <summary>Fewer inputs than a tile takes.</summary>
    private static void Few<T, TStrip>(ref T x, ref T panel, ref T sums, int height, int count, nint rows, nint pitch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TStrip : struct, IStrip<TStrip, T>
    {
        if (height >= 4)
        {
            ProductTile<T, FromZero<T>, TStrip>.Four(ref x, rows, 1, ref x, 0, 0, ref panel, ref sums, count, pitch);
            x = ref Unsafe.Add(ref x, 4 * rows);
            sums = ref Unsafe.Add(ref sums, 4 * pitch);
        }

        if ((height & 2) != 0)
        {
            ProductTile<T, FromZero<T>, TStrip>.Two(ref x, rows, 1, ref x, 0, 0, ref panel, ref sums, count, pitch);
            x = ref Unsafe.Add(ref x, 2 * rows);
            sums = ref Unsafe.Add(ref sums, 2 * pitch);
        }

        if ((height & 1) != 0)
            ProductTile<T, FromZero<T>, TStrip>.One(ref x, 1, ref x, 0, ref panel, ref sums, count, pitch);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<T>(Vector512<T> values, ref T to, int used, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (used < Vector512<T>.Count)
            PutSome(values, ref to, used, add);
        else if (add)
            (values + Vector512.LoadUnsafe(ref to)).StoreUnsafe(ref to);
        else
            values.StoreUnsafe(ref to);
    }

    private static void PutSome<T>(Vector512<T> values, ref T to, int used, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int k = 0; k < used; k++)
            Unsafe.Add(ref to, k) = add ? values[k] + Unsafe.Add(ref to, k) : values[k];
    }

    /// <summary>Sixteen (or eight) neighbouring weights at once, whatever inputs and outputs they belong to.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Dots<T>(ref T x, ref T dy, Span<T> dw, Span<T> dbias, int outputs, int rows, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = Vector512<T>.Count, input = 0, output = 0;
        byte* memory = stackalloc byte[(Vector512<byte>.Count * lanes) + TensorPool.Alignment];
        ref T sums = ref Unsafe.AsRef<T>((void*)(((nuint)memory + TensorPool.Alignment - 1) & ~(nuint)(TensorPool.Alignment - 1)));
        for (int at = 0; at < dw.Length; at += lanes)
        {
            int used = Math.Min(lanes, dw.Length - at);
            for (int k = 0; k < used; k++)
            {
                ref T value = ref Unsafe.Add(ref x, (nint)input * rows);
                ref T slope = ref Unsafe.Add(ref dy, (nint)output * rows);
                Vector512<T> sum = Vector512.LoadUnsafe(ref value) * Vector512.LoadUnsafe(ref slope);
                for (nint r = lanes; r < rows; r += lanes)
                    sum = VectorMath.MultiplyAdd(Vector512.LoadUnsafe(ref Unsafe.Add(ref value, r)), Vector512.LoadUnsafe(ref Unsafe.Add(ref slope, r)), sum);
                sum.StoreUnsafe(ref Unsafe.Add(ref sums, k * lanes));
                if (++output == outputs)
                    (input, output) = (input + 1, 0);
            }

            for (int k = used; k < lanes; k++)
                Vector512<T>.Zero.StoreUnsafe(ref Unsafe.Add(ref sums, k * lanes));
            Put(RowVector.Sums(ref sums), ref dw[at], used, add);
        }

        for (int o = 0; o < outputs; o++)
        {
            Vector512<T> sum = Vector512<T>.Zero;
            for (int r = 0; r < rows; r += lanes)
                sum += Vector512.LoadUnsafe(ref Unsafe.Add(ref dy, ((nint)o * rows) + r));
            dbias[o] = RowVector.Sum(sum) + (add ? dbias[o] : T.Zero);
        }
    }
}
