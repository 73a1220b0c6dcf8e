namespace Kml.Model;

/// <summary>
/// An action that an event allows. A policy works on a copy of its event: what differs in <paramref name="Field"/> is its wish, so that no two levers
/// of an event share a field. The C lies in the family's <c>kml_&lt;family&gt;_lever.h</c> (what the method does to the copy,
/// <c>kml_&lt;method&gt;()</c>) and in the part <c>&lt;method&gt;</c> (who carries the wish out).
/// </summary>
/// <param name="Lever">The action.</param>
/// <param name="MethodName">The C# method that stands for it.</param>
/// <param name="Parameters">The types of its arguments.</param>
/// <param name="Field">The event's field in which the wish shows.</param>
/// <param name="Flag">Its name in <c>struct kml_wish</c>.</param>
/// <param name="Wish">What the field holds there, for the reader of C.</param>
/// <param name="Object">What the wish is carried out on: one of the hook's parameters.</param>
/// <param name="Headers">The kernel's headers that carrying it out needs.</param>
/// <param name="Range">What can be asked for, and what comes of the rest.</param>
/// <param name="Found">How the value is read that was there before.</param>
/// <param name="GivenBack">How that value comes back when acting ends, the entity goes or the module leaves.</param>
public sealed record LeverInfo(
    Lever Lever,
    string MethodName,
    EquatableArray<LeverParameter> Parameters,
    string Field,
    string Flag,
    string Wish,
    CDeclaration Object,
    EquatableArray<string> Headers,
    string Range,
    string Found,
    string GivenBack);

/// <summary>A parameter of a lever.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
public sealed record LeverParameter(string Name, ScalarType Type);
