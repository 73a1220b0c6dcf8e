using System;
using System.Collections.Generic;
using System.Globalization;

namespace Kml.KmodGen;

/// <summary>The names within one C function, each used once.</summary>
internal sealed class LocalNames
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal) { "fault" };
    private readonly Dictionary<string, string> _ofUser = new(StringComparer.Ordinal);

    /// <summary>Gives a name of the user's its name in C.</summary>
    /// <param name="name">The name in C#.</param>
    /// <returns>The name in C.</returns>
    public string Add(string name) => _ofUser[name] = Fresh(ModuleNames.Snake(name));

    /// <summary>The C name of a name that was added.</summary>
    /// <param name="name">The name in C#.</param>
    /// <returns>The name in C.</returns>
    public string this[string name] => _ofUser[name];

    /// <summary>Makes a name that is used nowhere else in the function.</summary>
    /// <param name="stem">What it should be called.</param>
    /// <returns>The stem, with a number behind it if it is taken.</returns>
    public string Fresh(string stem)
    {
        string name = stem;
        for (int i = 2; !_used.Add(name); i++)
            name = stem + i.ToString(CultureInfo.InvariantCulture);
        return name;
    }
}
