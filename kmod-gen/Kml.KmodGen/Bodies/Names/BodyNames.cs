using System;
using System.Collections.Generic;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;

namespace Kml.KmodGen.Bodies.Names;

/// <summary>What a variable or parameter of a body is in C.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Data">What it holds or, for a pointer, what it points to.</param>
/// <param name="IsPointer">Whether it is a pointer. An array is none: C hands its address over by itself.</param>
internal sealed record CVariable(CName Name, DataType Data, bool IsPointer);

/// <summary>
/// The names within one C function: events, state and features have ours, by what they are; locals, numbers and what a function is given by reference
/// the user's.
/// </summary>
internal sealed class BodyNames
{
    private readonly HashSet<string> _ours = new(StringComparer.Ordinal) { "fault" };
    private readonly Dictionary<string, CVariable> _variables = new(StringComparer.Ordinal);
    private readonly UserNames _users = new();

    /// <summary>A variable or parameter by its name in C#.</summary>
    /// <param name="name">The name in C#.</param>
    /// <returns>What it is in C.</returns>
    public CVariable this[string name] => _variables[name];

    /// <summary>Names a parameter by what it is.</summary>
    /// <param name="name">Its name in C#.</param>
    /// <param name="stem">What it should be called.</param>
    /// <param name="data">What it is, or points to.</param>
    /// <returns>The name in C.</returns>
    public string Bind(string name, string stem, DataType data) => Define(name, Fresh(stem), data, isReference: true);

    /// <summary>Names a local, or a parameter, by the user's name.</summary>
    /// <param name="name">Its name in C#.</param>
    /// <param name="data">What it is, or points to.</param>
    /// <param name="isReference">Whether it is given by reference.</param>
    /// <returns>The name in C.</returns>
    public string Add(string name, DataType data, bool isReference = false) => Define(name, _users.Add(name), data, isReference);

    /// <summary>Gives a variable of ours a name by which expressions know it.</summary>
    /// <param name="name">That name: none of the user's is like it.</param>
    /// <param name="c">The variable's.</param>
    /// <param name="type">Its type.</param>
    public void Alias(string name, string c, ScalarType type) => _variables[name] = new(new CName(c, type), new ScalarData(type), false);

    /// <summary>Makes a name of ours that is used nowhere else in the function.</summary>
    /// <param name="stem">What it should be called.</param>
    /// <returns>The stem, with a number behind it if it is taken.</returns>
    public string Fresh(string stem)
    {
        string name = stem;
        for (int i = 2; !_ours.Add(name); i++)
            name = stem + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return name;
    }

    private string Define(string name, string c, DataType data, bool isReference)
    {
        ScalarType type = data is ScalarData scalar ? CTypes.Computed(scalar.Type) : ScalarType.U64;
        _variables[name] = new(new CName(c, type), data, isReference && data is not ArrayData);
        return c;
    }
}
