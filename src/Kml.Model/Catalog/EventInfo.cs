using System.Linq;

namespace Kml.Model;

/// <summary>What is known of a kernel event: the row from which its probe, its struct and its place in the documentation follow.</summary>
/// <param name="Kind">Which it is.</param>
/// <param name="Number">Its number between the module and user space, for ever; 0 is no event.</param>
/// <param name="Word">Its word in the canonical text and in C: <c>struct kml_&lt;word&gt;</c>.</param>
/// <param name="ClrName">The full name of its C# struct.</param>
/// <param name="Family">Its family.</param>
/// <param name="Entity">To what it happens.</param>
/// <param name="Hook">Where the module listens.</param>
/// <param name="Subject">Of what it is made.</param>
/// <param name="Contexts">In which contexts it fires.</param>
/// <param name="FpuUse">Whether the FPU can be used there.</param>
/// <param name="Own">Its fields after the family's, in layout order.</param>
/// <param name="Levers">What a policy may do at it.</param>
public sealed record EventInfo(
    EventKind Kind,
    uint Number,
    string Word,
    string ClrName,
    EventFamily Family,
    EntityInfo Entity,
    HookInfo Hook,
    EventSubject Subject,
    string Contexts,
    string FpuUse,
    EquatableArray<EventField> Own,
    EquatableArray<LeverInfo> Levers)
{
    /// <summary>Its fields, in layout order.</summary>
    public EquatableArray<FieldSpec> Fields { get; } = new(Family.Common.Concat(Own).Select(f => f.Spec));

    /// <summary>The layout of its struct, alike in C and C#.</summary>
    public StructLayout Layout { get; } = StructLayout.Of(Family.Common.Concat(Own).Select(f => f.Spec));

    /// <summary>Finds a field by its C# name.</summary>
    /// <param name="name">The C# name.</param>
    /// <returns>The field, or null.</returns>
    public FieldSpec? Field(string name) => Fields.FirstOrDefault(f => f.Name == name);
}
