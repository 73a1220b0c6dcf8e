namespace Kml.Model;

/// <summary>A statement of a translated body.</summary>
public abstract record Statement;

/// <summary>Declares a local variable and gives it its first value.</summary>
/// <param name="Name">Its name in the user's code, unique within the body.</param>
/// <param name="Value">Its first value.</param>
public sealed record Let(string Name, Expression Value) : Statement;

/// <summary>Assigns to a local variable.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Value">The new value, of the variable's type.</param>
public sealed record AssignVariable(string Name, Expression Value) : Statement;

/// <summary>Assigns to a field of the state. Only in updates.</summary>
/// <param name="Parameter">The state parameter.</param>
/// <param name="Field">The field.</param>
/// <param name="Value">The new value, of the field's type.</param>
public sealed record AssignState(string Parameter, string Field, Expression Value) : Statement;

/// <summary>Writes a feature. Only in features.</summary>
/// <param name="Index">Its index, a constant inside the declared count.</param>
/// <param name="Value">Its value, of the features' type.</param>
public sealed record AssignFeature(int Index, Expression Value) : Statement;

/// <summary>A conditional statement.</summary>
/// <param name="Test">A Bool.</param>
/// <param name="WhenTrue">Done if it holds.</param>
/// <param name="WhenFalse">Done if not; may be empty.</param>
public sealed record If(Expression Test, Block WhenTrue, Block WhenFalse) : Statement;

/// <summary>Statements in order.</summary>
/// <param name="Statements">The statements.</param>
public sealed record Block(EquatableArray<Statement> Statements) : Statement;

/// <summary>Ends the body, with a value where it has one.</summary>
/// <param name="Value">The value, or null.</param>
public sealed record Return(Expression? Value) : Statement;

/// <summary>Asks for an action on the event. Only in policies.</summary>
/// <param name="Lever">What is asked for.</param>
/// <param name="Arguments">The arguments that the event catalogue states for this lever.</param>
public sealed record PullLever(Lever Lever, EquatableArray<Expression> Arguments) : Statement;

/// <summary>Actions that a policy may ask for.</summary>
public enum Lever
{
    /// <summary><c>BioQueue.RaisePriority(IoPriority)</c>: one U32 argument, the priority class.</summary>
    RaisePriority,
}
