using System.Linq;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing.Declarations;

/// <summary>A declaration without errors: all that emission needs, compared by value. No symbol, syntax or location is in it.</summary>
/// <param name="Spec">The model.</param>
/// <param name="Namespace">The class's namespace, empty for the global one.</param>
/// <param name="ClassName">The class's name, without escapes.</param>
/// <param name="Taken">Names among those of <c>IKernelModel</c>, and Predict, that the class or a base has given to members of its own.</param>
/// <param name="StateType">The state's C# name, fully qualified; null without a state.</param>
/// <param name="StateAccessibility">How far the state's type can be seen.</param>
/// <param name="Label">The label's type.</param>
internal sealed record ParsedModel(
    ModelSpec Spec,
    string Namespace,
    string ClassName,
    EquatableArray<string> Taken,
    string? StateType,
    Accessibility StateAccessibility,
    LabelType Label)
{
    /// <summary>The class's C# name, fully qualified.</summary>
    public string ClassType =>
        "global::" + string.Concat(Namespace.Split('.').Append(ClassName).Where(p => p.Length > 0).Select(p => "." + AttributeReading.Escaped(p))).Substring(1);
}
