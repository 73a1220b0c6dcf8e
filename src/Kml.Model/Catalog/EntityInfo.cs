namespace Kml.Model;

/// <summary>What identity and state belong to.</summary>
/// <param name="Word">Its word, for people.</param>
/// <param name="Symbol">
/// Its word in C. <c>kml_&lt;symbol&gt;.h</c> has <c>struct kml_&lt;symbol&gt;</c> with the members <c>number</c>, <c>state</c> and <c>join</c>,
/// <c>kml_&lt;symbol&gt;_lock()</c> and <c>_unlock()</c>, and for all that are watched <c>kml_&lt;symbol&gt;s_in_flight()</c> and <c>_exit()</c>, and
/// <c>_choose()</c> where they are chosen;
/// <c>kml_&lt;symbol&gt;_probe.h</c> has <c>KML_PROBE()</c>, the one way from a hook to one of them.
/// </param>
/// <param name="Variable">What a probe calls the one that it has found.</param>
/// <param name="Identity">The C type by which the kernel knows it.</param>
/// <param name="Lives">How long an identity is good.</param>
/// <param name="Dies">What says that it has gone.</param>
/// <param name="Lock">What keeps its state whole.</param>
/// <param name="Choice">The switch by which those are chosen that a module watches; null where it watches all.</param>
/// <param name="ChoiceAtLoad">The parameter that does the same at load; null where they are not chosen.</param>
public sealed record EntityInfo(
    string Word,
    string Symbol,
    string Variable,
    string Identity,
    string Lives,
    string Dies,
    string Lock,
    SwitchInfo? Choice,
    ParameterInfo? ChoiceAtLoad);
