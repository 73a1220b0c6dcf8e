using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CsvHelper;

namespace Kml.Training;

/// <summary>Rows of a CSV file as they are read.</summary>
internal sealed class CsvRows
{
    private readonly string _file;
    private readonly string[] _header;
    private readonly CsvColumns _columns;
    private readonly int[] _features;
    private readonly int _label;
    private readonly int _weight;
    private readonly int _time;
    private readonly int _group;
    private readonly List<float>[] _values;
    private readonly (string First, string? Other)[] _rounded;
    private readonly List<float> _labels = [];
    private readonly List<float> _weights = [];
    private readonly List<ulong> _times = [];
    private readonly List<int> _groups = [];

    internal CsvRows(string file, string[] header, CsvColumns columns)
    {
        _file = file;
        _header = header;
        _columns = columns;
        RequireUnique(file, header);
        _label = Require(columns.Label, "labels");
        _weight = Find(columns.Weight, CsvColumns.WeightByCustom, "weights");
        _time = Find(columns.Time, CsvColumns.TimeByCustom, "times");
        _group = Find(columns.Group, CsvColumns.GroupByCustom, "groups");
        int[] taken = [_label, _weight, _time, _group, .. columns.Ignored.Select(c => Require(c, "ignored cells"))];
        _features = columns.Features is { } names
            ? [.. names.Select(n => Require(n, "a feature"))]
            : [.. Enumerable.Range(0, header.Length).Except(taken)];
        _values = [.. _features.Select(_ => new List<float>())];
        _rounded = new (string, string?)[_features.Length];
    }

    internal static void RequireUnique(string file, IEnumerable<string> header)
    {
        string? twice = header.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice is not null)
            throw new TrainingException($"{file}:1:1: two columns have the name '{twice}'. Rename one.");
    }

    internal void Add(CsvParser parser)
    {
        if (parser.Count != _header.Length)
        {
            throw new TrainingException($"{_file}:{parser.RawRow}:{Math.Min(parser.Count, _header.Length) + 1}: "
                + $"the line has {parser.Count} fields, and the first line names {_header.Length}. Fill in what is missing, or leave the line out.");
        }

        for (int f = 0; f < _features.Length; f++)
        {
            _values[f].Add(Number(parser, _features[f]));
            NoteRounding(f, parser[_features[f]]);
        }

        _labels.Add(Label(parser));
        if (_weight >= 0)
            _weights.Add(Number(parser, _weight) is >= 0 and float weight ? weight : throw Wrong(parser, _weight, "a weight, 0 or more"));
        if (_time >= 0)
        {
            _times.Add(ulong.TryParse(parser[_time], NumberStyles.None, CultureInfo.InvariantCulture, out ulong time)
                ? time
                : throw Wrong(parser, _time, "a time, a whole number from 0"));
        }

        if (_group >= 0)
        {
            _groups.Add(int.TryParse(parser[_group], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int group)
                ? group
                : throw Wrong(parser, _group, "a group, a whole number"));
        }
    }

    /// <summary>The rows.</summary>
    /// <returns>The samples.</returns>
    /// <exception cref="TrainingException">A column's numbers differ, and as floats they are one: the message names it.</exception>
    internal Samples ToSamples()
    {
        for (int f = 0; f < _features.Length; f++)
        {
            if (_rounded[f].Other is { } other && _values[f].TrueForAll(value => value == _values[f][0]))
            {
                throw new TrainingException($"{_file}: column '{_header[_features[f]]}' holds numbers such as {_rounded[f].First} and {other}, "
                    + "which are one to a float32. Subtract from the column what its numbers have in common, "
                    + $"or name it in {nameof(CsvColumns)}.{nameof(CsvColumns.Ignored)}.");
            }
        }

        return Collected();
    }

    /// <summary>Keeps the first number of a column, and one that differs from it in digits alone that a float loses.</summary>
    private void NoteRounding(int f, string text)
    {
        (string first, string? other) = _rounded[f];
        if (first is null)
            _rounded[f] = (text, null);
        else if (other is null && _values[f][^1] == _values[f][0] && text != first && Value(text) != Value(first))
            _rounded[f] = (first, text);

        static double Value(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private Samples Collected()
    {
        float[] features = new float[ArraySize.Of("The features of the rows", _features.Length, _labels.Count)];
        for (int f = 0; f < _values.Length; f++)
            _values[f].CopyTo(features, f * _labels.Count);
        return new(
            [.. _features.Select(f => _header[f])],
            features,
            [.. _labels],
            _columns.ClassCount,
            _weight >= 0 ? [.. _weights] : null,
            _time >= 0 ? [.. _times] : null,
            _group >= 0 ? [.. _groups] : null);
    }

    private float Number(CsvParser parser, int field)
    {
        if (!float.TryParse(parser[field], NumberStyles.Float, CultureInfo.InvariantCulture, out float value))
            throw Wrong(parser, field, "a number (with a point, not a comma)");
        return float.IsFinite(value) ? value : throw Wrong(parser, field, "a finite number within the range of a float");
    }

    private float Label(CsvParser parser)
    {
        if (_columns.ClassNames is { } names)
        {
            int named = names.ToList().IndexOf(parser[_label]);
            return named >= 0 ? named : throw Wrong(parser, _label, $"one of the classes {string.Join(", ", names)}");
        }

        if (_columns.Classes == 0)
            return Number(parser, _label);
        return int.TryParse(parser[_label], NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < _columns.Classes
            ? index
            : throw Wrong(parser, _label, string.Create(CultureInfo.InvariantCulture, $"a class, a whole number from 0 to {_columns.Classes - 1}"));
    }

    private TrainingException Wrong(CsvParser parser, int field, string due) =>
        new($"{_file}:{parser.RawRow}:{field + 1}: '{parser[field]}' in column '{_header[field]}' is not {due}. Mend the cell, or leave the line out.");

    private int Find(string column, string custom, string role) =>
        column == custom ? Array.IndexOf(_header, column) : Require(column, role);

    private int Require(string column, string role)
    {
        int at = Array.IndexOf(_header, column);
        return at >= 0
            ? at
            : throw new TrainingException($"{_file}:1:1: there is no column '{column}' for {role}; there are {string.Join(", ", _header)}. "
                + $"Name it in {nameof(CsvColumns)}, or in the file.");
    }
}
