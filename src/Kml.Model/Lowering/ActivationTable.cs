using System;
using System.Collections.Generic;

namespace Kml.Model.Lowering;

/// <summary>
/// A table by which the integer twin computes sigmoid or tanh: 512 steps over the whole range of a 16-bit input, Q0.15 out,
/// linear in between. Computed with additions, multiplications and divisions of doubles alone, so that every machine gets the same.
/// </summary>
public sealed class ActivationTable
{
    /// <summary>Steps of a table; it has one entry more.</summary>
    public const int Steps = 512;

    private static readonly ActivationTable Sigmoid = new(i => 1.0 / (1.0 + Exp(-(i - 256) / 16.0)));
    private static readonly ActivationTable Tanh = new(i => (2.0 / (1.0 + Exp(-(i - 256) / 16.0))) - 1.0);

    private readonly short[] _entries = new short[Steps + 1];

    private ActivationTable(Func<int, double> value)
    {
        for (int i = 0; i <= Steps; i++)
        {
            double scaled = value(i) * 32768.0;
            int rounded = (int)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
            _entries[i] = (short)Math.Min(rounded, short.MaxValue);
        }
    }

    /// <summary>The entries: i is the value at input (i - 256) * 128 of Q4.11 (sigmoid) or Q3.12 (tanh).</summary>
    public IReadOnlyList<short> Entries => _entries;

    /// <summary>The table of an activation.</summary>
    /// <param name="activation">Sigmoid or Tanh.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">The activation needs no table.</exception>
    public static ActivationTable Of(LayerActivation activation) => activation switch
    {
        LayerActivation.Sigmoid => Sigmoid,
        LayerActivation.Tanh => Tanh,
        _ => throw new ArgumentException($"{activation} needs no table.", nameof(activation)),
    };

    /// <summary>The value at an input, linear between entries: <c>kml_lookup()</c> of <c>kml_int.h</c>.</summary>
    /// <param name="input">The input, of 16 bits.</param>
    /// <returns>The value, Q0.15.</returns>
    public int Lookup(int input)
    {
        int position = input - short.MinValue, step = position >> 7;
        return (short)(_entries[step] + ((((_entries[step + 1] - _entries[step]) * (position & 127)) + 64) >> 7));
    }

    /// <summary>e^x for |x| at most 16, as the 2^10th power of a short series.</summary>
    private static double Exp(double x)
    {
        double r = x / 1024.0;
        double e = 1.0 + (r * (1.0 + (r / 2.0 * (1.0 + (r / 3.0 * (1.0 + (r / 4.0 * (1.0 + (r / 5.0)))))))));
        for (int i = 0; i < 10; i++)
            e *= e;
        return e;
    }
}
