using System;
using System.Collections.Generic;

namespace Kml.Model.Lowering;

/// <summary>
/// The tables by which the integer twin computes sigmoid and tanh: 512 steps over the whole range of a 16-bit input, Q0.15 out,
/// linear in between. Computed with additions, multiplications and divisions of doubles alone, so that every machine gets the same.
/// </summary>
public static class ActivationTable
{
    /// <summary>Steps of a table; it has one entry more.</summary>
    public const int Steps = 512;

    private static readonly short[] SigmoidTable = Make(i => 1.0 / (1.0 + Exp(-(i - 256) / 16.0)));
    private static readonly short[] TanhTable = Make(i => (2.0 / (1.0 + Exp(-(i - 256) / 16.0))) - 1.0);

    /// <summary>The table of an activation: entry i is its value at input (i - 256) * 128 of Q4.11 (sigmoid) or Q3.12 (tanh).</summary>
    /// <param name="activation">Sigmoid or Tanh.</param>
    /// <returns>513 entries.</returns>
    /// <exception cref="ArgumentException">The activation needs no table.</exception>
    public static IReadOnlyList<short> Of(LayerActivation activation) => activation switch
    {
        LayerActivation.Sigmoid => SigmoidTable,
        LayerActivation.Tanh => TanhTable,
        _ => throw new ArgumentException($"{activation} needs no table.", nameof(activation)),
    };

    private static short[] Make(Func<int, double> value)
    {
        short[] table = new short[Steps + 1];
        for (int i = 0; i <= Steps; i++)
        {
            double scaled = value(i) * 32768.0;
            int rounded = (int)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
            table[i] = (short)Math.Min(rounded, short.MaxValue);
        }

        return table;
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
