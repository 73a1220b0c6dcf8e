using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace Kml.Model.Weights;

/// <summary>
/// The digest that a file carries of itself: SHA-256 over all of its bytes, header and padding included, with the digest's own digits as zeros.
/// Of what the file holds, nothing is outside it; so a damaged byte is found wherever it lies, also where any value would do.
/// </summary>
internal static class FileDigest
{
    internal const string Key = "kml.digest";

    private const int Digits = 64;

    /// <summary>The metadata's entry before the digest is known.</summary>
    internal static KeyValuePair<string, string> Blank { get; } = new(Key, new string('0', Digits));

    /// <summary>Where the digits of a digest begin.</summary>
    /// <param name="value">The metadata's value.</param>
    /// <param name="end">The place after its closing quotation mark.</param>
    /// <returns>Bytes from the beginning of the file.</returns>
    /// <exception cref="WeightsFormatException">It is no digest.</exception>
    internal static int Offset(string value, int end)
    {
        foreach (char c in value)
        {
            if (c is not ((>= '0' and <= '9') or (>= 'a' and <= 'f')))
                throw new WeightsFormatException($"metadata '{Key}' is no SHA-256 of {Digits} lower-case hexadecimal digits");
        }

        return value.Length == Digits
            ? end - 1 - Digits
            : throw new WeightsFormatException($"metadata '{Key}' has {value.Length} digits, not {Digits}");
    }

    /// <summary>Writes the digest of a file into its header.</summary>
    /// <param name="header">The file up to its data.</param>
    /// <param name="offset">Where the digits belong.</param>
    /// <param name="tensors">The data, in the order of the file.</param>
    internal static void Seal(byte[] header, int offset, IEnumerable<WeightsTensor> tensors) =>
        Encoding.ASCII.GetBytes(Of(header, offset, tensors)).CopyTo(header, offset);

    /// <summary>Checks that a file is what its digest was taken of.</summary>
    /// <param name="header">The file up to its data.</param>
    /// <param name="offset">Where the digits are.</param>
    /// <param name="tensors">The data, in the order of the file.</param>
    /// <exception cref="WeightsFormatException">It is not.</exception>
    internal static void Verify(byte[] header, int offset, IEnumerable<WeightsTensor> tensors)
    {
        string stated = Encoding.ASCII.GetString(header, offset, Digits);
        string actual = Of(header, offset, tensors);
        if (actual != stated)
            throw new WeightsFormatException($"its SHA-256 is {actual}, not {stated} as it says: it was damaged, or changed after it was written");
    }

    private static string Of(byte[] header, int offset, IEnumerable<WeightsTensor> tensors)
    {
        byte[] blank = (byte[])header.Clone();
        Encoding.ASCII.GetBytes(Blank.Value).CopyTo(blank, offset);
        using SHA256 sha = SHA256.Create();
        using (CryptoStream hashed = new(Stream.Null, sha, CryptoStreamMode.Write))
        {
            hashed.Write(blank, 0, blank.Length);
            foreach (WeightsTensor tensor in tensors)
                tensor.WriteTo(hashed);
        }

        StringBuilder text = new(Digits);
        foreach (byte b in sha.Hash)
            text.Append(b.ToString("x2", CultureInfo.InvariantCulture));
        return text.ToString();
    }
}
