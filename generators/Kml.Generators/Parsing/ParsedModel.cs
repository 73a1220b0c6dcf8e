using Kml.Model;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing;

/// <summary>A declaration without errors: all that emission needs, compared by value. No symbol, syntax or location is in it.</summary>
/// <param name="Spec">The model.</param>
/// <param name="Namespace">The class's namespace, empty for the global one.</param>
/// <param name="ClassName">The class's name, without escapes.</param>
/// <param name="StateType">The state's C# name, fully qualified; null without a state.</param>
/// <param name="StateAccessibility">How far the state's type can be seen.</param>
/// <param name="Label">The label's type.</param>
internal sealed record ParsedModel(
    ModelSpec Spec,
    string Namespace,
    string ClassName,
    string? StateType,
    Accessibility StateAccessibility,
    LabelType Label);
