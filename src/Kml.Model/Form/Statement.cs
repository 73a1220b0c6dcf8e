namespace Kml.Model;

/// <summary>A statement of a translated body.</summary>
public abstract record Statement;

/// <summary>Declares a scalar local variable and gives it its first value.</summary>
/// <param name="Name">Its name in the user's code, unique within the body.</param>
/// <param name="Value">Its first value.</param>
public sealed record Let(string Name, Expression Value) : Statement;

/// <summary>Declares a local array or struct, all zero each time that control comes here.</summary>
/// <param name="Name">Its name in the user's code, unique within the body.</param>
/// <param name="Data">Its type.</param>
public sealed record Declare(string Name, DataType Data) : Statement;

/// <summary>Lets a name stand for a place from here on. It may stand for another later: what is read and written by it is then that.</summary>
/// <param name="Name">Its name in the user's code, unique within the body.</param>
/// <param name="Place">The place; its indices are constants, or known to be within their arrays.</param>
/// <param name="Data">What lies there.</param>
public sealed record Refer(string Name, Place Place, DataType Data) : Statement;

/// <summary>Assigns a scalar: to a local, to the state (only in updates), to a feature (only in features), to what a function is given by reference.</summary>
/// <param name="Target">Where it goes.</param>
/// <param name="Value">The new value, of the place's type. It is computed first, then the place's indices.</param>
public sealed record Assign(Place Target, Expression Value) : Statement
{
    /// <summary>Writes a feature.</summary>
    /// <param name="features">The parameter's name in the user's code.</param>
    /// <param name="index">The feature's index.</param>
    /// <param name="count">How many features there are.</param>
    /// <param name="value">Its value, of the features' type.</param>
    /// <returns>The statement.</returns>
    public static Assign Feature(string features, int index, int count, Expression value) =>
        new(new ElementPlace(new VariablePlace(features), new Constant(ScalarType.I32, (ulong)index), count), value);
}

/// <summary>Assigns an array or a struct whole.</summary>
/// <param name="Target">Where it goes.</param>
/// <param name="Source">Where it comes from: of the same type, and no part of the target.</param>
/// <param name="Data">The type of both.</param>
public sealed record Copy(Place Target, Place Source, DataType Data) : Statement;

/// <summary>Makes all of an array or a struct zero.</summary>
/// <param name="Target">What is cleared.</param>
/// <param name="Data">Its type.</param>
public sealed record Clear(Place Target, DataType Data) : Statement;

/// <summary>A conditional statement.</summary>
/// <param name="Test">A Bool.</param>
/// <param name="WhenTrue">Done if it holds.</param>
/// <param name="WhenFalse">Done if not; may be empty.</param>
public sealed record If(Expression Test, Block WhenTrue, Block WhenFalse) : Statement;

/// <summary>A choice among constants.</summary>
/// <param name="Value">An integer or a Bool.</param>
/// <param name="Sections">The sections, at least one; no constant is in two, and at most one is the default.</param>
public sealed record Switch(Expression Value, EquatableArray<SwitchSection> Sections) : Statement;

/// <summary>A section of a switch. At its end control leaves the switch, unless it falls through.</summary>
/// <param name="Labels">The bits of the values that lead here, as a <see cref="Constant"/> has them.</param>
/// <param name="IsDefault">Whether every value without a section leads here, too.</param>
/// <param name="Body">What is done.</param>
/// <param name="FallsThrough">Whether the next section is done after it; never on the last.</param>
public sealed record SwitchSection(EquatableArray<ulong> Labels, bool IsDefault, Block Body, bool FallsThrough);

/// <summary>A loop: while the test holds, the body, then the step.</summary>
/// <param name="Test">A Bool; true where nothing but a <see cref="Break"/> or <see cref="Return"/> ends the loop.</param>
/// <param name="TestsLast">Whether the first turn is done without a test.</param>
/// <param name="Body">What is done in each turn.</param>
/// <param name="Step">What is done after each, also after a <see cref="Continue"/>; it has neither that nor a break of this loop.</param>
/// <param name="Bound">The most turns that it can take, at least 1; null while that is not known.</param>
/// <param name="IsStated">Whether the bound is the user's word and no proof: one turn more is a fault.</param>
public sealed record Loop(Expression Test, bool TestsLast, Block Body, Block Step, int? Bound, bool IsStated) : Statement;

/// <summary>Leaves the innermost loop or switch.</summary>
public sealed record Break : Statement;

/// <summary>Ends a turn of the innermost loop.</summary>
public sealed record Continue : Statement;

/// <summary>Statements in order.</summary>
/// <param name="Statements">The statements.</param>
public sealed record Block(EquatableArray<Statement> Statements) : Statement;

/// <summary>Ends the body, with a value where it has one.</summary>
/// <param name="Value">The value, or null.</param>
public sealed record Return(Expression? Value) : Statement;

/// <summary>Computes a value for what else that does: a call's writes, a fault.</summary>
/// <param name="Value">The value.</param>
public sealed record Evaluate(Expression Value) : Statement;

/// <summary>Abandons the body, as an exception does.</summary>
/// <param name="Fault">Why.</param>
public sealed record Fail(Fault Fault) : Statement;

/// <summary>Why a body is abandoned.</summary>
public enum Fault
{
    /// <summary>No arm of a switch expression has the value.</summary>
    NoMatch,

    /// <summary>A result does not fit, where <c>checked</c> asks.</summary>
    Overflow,

    /// <summary>An index is outside its array.</summary>
    Index,
}

/// <summary>Asks for an action on the event. Only in policies.</summary>
/// <param name="Event">The parameter that is the event.</param>
/// <param name="Lever">What is asked for.</param>
/// <param name="Arguments">The arguments that the event catalogue states for this lever.</param>
public sealed record PullLever(string Event, Lever Lever, EquatableArray<Expression> Arguments) : Statement;

/// <summary>Actions that a policy may ask for.</summary>
public enum Lever
{
    /// <summary><c>BioQueue.RaisePriority(IoPriority)</c>: one U32 argument, the priority class.</summary>
    RaisePriority,
}
