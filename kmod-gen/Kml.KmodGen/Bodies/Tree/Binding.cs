namespace Kml.KmodGen.Bodies.Tree;

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
