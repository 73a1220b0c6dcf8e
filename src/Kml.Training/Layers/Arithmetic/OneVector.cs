using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Layers;

/// <summary>One vector.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal struct OneVector<T> : IStrip<OneVector<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Vector512<T> _a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector<T> Load(ref T at, nint step) => new()
    {
        _a = Vector512.LoadUnsafe(ref at),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector<T> Fill(Vector512<T> value) => new()
    {
        _a = value,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector512<T> factor, OneVector<T> x)
    {
        _a = VectorMath.MultiplyAdd(factor, x._a, _a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(OneVector<T> strip, ref T to, nint step)
    {
        strip._a.StoreUnsafe(ref to);
    }
}
