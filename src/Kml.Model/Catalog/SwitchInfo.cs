namespace Kml.Model;

/// <summary>What a module is told or tells, as a file below sysfs: the row from which its C and its place in the documentation follow.</summary>
/// <param name="Word">The file's name.</param>
/// <param name="Values">What can be written there, for people; empty where nothing can.</param>
/// <param name="Meaning">What it is, for people; without a full stop.</param>
/// <param name="Show">C: the statement by which it is read, setting <c>text</c> or <c>value</c> or returning.</param>
/// <param name="Store">C: what is written goes here as <c>buf</c>, and 0 or an error comes back; empty where it only tells.</param>
/// <param name="Field">Its place in <c>struct kml_control</c>; null where it lives elsewhere.</param>
/// <param name="Choices">Its values where they are words, in the order of the C enum <c>kml_&lt;word&gt;</c>.</param>
/// <param name="Most">The largest of its values where they are numbers.</param>
/// <param name="Remark">What the reader of C must know of the statement by which it is read.</param>
public sealed record SwitchInfo(
    string Word,
    string Values,
    string Meaning,
    string Show,
    string Store = "",
    SwitchField? Field = null,
    EquatableArray<SwitchChoice> Choices = default,
    int Most = 0,
    string Remark = "")
{
    /// <summary>Its name in the C enum: <c>WEIGHTS_VERSION</c>.</summary>
    public string Symbol { get; } = Word.ToUpperInvariant();

    /// <summary>Whether it can be written: then it is its owner's alone.</summary>
    public bool IsWritable => Store.Length > 0;
}

/// <summary>A field of <c>struct kml_control</c>.</summary>
/// <param name="Type">Its C type.</param>
/// <param name="Initial">C: its value at load; empty for zero.</param>
/// <param name="Remark">What the reader of C must know of it.</param>
public sealed record SwitchField(string Type, string Initial = "", string Remark = "");

/// <summary>A value that is a word.</summary>
/// <param name="Word">The word.</param>
/// <param name="Remark">What the reader of C must know of it.</param>
public sealed record SwitchChoice(string Word, string Remark = "");

/// <summary>A parameter of the module: what is said when it is loaded.</summary>
/// <param name="Word">Its name.</param>
/// <param name="Type">Its type, as <c>module_param()</c> names it.</param>
/// <param name="Mode">The mode of its file below <c>/sys/module</c>; 0 for none.</param>
/// <param name="Variable">C: its variable's type.</param>
/// <param name="Initial">C: its value where nothing is said.</param>
/// <param name="Meaning">What it is, for <c>modinfo</c>.</param>
/// <param name="Example">What can be said, for people; empty where its value at first says it.</param>
public sealed record ParameterInfo(string Word, string Type, string Mode, string Variable, string Initial, string Meaning, string Example = "");
