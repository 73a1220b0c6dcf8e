using System;
using System.Collections.Generic;
using System.Globalization;

namespace Kml.KmodGen.Bodies.Names;

/// <summary>
/// Names of the user's in one C scope. Each begins with <c>m_</c>, and no name of ours, macro of the kernel's or word of C does; and each is given out
/// once, so that two C# names never become one C name.
/// </summary>
internal sealed class UserNames
{
    /// <summary>How every name of the user's begins.</summary>
    public const string Prefix = "m_";

    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byName = new(StringComparer.Ordinal);

    /// <summary>The C name of a name that was added.</summary>
    /// <param name="name">The name in C#.</param>
    /// <returns>The name in C.</returns>
    public string this[string name] => _byName[name];

    /// <summary>Gives a name of the user's its name in C: that of <c>HeadSector</c> is <c>m_head_sector</c>.</summary>
    /// <param name="name">The name in C#, added once.</param>
    /// <returns>The name in C; with a number behind it where another name has come to the same.</returns>
    public string Add(string name) => _byName[name] = AddAnother(name);

    /// <summary>Gives a name in C to something of which another may have the same name in C#.</summary>
    /// <param name="name">The name in C#.</param>
    /// <returns>The name in C.</returns>
    public string AddAnother(string name)
    {
        string stem = Prefix + CNames.Snake(name), c = stem;
        for (int i = 2; !_used.Add(c); i++)
            c = stem + "_" + i.ToString(CultureInfo.InvariantCulture);
        return c;
    }
}
