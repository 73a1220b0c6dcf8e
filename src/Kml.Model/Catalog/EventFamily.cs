namespace Kml.Model;

/// <summary>
/// Events of one part of the kernel: they begin alike, and their C lies in one folder of <c>templates/module</c>, of which only modules that observe one
/// of them have anything: <c>kml_&lt;word&gt;_events.h</c> (what fills them), <c>kml_&lt;word&gt;_lever.h</c>, the parts <c>&lt;word&gt;_abi</c> (their
/// structs) and <c>&lt;word&gt;_model</c> (what the family's files ask of a model); its <c>.c</c> files become part of the module.
/// </summary>
/// <param name="Word">Its word, the folder's name.</param>
/// <param name="Meaning">What its events tell of, for people.</param>
/// <param name="Headers">The kernel's headers that its hooks need.</param>
/// <param name="Common">The fields with which each of its events begins.</param>
/// <param name="FlagPrefix">What its flags' names begin with in C.</param>
/// <param name="Flags">What the field <c>Flags</c> of its events can hold.</param>
public sealed record EventFamily(
    string Word,
    string Meaning,
    EquatableArray<string> Headers,
    EquatableArray<EventField> Common,
    string FlagPrefix,
    EquatableArray<FlagInfo> Flags);

/// <summary>What an event happens to: a thing of the kernel's that lives as long as the probe.</summary>
/// <param name="Name">Its name among the hook's parameters.</param>
/// <param name="Fill">The C function that fills the family's common fields from it, all but the time.</param>
public sealed record EventSubject(string Name, string Fill);

/// <summary>A bit of the field <c>Flags</c>, the same on every kernel version.</summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="Value">The bit.</param>
/// <param name="Source">The kernel's own bit, of which it is made.</param>
public sealed record FlagInfo(string Name, uint Value, string Source);

/// <summary>A field of an event.</summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="Type">Its type.</param>
/// <param name="Meaning">What it says, for people.</param>
/// <param name="Unit">In what it is counted; empty where it is no quantity.</param>
/// <param name="Value">C: what is written there; empty where the subject's fill does it, or nobody.</param>
public sealed record EventField(string Name, ScalarType Type, string Meaning, string Unit = "", string Value = "")
{
    /// <summary>The field as a part of a struct.</summary>
    public FieldSpec Spec { get; } = new(Name, Type);
}
