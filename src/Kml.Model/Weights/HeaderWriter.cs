using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Kml.Model.Weights;

/// <summary>Writes the JSON header of a safetensors file: one spelling for one content.</summary>
internal static class HeaderWriter
{
    /// <summary>Writes a header.</summary>
    /// <param name="metadata">The metadata, in order.</param>
    /// <param name="tensors">The tensors, in the order of their data.</param>
    /// <param name="least">Bytes that it takes at least.</param>
    /// <returns>The header's UTF-8 bytes, padded with spaces so that the data after it (and after 8 bytes of length) is aligned to 8.</returns>
    internal static byte[] Write(IEnumerable<KeyValuePair<string, string>> metadata, IEnumerable<TensorEntry> tensors, int least)
    {
        StringBuilder json = new("{");
        Quote(json, TensorFileHeader.MetadataKey);
        json.Append(":{");
        string comma = "";
        foreach (KeyValuePair<string, string> entry in metadata)
        {
            json.Append(comma);
            Quote(json, entry.Key);
            json.Append(':');
            Quote(json, entry.Value);
            comma = ",";
        }

        json.Append('}');
        foreach (TensorEntry tensor in tensors)
        {
            json.Append(',');
            Quote(json, tensor.Name);
            json.Append(":{\"dtype\":\"").Append(tensor.Type).Append("\",\"shape\":[").Append(string.Join(",", tensor.Shape));
            json.Append("],\"data_offsets\":[").Append(tensor.Begin).Append(',').Append(tensor.End).Append("]}");
        }

        json.Append('}');
        int bytes = Encoding.UTF8.GetByteCount(json.ToString());
        json.Append(' ', Math.Max((bytes + 7) / 8 * 8, least) - bytes);
        return Encoding.UTF8.GetBytes(json.ToString());
    }

    private static void Quote(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (char c in text)
        {
            if (c is '"' or '\\')
                json.Append('\\').Append(c);
            else if (c < 0x20 || char.IsSurrogate(c))
                json.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else
                json.Append(c);
        }

        json.Append('"');
    }
}
