namespace Kml.Model;

/// <summary>
/// Where a value lies: what can be read, and what a statement can write. Places have no effect; one whose index is outside its array faults when it is used.
/// </summary>
public abstract record Place;

/// <summary>A local variable or a parameter.</summary>
/// <param name="Name">Its name in the user's code.</param>
public sealed record VariablePlace(string Name) : Place;

/// <summary>A field.</summary>
/// <param name="Of">Whose: an event, the state, a struct.</param>
/// <param name="Field">Its name: of the event catalogue (<c>TimeNs</c>), or of the struct.</param>
public sealed record MemberPlace(Place Of, string Field) : Place;

/// <summary>An element of an array.</summary>
/// <param name="Of">The array.</param>
/// <param name="Index">An I32; below 0, or not below the length, it faults.</param>
/// <param name="Length">How many elements the array has.</param>
public sealed record ElementPlace(Place Of, Expression Index, int Length) : Place;

/// <summary>Some elements of an array, as an array.</summary>
/// <param name="Of">The array.</param>
/// <param name="Start">The first.</param>
/// <param name="Length">How many; they are all within the array.</param>
public sealed record SlicePlace(Place Of, int Start, int Length) : Place;

/// <summary>An array of constants, which nothing writes.</summary>
/// <param name="Name">Its name in the user's code.</param>
/// <param name="Element">The type of an element.</param>
/// <param name="Values">The elements' bits, as a <see cref="Constant"/> has them; at least one.</param>
public sealed record TablePlace(string Name, ScalarType Element, EquatableArray<ulong> Values) : Place;
