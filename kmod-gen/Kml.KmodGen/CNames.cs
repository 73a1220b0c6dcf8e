using System.Globalization;
using System.Text;
using Kml.Model;

namespace Kml.KmodGen;

/// <summary>The names of an emitted model: files, symbols, structs. Every name in the output is made here.</summary>
/// <param name="model">The model's name.</param>
public sealed class CNames(string model)
{
    /// <summary>The model's name: <c>issue_time</c>.</summary>
    public string Model { get; } = model;

    /// <summary>The module's name, and the start of its symbols: <c>kml_issue_time</c>.</summary>
    public string Module { get; } = "kml_" + model;

    /// <summary>The state's struct.</summary>
    public string State => $"struct {Module}_state";

    /// <summary>A file that belongs to this model alone.</summary>
    /// <param name="part">Its part and extension: <c>main.c</c>.</param>
    /// <returns>The file's name: <c>issue_time_main.c</c>.</returns>
    public string File(string part) => $"{Model}_{part}";

    /// <summary>A function or other symbol.</summary>
    /// <param name="part">Its part: <c>features</c>.</param>
    /// <returns>The symbol: <c>kml_issue_time_features</c>.</returns>
    public string Symbol(string part) => $"{Module}_{part}";

    /// <summary>The struct of an event, the same in every module.</summary>
    /// <param name="kind">The event.</param>
    /// <returns>The struct: <c>struct kml_bio_queue</c>.</returns>
    public static string Event(EventKind kind) => "struct kml_" + kind.Info().Word;

    /// <summary>
    /// A C# name as C spells it: <c>HeadSector</c> is <c>head_sector</c>. Two may be spelt alike, and one may be a word of C or a macro: see
    /// <see cref="Bodies.Names.UserNames"/>.
    /// </summary>
    /// <param name="name">The name in C#.</param>
    /// <returns>The name in C.</returns>
    public static string Snake(string name)
    {
        StringBuilder text = new();
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            bool starts = char.IsUpper(c) && i > 0 && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (starts)
                text.Append('_');
            if (char.IsAsciiLetterOrDigit(c) || c == '_')
                text.Append(char.ToLowerInvariant(c));
            else
                text.Append('u').Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
