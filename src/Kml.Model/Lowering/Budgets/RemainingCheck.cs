namespace Kml.Model.Lowering.Budgets;

/// <summary>What a check is for: each is a fault that a module counts as such.</summary>
public enum CheckKind
{
    /// <summary>A division by zero, or of the smallest number by -1.</summary>
    Divide,

    /// <summary>A result that does not fit, where <c>checked</c> asks; the absolute value of the smallest number.</summary>
    Overflow,

    /// <summary>An argument that a function does not take, such as the crossed bounds of a clamp.</summary>
    Argument,

    /// <summary>The sign of what is no number.</summary>
    NaN,

    /// <summary>An index outside its array.</summary>
    Index,

    /// <summary>A value without an arm.</summary>
    Match,

    /// <summary>A turn beyond a stated bound.</summary>
    Bound,
}

/// <summary>The checks of one kind which the C of a body still has: those that what is known of its values did not make superfluous.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Count">How many, as they stand in the body, however often they are done.</param>
public sealed record RemainingCheck(CheckKind Kind, int Count);
