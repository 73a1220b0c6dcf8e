using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kml.Training.Linear;

/// <summary>
/// Random Fourier features (Rahimi and Recht 2007): cos(w x + b) with w normal and b uniform. Their inner products approach the Gaussian
/// kernel exp(-|x - y|^2 / (2 bandwidth^2)) of standardised inputs. Angles are held in turns, so that reducing one to
/// a turn is exact: a subtraction of the nearest integer.
/// </summary>
internal sealed class FourierMap
{
    /// <summary>Features that are computed together: what is loaded of a row serves them all.</summary>
    internal const int Group = 4;

    private readonly float[] _means;
    private readonly float[] _frequencies;
    private readonly float[] _phases;

    /// <summary>Draws a map.</summary>
    /// <param name="columns">The inputs' means and deviations.</param>
    /// <param name="features">How many features.</param>
    /// <param name="bandwidth">The kernel's width, in deviations of the inputs.</param>
    /// <param name="random">The source.</param>
    internal FourierMap(StandardColumns columns, int features, double bandwidth, Randomness random)
    {
        _means = [.. columns.Means.Select(mean => (float)mean)];
        Features = features;
        int padded = ArraySize.Sum("The features of the map", features, Group - 1) / Group * Group;
        _frequencies = new float[ArraySize.Of("The frequencies", padded, Inputs)];
        _phases = new float[padded];
        for (int j = 0; j < features; j++)
        {
            for (int f = 0; f < Inputs; f++)
                _frequencies[(j * Inputs) + f] = (float)(Normal(random) * columns.Scales[f] / (bandwidth * Math.Tau));
            _phases[j] = random.Symmetric() * 0.5f;
        }
    }

    /// <summary>Numbers that it takes.</summary>
    internal int Inputs => _means.Length;

    /// <summary>Numbers that it gives.</summary>
    internal int Features { get; }

    /// <summary>Bytes of what it holds, padding not counted.</summary>
    internal long SizeBytes => sizeof(float) * ((long)Inputs + (Features * (Inputs + 1L)));

    /// <summary>Computes features of sixteen rows.</summary>
    /// <param name="inputs">[input][row].</param>
    /// <param name="rows">Rows of <paramref name="inputs"/>.</param>
    /// <param name="row">The first of the sixteen; 0 is taken for rows behind the last.</param>
    /// <param name="first">The first feature, a multiple of <see cref="Group"/>.</param>
    /// <param name="cosines">Receives features, whole groups of them.</param>
    internal void Compute(ReadOnlySpan<float> inputs, int rows, int row, int first, Span<Vector512<float>> cosines)
    {
        for (int j = 0; j < cosines.Length; j += Group)
        {
            ReadOnlySpan<float> phases = _phases.AsSpan(first + j, Group);
            ReadOnlySpan<float> f0 = _frequencies.AsSpan((first + j) * Inputs, Inputs);
            ReadOnlySpan<float> f1 = _frequencies.AsSpan((first + j + 1) * Inputs, Inputs);
            ReadOnlySpan<float> f2 = _frequencies.AsSpan((first + j + 2) * Inputs, Inputs);
            ReadOnlySpan<float> f3 = _frequencies.AsSpan((first + j + 3) * Inputs, Inputs);
            Vector512<float> t0 = Vector512.Create(phases[0]), t1 = Vector512.Create(phases[1]),
                t2 = Vector512.Create(phases[2]), t3 = Vector512.Create(phases[3]);
            for (int f = 0; f < f0.Length; f++)
            {
                Vector512<float> x = RowBlock.Load(inputs.Slice(f * rows, rows), row) - Vector512.Create(_means[f]);
                t0 = Vector512.FusedMultiplyAdd(x, Vector512.Create(f0[f]), t0);
                t1 = Vector512.FusedMultiplyAdd(x, Vector512.Create(f1[f]), t1);
                t2 = Vector512.FusedMultiplyAdd(x, Vector512.Create(f2[f]), t2);
                t3 = Vector512.FusedMultiplyAdd(x, Vector512.Create(f3[f]), t3);
            }

            cosines[j] = Cosine(t0);
            cosines[j + 1] = Cosine(t1);
            cosines[j + 2] = Cosine(t2);
            cosines[j + 3] = Cosine(t3);
        }
    }

    /// <summary>The cosine of angles in turns, to 2e-7: sin of what is missing to a quarter turn, by its series to the 13th power.</summary>
    /// <param name="turns">Angles.</param>
    /// <returns>The cosines.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Cosine(Vector512<float> turns)
    {
        Vector512<float> u = Vector512.Create(0.25f) - Vector512.Abs(turns - Vector512.Round(turns));
        Vector512<float> z = u * u;
        Vector512<float> p = Vector512.Create(3.81995258f);
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-15.0946426f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(42.0586939f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-76.7058597f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(81.6052493f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-41.3417022f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(6.28318531f));
        return p * u;
    }

    /// <summary>A normal number (Marsaglia's polar method), with the logarithm that has the same bits everywhere.</summary>
    private static double Normal(Randomness random)
    {
        while (true)
        {
            float u = random.Symmetric(), v = random.Symmetric(), s = (u * u) + (v * v);
            if (s > 0 && s < 1)
                return u * Math.Sqrt(-2.0 * KmlMath.Log(s) / s);
        }
    }
}
