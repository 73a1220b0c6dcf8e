using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing.Fixes;

/// <summary>A change that mends a finding. Each is a file of Kml.CodeFixes, which shares this one.</summary>
internal enum FixKind
{
    /// <summary>Makes the class partial.</summary>
    Partial,

    /// <summary>Makes a static class a plain one.</summary>
    PlainClass,

    /// <summary>Observes the event.</summary>
    Observe,

    /// <summary>Adds a layer; the text is the number of its units.</summary>
    Layer,

    /// <summary>Writes another number; the text is the number.</summary>
    Number,

    /// <summary>Gives the model another name; the text is the name.</summary>
    Name,

    /// <summary>Makes a property of the state a field.</summary>
    Field,

    /// <summary>Makes a field of the state public.</summary>
    Public,

    /// <summary>Makes a method static.</summary>
    Static,

    /// <summary>Passes parameters in other ways; the text has each one's modifier, or nothing, between commas.</summary>
    Passing,

    /// <summary>Raises the number of features; the text is the number.</summary>
    Count,

    /// <summary>Clears the features first; the text is the parameter's name.</summary>
    Clear,

    /// <summary>States how many turns a loop takes at the most; the text is the number.</summary>
    Bound,

    /// <summary>Makes a double literal a float's; the text is the literal.</summary>
    FloatLiteral,

    /// <summary>Computes in Q16 what was computed in float.</summary>
    Q16,

    /// <summary>Computes in float what was computed in double; the text is <see cref="Fix.AndType"/> where the declared type changes, too.</summary>
    FloatType,

    /// <summary>Calls another function of the same arguments; the text is what stands before these, of which types are written in full.</summary>
    Function,

    /// <summary>Takes an array of the stack; the text is the type of its elements, in full.</summary>
    StackAlloc,

    /// <summary>Leaves a lock out.</summary>
    Unlock,
}

/// <summary>Which change mends a finding, and the text that it puts in. It travels in the diagnostic's properties: a message is for people.</summary>
/// <param name="Kind">The change.</param>
/// <param name="Text">What it puts in; empty where the kind says all.</param>
internal sealed record Fix(FixKind Kind, string Text = "")
{
    /// <summary>The text of a change of the declared type, too.</summary>
    public const string AndType = "type";

    private const string KindKey = "Kml.Fix";
    private const string TextKey = "Kml.FixText";

    /// <summary>The properties of a diagnostic that can be mended so.</summary>
    public ImmutableDictionary<string, string?> Properties =>
        ImmutableDictionary<string, string?>.Empty.Add(KindKey, Kind.ToString()).Add(TextKey, Text);

    /// <summary>The change that mends a diagnostic; null where none does.</summary>
    public static Fix? Of(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(KindKey, out string? name) && Enum.TryParse(name, out FixKind kind)
        && diagnostic.Properties.TryGetValue(TextKey, out string? text) && text is not null
            ? new Fix(kind, text)
            : null;
}
