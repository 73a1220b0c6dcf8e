using System;
using System.Globalization;
using System.IO;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Kml.Model;

namespace Kml.Training;

/// <summary>Samples as CSV: a line of names, then a line a row. Numbers are written with a point, shortest so that they are read back to the bit.</summary>
public static class SamplesCsv
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly CsvConfiguration Written = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    /// <summary>Any line end, as it is not named.</summary>
    private static readonly CsvConfiguration AsFound = new(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim };

    /// <summary>Reads samples.</summary>
    /// <param name="path">The file, UTF-8.</param>
    /// <param name="columns">What its columns mean; null for the customary names.</param>
    /// <returns>The rows.</returns>
    /// <exception cref="TrainingException">
    /// A column is missing, or a cell does not hold what its column is for; the message says <c>file:line:field</c> and what to do.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Samples Read(string path, CsvColumns? columns = null)
    {
        using StreamReader text = new(path, Utf8);
        return Parse(text, path, columns);
    }

    /// <summary>Reads samples from what is not a file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="columns">What its columns mean; null for the customary names.</param>
    /// <returns>The rows.</returns>
    /// <exception cref="TrainingException">A column is missing, or a cell does not hold what its column is for.</exception>
    public static Samples Parse(TextReader text, string name, CsvColumns? columns = null)
    {
        using CsvParser parser = new(text, AsFound, leaveOpen: true);
        try
        {
            if (!parser.Read())
                throw new TrainingException($"{name}:1:1: the file is empty. Its first line must name the columns.");
            CsvRows rows = new(name, parser.Record!, columns ?? new CsvColumns());
            while (parser.Read())
                rows.Add(parser);
            return rows.ToSamples();
        }
        catch (BadDataException e)
        {
            throw new TrainingException($"{name}:{parser.RawRow}:1: a quote stands where none may. Put the whole cell in quotes, and double those in it.", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new TrainingException($"{name}:{parser.RawRow + 1}:1: the text is not UTF-8 from here on. Save the file as UTF-8.", e);
        }
    }

    /// <summary>Writes samples, whole or not at all, with all columns.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="path">The file.</param>
    /// <param name="columns">Names of the columns, and of the classes; null for the customary ones.</param>
    /// <exception cref="TrainingException">Two columns would have one name, or the classes are not as many as their names.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there stays.</exception>
    public static void Write(Samples samples, string path, CsvColumns? columns = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        columns ??= new CsvColumns();
        if (columns.ClassNames is { } names && names.Count != samples.Classes)
            throw new TrainingException($"There are {names.Count} names for {samples.Classes} classes. Name each class, or none.");
        string[] header = [.. samples.Names, columns.Label, columns.Weight, columns.Time, columns.Group];
        CsvRows.RequireUnique(path, header);
        WholeFile.Write(path, stream =>
        {
            using StreamWriter text = new(stream, Utf8, leaveOpen: true);
            using CsvWriter csv = new(text, Written, leaveOpen: true);
            foreach (string column in header)
                csv.WriteField(column);
            csv.NextRecord();
            for (int row = 0; row < samples.Count; row++)
                WriteRow(csv, samples, row, columns);
        });
    }

    private static void WriteRow(CsvWriter csv, Samples samples, int row, CsvColumns columns)
    {
        for (int f = 0; f < samples.Width; f++)
            csv.WriteField(Text(samples.Column(f)[row]));
        float label = samples.Labels[row];
        csv.WriteField(columns.ClassNames is { } names ? names[(int)label] : Text(label));
        csv.WriteField(Text(samples.Weights[row]));
        csv.WriteField(samples.Times[row].ToString(CultureInfo.InvariantCulture));
        csv.WriteField(samples.Groups[row].ToString(CultureInfo.InvariantCulture));
        csv.NextRecord();
    }

    private static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);
}
