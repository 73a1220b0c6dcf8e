using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Layers;

/// <summary>Two vectors side by side.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal struct TwoVectors<T> : IStrip<TwoVectors<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Vector512<T> _a, _b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<T> Load(ref T at, nint step) => new()
    {
        _a = Vector512.LoadUnsafe(ref at),
        _b = Vector512.LoadUnsafe(ref Unsafe.Add(ref at, step)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<T> Fill(Vector512<T> value) => new()
    {
        _a = value,
        _b = value,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector512<T> factor, TwoVectors<T> x)
    {
        _a = VectorMath.MultiplyAdd(factor, x._a, _a);
        _b = VectorMath.MultiplyAdd(factor, x._b, _b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(TwoVectors<T> strip, ref T to, nint step)
    {
        strip._a.StoreUnsafe(ref to);
        strip._b.StoreUnsafe(ref Unsafe.Add(ref to, step));
    }
}
