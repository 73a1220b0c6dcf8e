using System;
using System.Collections.Generic;
using System.Text;

namespace Kml.Model.Weights;

/// <summary>
/// Reads the JSON header of a safetensors file: only what such a header may hold, and nothing leniently. A JSON library is not at hand
/// here: this assembly loads inside the build, where a second version of one would be in the way.
/// </summary>
internal sealed class HeaderReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    private readonly byte[] _bytes;
    private readonly int _end;
    private int _at;

    /// <summary>Reads from a file's bytes.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="start">Where the header begins.</param>
    /// <param name="end">Where it ends.</param>
    internal HeaderReader(byte[] bytes, int start, int end)
    {
        _bytes = bytes;
        _at = start;
        _end = end;
    }

    /// <summary>The place, from the beginning of the file, of the byte after what was read last.</summary>
    internal int Position => _at;

    /// <summary>Reads an object; the callback reads the value of each key.</summary>
    /// <param name="what">What the object is, for messages.</param>
    /// <param name="value">Reads the value of the key that it is given.</param>
    internal void Object(string what, Action<string> value)
    {
        HashSet<string> keys = new(StringComparer.Ordinal);
        Expect('{', what);
        if (TryTake('}'))
            return;
        do
        {
            int place = _at;
            string key = String($"a key of {what}");
            if (!keys.Add(key))
                throw Wrong(place, $"'{key}' appears twice in {what}");
            Expect(':', what);
            value(key);
        }
        while (TryTake(','));
        Expect('}', what);
    }

    /// <summary>Reads an array of whole numbers.</summary>
    /// <param name="what">What it is, for messages.</param>
    /// <returns>The numbers, none negative.</returns>
    internal long[] Numbers(string what)
    {
        List<long> numbers = [];
        Expect('[', what);
        if (TryTake(']'))
            return [];
        do
        {
            numbers.Add(Number(what));
        }
        while (TryTake(','));
        Expect(']', what);
        return [.. numbers];
    }

    /// <summary>Reads a string.</summary>
    /// <param name="what">What it is, for messages.</param>
    /// <returns>The string.</returns>
    internal string String(string what)
    {
        Expect('"', what);
        int start = _at;
        List<byte> utf8 = [];
        while (true)
        {
            byte b = Next(what);
            if (b == '"')
                break;
            if (b < 0x20)
                throw Wrong(_at - 1, $"control character in {what}");
            if (b == '\\')
                Escape(utf8, what);
            else
                utf8.Add(b);
        }

        try
        {
            return StrictUtf8.GetString([.. utf8]);
        }
        catch (ArgumentException)
        {
            throw Wrong(start, $"{what} is no UTF-8");
        }
    }

    /// <summary>Checks that only the padding of spaces follows.</summary>
    internal void End()
    {
        SkipBlanks();
        if (_at != _end)
            throw Wrong(_at, "text after the header's object");
    }

    private long Number(string what)
    {
        SkipBlanks();
        int start = _at;
        long value = 0;
        while (_at < _end && _bytes[_at] is >= (byte)'0' and <= (byte)'9')
        {
            if (_at - start == 18)
                throw Wrong(start, $"number in {what} is too large");
            value = (value * 10) + (_bytes[_at++] - '0');
        }

        if (_at == start || (_bytes[start] == '0' && _at - start > 1))
            throw Wrong(start, $"{what} must hold whole numbers");
        return value;
    }

    private void Escape(List<byte> utf8, string what)
    {
        int place = _at - 1;
        byte b = Next(what);
        int simple = "\"\\/bfnrt".IndexOf((char)b);
        if (simple >= 0)
        {
            utf8.Add((byte)"\"\\/\b\f\n\r\t"[simple]);
            return;
        }

        if (b != 'u')
            throw Wrong(place, $"unknown escape in {what}");
        string text = CodeUnit(what).ToString();
        if (char.IsHighSurrogate(text[0]) && _at + 1 < _end && _bytes[_at] == '\\' && _bytes[_at + 1] == 'u')
        {
            _at += 2;
            text += CodeUnit(what);
        }

        try
        {
            utf8.AddRange(StrictUtf8.GetBytes(text));
        }
        catch (ArgumentException)
        {
            throw Wrong(place, $"lone surrogate in {what}");
        }
    }

    private char CodeUnit(string what)
    {
        int unit = 0;
        for (int i = 0; i < 4; i++)
        {
            int place = _at;
            int digit = Next(what) switch
            {
                byte d and >= (byte)'0' and <= (byte)'9' => d - '0',
                byte d and >= (byte)'a' and <= (byte)'f' => d - 'a' + 10,
                byte d and >= (byte)'A' and <= (byte)'F' => d - 'A' + 10,
                _ => throw Wrong(place, $"no hexadecimal digit in {what}"),
            };
            unit = (unit * 16) + digit;
        }

        return (char)unit;
    }

    private byte Next(string what) => _at < _end ? _bytes[_at++] : throw Wrong(_end, $"the header ends within {what}");

    private void Expect(char c, string what)
    {
        if (!TryTake(c))
            throw Wrong(_at, $"expected '{c}' in {what}");
    }

    private bool TryTake(char c)
    {
        SkipBlanks();
        if (_at >= _end || _bytes[_at] != c)
            return false;
        _at++;
        return true;
    }

    private void SkipBlanks()
    {
        while (_at < _end && _bytes[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            _at++;
    }

    private static WeightsFormatException Wrong(int place, string message) => new($"header, byte {place}: {message}");
}
