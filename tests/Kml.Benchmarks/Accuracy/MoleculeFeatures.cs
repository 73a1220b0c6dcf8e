using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.Training;

namespace Kml.Benchmarks;

/// <summary>
/// Eigenvalues of a molecule's Coulomb matrix (Rupp and others 2012), largest magnitude first, and how many atoms of each element it has:
/// the same however it is turned or its atoms are numbered, and quickly computed. No match for features made for molecules; a ridge of real size.
/// </summary>
internal static class MoleculeFeatures
{
    private const int MostAtoms = 23;
    private const double BohrInAngstrom = 0.529177;
    private const double KcalPerMoleInEv = 0.0433641;

    private static readonly Dictionary<string, int> Elements = new() { ["H"] = 1, ["C"] = 6, ["N"] = 7, ["O"] = 8, ["S"] = 16 };

    /// <summary>Reads molecules in the extended XYZ format.</summary>
    /// <param name="lines">The file.</param>
    /// <returns>Samples; the label is the energy in eV.</returns>
    internal static Samples Of(IEnumerable<string> lines)
    {
        List<float[]> rows = [];
        List<float> energies = [];
        using IEnumerator<string> line = lines.GetEnumerator();
        while (line.MoveNext())
        {
            int atoms = int.Parse(line.Current, CultureInfo.InvariantCulture);
            string header = Next(line);
            string energy = header[(header.IndexOf("energy=", StringComparison.Ordinal) + "energy=".Length)..].Split(' ')[0];
            energies.Add((float)(double.Parse(energy, CultureInfo.InvariantCulture) * KcalPerMoleInEv));
            rows.Add(Features([.. Enumerable.Range(0, atoms).Select(_ => Next(line).Split(' ', StringSplitOptions.RemoveEmptyEntries))]));
        }

        int width = MostAtoms + Elements.Count;
        return new Samples(
            [.. Enumerable.Range(0, MostAtoms).Select(i => FormattableString.Invariant($"eigenvalue {i}")), .. Elements.Keys],
            [.. Enumerable.Range(0, width).SelectMany(f => rows.Select(row => row[f]))],
            [.. energies],
            classes: 0);
    }

    private static string Next(IEnumerator<string> line) =>
        line.MoveNext() ? line.Current : throw new FormatException("The file of molecules ends within one.");

    private static float[] Features(string[][] atoms)
    {
        int n = atoms.Length;
        int[] charges = [.. atoms.Select(cells => Elements[cells[0]])];
        double[][] at =
            [.. atoms.Select(cells => (double[])[.. cells[1..4].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture) / BohrInAngstrom)])];
        double[,] matrix = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                matrix[i, j] = i == j
                    ? 0.5 * Math.Pow(charges[i], 2.4)
                    : charges[i] * charges[j] / Math.Sqrt(at[i].Zip(at[j], (a, b) => (a - b) * (a - b)).Sum());
            }
        }

        float[] features = new float[MostAtoms + Elements.Count];
        double[] values = [.. Eigenvalues(matrix).OrderByDescending(Math.Abs)];
        for (int i = 0; i < n; i++)
            features[i] = (float)values[i];
        int element = MostAtoms;
        foreach (int charge in Elements.Values)
            features[element++] = charges.Count(z => z == charge);
        return features;
    }

    /// <summary>Jacobi's rotations, until nothing is left beside the diagonal.</summary>
    private static double[] Eigenvalues(double[,] a)
    {
        int n = a.GetLength(0);
        for (int sweep = 0; sweep < 30; sweep++)
        {
            double beside = 0;
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    beside += a[p, q] * a[p, q];
                    if (a[p, q] != 0)
                        Rotate(a, n, p, q);
                }
            }

            if (beside < 1e-18)
                break;
        }

        return [.. Enumerable.Range(0, n).Select(i => a[i, i])];
    }

    private static void Rotate(double[,] a, int n, int p, int q)
    {
        double theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        double t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1)), c = 1 / Math.Sqrt((t * t) + 1), s = t * c;
        for (int k = 0; k < n; k++)
            (a[k, p], a[k, q]) = ((c * a[k, p]) - (s * a[k, q]), (s * a[k, p]) + (c * a[k, q]));
        for (int k = 0; k < n; k++)
            (a[p, k], a[q, k]) = ((c * a[p, k]) - (s * a[q, k]), (s * a[p, k]) + (c * a[q, k]));
    }
}
