using System;

namespace Kml.Training.Optimisation;

/// <summary>
/// Powers of a number by rising exponents: a product of two, one of them taken anew every 64. A function of the exponent alone, so that a resumed training
/// has the same.
/// </summary>
internal sealed class PowerTable
{
    private const int Length = 64;

    private readonly double _number;
    private readonly double[] _small = new double[Length];
    private long _block = -1;
    private double _large;

    /// <summary>Makes the first powers.</summary>
    /// <param name="number">The number.</param>
    internal PowerTable(double number)
    {
        _number = number;
        for (int i = 0; i < Length; i++)
            _small[i] = Math.Pow(number, i);
    }

    /// <summary>A power.</summary>
    /// <param name="exponent">Not negative.</param>
    /// <returns>The number to that power.</returns>
    internal double Of(long exponent)
    {
        if (exponent / Length != _block)
        {
            _block = exponent / Length;
            _large = Math.Pow(_number, _block * Length);
        }

        return _large * _small[exponent % Length];
    }
}
