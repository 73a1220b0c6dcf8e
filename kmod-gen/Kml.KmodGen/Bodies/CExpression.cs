using Kml.Model;

namespace Kml.KmodGen;

/// <summary>How tightly the outermost operator of a C expression binds, loosest first.</summary>
internal enum Binding
{
    /// <summary>c ? a : b.</summary>
    Conditional,

    /// <summary>a || b.</summary>
    Or,

    /// <summary>a &amp;&amp; b.</summary>
    And,

    /// <summary>a | b.</summary>
    BitOr,

    /// <summary>a ^ b.</summary>
    BitXor,

    /// <summary>a &amp; b.</summary>
    BitAnd,

    /// <summary>a == b.</summary>
    Equality,

    /// <summary>a &lt; b.</summary>
    Relation,

    /// <summary>a &lt;&lt; b.</summary>
    Shift,

    /// <summary>a + b.</summary>
    Sum,

    /// <summary>a * b.</summary>
    Product,

    /// <summary>-a, a cast.</summary>
    Prefix,

    /// <summary>A name, a number, a call, a member.</summary>
    Primary,
}

/// <summary>A C expression.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Binding">How tightly it binds.</param>
/// <param name="Type">The type that C gives it: that of the value, or a narrower one that holds every value it can have.</param>
internal sealed record CExpression(string Text, Binding Binding, ScalarType Type)
{
    /// <summary>Whether it can be repeated without doing work twice.</summary>
    public bool IsSimple => Binding == Binding.Primary && !Text.EndsWith(')');

    /// <summary>The text where something that binds at least so tightly must stand.</summary>
    /// <param name="least">How tightly.</param>
    /// <returns>The text, in parentheses if needed.</returns>
    public string At(Binding least) => Binding < least ? $"({Text})" : Text;

    /// <summary>A call.</summary>
    /// <param name="type">The type that it returns.</param>
    /// <param name="function">The function.</param>
    /// <param name="arguments">The arguments' texts.</param>
    /// <returns>The expression.</returns>
    public static CExpression Call(ScalarType type, string function, params string[] arguments) =>
        new($"{function}({string.Join(", ", arguments)})", Binding.Primary, type);
}
