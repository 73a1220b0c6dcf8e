using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Layers;

/// <summary>Four vectors side by side.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal struct FourVectors<T> : IStrip<FourVectors<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Vector512<T> _a, _b, _c, _d;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors<T> Load(ref T at, nint step) => new()
    {
        _a = Vector512.LoadUnsafe(ref at),
        _b = Vector512.LoadUnsafe(ref Unsafe.Add(ref at, step)),
        _c = Vector512.LoadUnsafe(ref Unsafe.Add(ref at, 2 * step)),
        _d = Vector512.LoadUnsafe(ref Unsafe.Add(ref at, 3 * step)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors<T> Fill(Vector512<T> value) => new()
    {
        _a = value,
        _b = value,
        _c = value,
        _d = value,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector512<T> factor, FourVectors<T> x)
    {
        _a = VectorMath.MultiplyAdd(factor, x._a, _a);
        _b = VectorMath.MultiplyAdd(factor, x._b, _b);
        _c = VectorMath.MultiplyAdd(factor, x._c, _c);
        _d = VectorMath.MultiplyAdd(factor, x._d, _d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(FourVectors<T> strip, ref T to, nint step)
    {
        strip._a.StoreUnsafe(ref to);
        strip._b.StoreUnsafe(ref Unsafe.Add(ref to, step));
        strip._c.StoreUnsafe(ref Unsafe.Add(ref to, 2 * step));
        strip._d.StoreUnsafe(ref Unsafe.Add(ref to, 3 * step));
    }
}
