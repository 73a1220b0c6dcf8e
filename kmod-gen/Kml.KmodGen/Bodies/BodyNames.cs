using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.Model;

namespace Kml.KmodGen.Bodies;

/// <summary>
/// The names within one C function: events, state and features have ours, by what they are; locals, numbers and fields of the state the user's.
/// </summary>
/// <param name="method">The method.</param>
/// <param name="state">The fields of the state; none for a method that takes none.</param>
internal sealed class BodyNames(Method method, UserNames state)
{
    private readonly HashSet<string> _ours = new(StringComparer.Ordinal) { "fault" };
    private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal);
    private readonly UserNames _locals = new();

    /// <summary>Names a parameter of the user's.</summary>
    /// <param name="name">Its name in C#.</param>
    /// <param name="stem">What it should be called.</param>
    /// <returns>The name in C.</returns>
    public string Bind(string name, string stem) => _parameters[name] = Fresh(stem);

    /// <summary>Names a local, or a parameter that is a number.</summary>
    /// <param name="name">Its name in C#.</param>
    /// <returns>The name in C.</returns>
    public string Add(string name) => _locals.Add(name);

    /// <summary>The C name of a parameter or local.</summary>
    /// <param name="name">The name in C#.</param>
    /// <returns>The name in C.</returns>
    public string this[string name] => _parameters.TryGetValue(name, out string? ours) ? ours : _locals[name];

    /// <summary>The C name of a field of a parameter.</summary>
    /// <param name="parameter">The parameter's name in C#.</param>
    /// <param name="field">The field's name in C#: of the event catalogue, or of the state.</param>
    /// <returns>The name in C.</returns>
    public string Field(string parameter, string field) =>
        method.Parameters.Any(p => p.Kind == ParameterKind.State && p.Name == parameter) ? state[field] : CNames.Snake(field);

    /// <summary>Makes a name of ours that is used nowhere else in the function.</summary>
    /// <param name="stem">What it should be called.</param>
    /// <returns>The stem, with a number behind it if it is taken.</returns>
    public string Fresh(string stem)
    {
        string name = stem;
        for (int i = 2; !_ours.Add(name); i++)
            name = stem + i.ToString(CultureInfo.InvariantCulture);
        return name;
    }
}
