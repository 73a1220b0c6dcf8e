using System.Collections.Generic;
using System.Linq;

namespace Kml.Model;

/// <summary>A function that bodies may call: a form for each type that its first argument, the operand, can have.</summary>
/// <param name="Function">The function.</param>
/// <param name="Operands">The types of the operand.</param>
public sealed record FunctionInfo(Function Function, IReadOnlyList<ScalarType> Operands)
{
    /// <summary>The types of the arguments after the operand; null is the operand's.</summary>
    public IReadOnlyList<ScalarType?> Others { get; init; } = [];

    /// <summary>The type of the result; null is the operand's.</summary>
    public ScalarType? Result { get; init; }

    /// <summary>Of <see cref="Operands"/>, those whose form can fault.</summary>
    public IReadOnlyList<ScalarType> Faulting { get; init; } = [];

    /// <summary>Whether on integers narrower than an I32 it gives what it gives on the same numbers as I32.</summary>
    public bool Widens { get; init; }

    /// <summary>How many arguments it takes.</summary>
    public int Arity => 1 + Others.Count;

    /// <summary>The type of the result.</summary>
    /// <param name="operand">The operand's type.</param>
    /// <returns>The type.</returns>
    public ScalarType ResultOf(ScalarType operand) => Result ?? operand;

    /// <summary>The types of all arguments.</summary>
    /// <param name="operand">The operand's type.</param>
    /// <returns>The types, the operand's first.</returns>
    public IEnumerable<ScalarType> ParametersOf(ScalarType operand) => Others.Select(o => o ?? operand).Prepend(operand);

    /// <summary>Whether a form can fault.</summary>
    /// <param name="operand">The operand's type.</param>
    /// <returns>True if it can.</returns>
    public bool CanFault(ScalarType operand) => Faulting.Contains(operand);
}
