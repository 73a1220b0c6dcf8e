using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kml.Training.Tensors;

namespace Kml.Training.Layers;

/// <summary>The gradient of a dense layer's weights: for every input and output a sum over rows, though vectors run across rows.</summary>
/// <remarks>
/// With many outputs, a panel of slopes is transposed first, so that its vectors run across outputs and sums over rows need no sums over vectors; a panel is
/// used for all inputs. With few, dot products are taken and 16 vectors of them added up at once.
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
                Panel(
                    ref MemoryMarshal.GetReference(x),
                    ref MemoryMarshal.GetReference(dy),
                    dw,
                    dbias,
                    inputs,
                    o,
                    row,
                    Math.Min(PanelRows, rows - row),
                    rows,
                    add || row > 0);
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
                Transposition.Square(
                    ref Unsafe.Add(ref dy, row + r),
                    ref *offsets,
                    ref Unsafe.Add(ref panel, ((r * vectors) + v) * lanes),
                    vectors * lanes,
                    lanes);
            }
        }

        Biases(ref panel, count, vectors, dbias.Slice(o, used), add);
        ref T from = ref Unsafe.Add(ref x, row);
        int tile = vectors == 2 ? 4 : 8;
        for (int i = 0; i < inputs; i += tile)
        {
            int height = Math.Min(tile, inputs - i);
            if (vectors == 2)
                FourByTwo(ref Unsafe.Add(ref from, (nint)i * rows), ref panel, height, count, rows, ref dw[(i * outputs) + o], outputs, used, add);
            else
                EightByOne(ref Unsafe.Add(ref from, (nint)i * rows), ref panel, height, count, rows, ref dw[(i * outputs) + o], outputs, used, add);
        }
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

    /// <summary>Up to four inputs by two vectors of outputs; missing inputs are computed as the last one and not stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByTwo<T>(ref T x, ref T panel, int height, int count, nint rows, ref T dw, nint outputs, int used, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = Vector512<T>.Count;
        ref T x1 = ref Unsafe.Add(ref x, Math.Min(1, height - 1) * rows);
        ref T x2 = ref Unsafe.Add(ref x, Math.Min(2, height - 1) * rows);
        ref T x3 = ref Unsafe.Add(ref x, Math.Min(3, height - 1) * rows);
        Vector512<T> a0 = Vector512<T>.Zero, b0 = a0, c0 = a0, d0 = a0, a1 = a0, b1 = a0, c1 = a0, d1 = a0;
        for (nint r = 0; r < count; r++)
        {
            Vector512<T> slope0 = Vector512.LoadUnsafe(ref panel), slope1 = Vector512.LoadUnsafe(ref Unsafe.Add(ref panel, lanes));
            Vector512<T> value = Vector512.Create(Unsafe.Add(ref x, r));
            a0 = VectorMath.MultiplyAdd(value, slope0, a0);
            a1 = VectorMath.MultiplyAdd(value, slope1, a1);
            value = Vector512.Create(Unsafe.Add(ref x1, r));
            b0 = VectorMath.MultiplyAdd(value, slope0, b0);
            b1 = VectorMath.MultiplyAdd(value, slope1, b1);
            value = Vector512.Create(Unsafe.Add(ref x2, r));
            c0 = VectorMath.MultiplyAdd(value, slope0, c0);
            c1 = VectorMath.MultiplyAdd(value, slope1, c1);
            value = Vector512.Create(Unsafe.Add(ref x3, r));
            d0 = VectorMath.MultiplyAdd(value, slope0, d0);
            d1 = VectorMath.MultiplyAdd(value, slope1, d1);
            panel = ref Unsafe.Add(ref panel, 2 * lanes);
        }

        Put(a0, a1, ref dw, used, add);
        if (height > 1)
            Put(b0, b1, ref Unsafe.Add(ref dw, outputs), used, add);
        if (height > 2)
            Put(c0, c1, ref Unsafe.Add(ref dw, 2 * outputs), used, add);
        if (height > 3)
            Put(d0, d1, ref Unsafe.Add(ref dw, 3 * outputs), used, add);
    }

    /// <summary>Up to eight inputs by a vector of outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightByOne<T>(ref T x, ref T panel, int height, int count, nint rows, ref T dw, nint outputs, int used, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = Vector512<T>.Count, last = height - 1;
        ref T x1 = ref Unsafe.Add(ref x, Math.Min(1, last) * rows);
        ref T x2 = ref Unsafe.Add(ref x, Math.Min(2, last) * rows);
        ref T x3 = ref Unsafe.Add(ref x, Math.Min(3, last) * rows);
        ref T x4 = ref Unsafe.Add(ref x, Math.Min(4, last) * rows);
        ref T x5 = ref Unsafe.Add(ref x, Math.Min(5, last) * rows);
        ref T x6 = ref Unsafe.Add(ref x, Math.Min(6, last) * rows);
        ref T x7 = ref Unsafe.Add(ref x, Math.Min(7, last) * rows);
        Vector512<T> a = Vector512<T>.Zero, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        for (nint r = 0; r < count; r++)
        {
            Vector512<T> slope = Vector512.LoadUnsafe(ref panel);
            a = VectorMath.MultiplyAdd(Vector512.Create(Unsafe.Add(ref x, r)), slope, a);
            b = VectorMath.MultiplyAdd(Vector512.Create(Unsafe.Add(ref x1, r)), slope, b);
            c = VectorMath.MultiplyAdd(Vector512.Create(Unsafe.Add(ref x2, r)), slope, c);
            d = VectorMath.MultiplyAdd(Vector512.Create(Unsafe.Add(ref x3, r)), slope, d);
            e = VectorMath.MultiplyAdd(Vector512.Create(Unsafe.Add(ref x4, r)), slope, e);
            f = VectorMath.MultiplyAdd(Vector512.Create(Unsafe.Add(ref x5, r)), slope, f);
            g = VectorMath.MultiplyAdd(Vector512.Create(Unsafe.Add(ref x6, r)), slope, g);
            h = VectorMath.MultiplyAdd(Vector512.Create(Unsafe.Add(ref x7, r)), slope, h);
            panel = ref Unsafe.Add(ref panel, lanes);
        }

        Put(a, ref dw, used, add);
        if (last >= 1)
            Put(b, ref Unsafe.Add(ref dw, outputs), used, add);
        if (last >= 2)
            Put(c, ref Unsafe.Add(ref dw, 2 * outputs), used, add);
        if (last >= 3)
            Put(d, ref Unsafe.Add(ref dw, 3 * outputs), used, add);
        if (last >= 4)
            Put(e, ref Unsafe.Add(ref dw, 4 * outputs), used, add);
        if (last >= 5)
            Put(f, ref Unsafe.Add(ref dw, 5 * outputs), used, add);
        if (last >= 6)
            Put(g, ref Unsafe.Add(ref dw, 6 * outputs), used, add);
        if (last >= 7)
            Put(h, ref Unsafe.Add(ref dw, 7 * outputs), used, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<T>(Vector512<T> first, Vector512<T> second, ref T to, int used, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Put(first, ref to, used, add);
        Put(second, ref Unsafe.Add(ref to, Vector512<T>.Count), used - Vector512<T>.Count, add);
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
