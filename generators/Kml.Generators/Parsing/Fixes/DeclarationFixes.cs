using System.Globalization;
using System.Linq;
using System.Text;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing.Fixes;

/// <summary>What mends a declaration: of the class, of its state, of what the attributes say.</summary>
internal static class DeclarationFixes
{
    /// <summary>The change that mends a static class: in one part, and without extension methods, which only static classes have.</summary>
    public static Fix? ForStatic(INamedTypeSymbol type) =>
        type is { DeclaringSyntaxReferences.Length: 1, MightContainExtensionMethods: false } && type.GetTypeMembers().All(t => t.CanBeReferencedByName)
            ? new Fix(FixKind.PlainClass)
            : null;

    /// <summary>The change that mends a field of the state.</summary>
    /// <param name="field">The field, of a type that a state keeps.</param>
    /// <param name="state">The state.</param>
    /// <returns>The change, or null where none is sure.</returns>
    public static Fix? ForField(IFieldSymbol field, INamedTypeSymbol state) => field switch
    {
        { IsStatic: true } or { IsFixedSizeBuffer: true } => null,

        // C# has no public field of a type that is seen less far than the struct.
        _ when TypeAccess.Of(field.Type) < TypeAccess.Of(state) => null,
        { AssociatedSymbol: IPropertySymbol property } => IsOfInterface(property) ? null : new Fix(FixKind.Field),
        _ => new Fix(FixKind.Public),
    };

    /// <summary>The change that mends what is wrong with the model as a whole.</summary>
    /// <param name="finding">What is wrong.</param>
    /// <param name="model">The model.</param>
    /// <returns>The change, or null where none is sure.</returns>
    public static Fix? For(ModelFinding finding, ModelSpec model)
    {
        if (finding.Rule == ModelRules.Name)
            return ModuleName(model.Name) is { } name ? new Fix(FixKind.Name, name) : null;
        if (finding.Rule == ModelRules.NoLayers)
            return new Fix(FixKind.Layer, Text(ModelChecks.Outputs(model)));
        if (finding.Rule == ModelRules.HeadWidth)
            return new Fix(FixKind.Number, Text(ModelChecks.Outputs(model)));
        return finding.Rule == ModelRules.RingSize ? new Fix(FixKind.Number, Text(RingSize(model.Ring.Records))) : null;
    }

    /// <summary>Whether a member is what some interface asks for: it cannot be another kind of member.</summary>
    public static bool IsOfInterface(ISymbol member) => member.ContainingType.AllInterfaces
        .SelectMany(i => i.GetMembers())
        .Any(m => SymbolEqualityComparer.Default.Equals(member.ContainingType.FindImplementationForInterfaceMember(m), member));

    /// <summary>The name that a model can have and that is nearest to one: issue_time of IssueTime, and of kml-issue.time.</summary>
    private static string? ModuleName(string name)
    {
        StringBuilder words = new();
        foreach (char c in name)
        {
            bool isUpper = c is >= 'A' and <= 'Z';
            bool isKept = isUpper || c is (>= 'a' and <= 'z') or (>= '0' and <= '9');
            if (words.Length > 0 && words[words.Length - 1] != '_' && (!isKept || (isUpper && words[words.Length - 1] is >= 'a' and <= 'z')))
                words.Append('_');
            if (isKept)
                words.Append(isUpper ? (char)(c - 'A' + 'a') : c);
        }

        string found = words.ToString().Trim('_');
        if (found.StartsWith("kml_", System.StringComparison.Ordinal))
            found = found.Substring("kml_".Length);
        if (found.Length > ModelChecks.MaxName)
            found = found.Substring(0, ModelChecks.MaxName).TrimEnd('_');
        return ModelChecks.IsModuleName(found) ? found : null;
    }

    private static int RingSize(int records)
    {
        int size = ModelChecks.MinRecords;
        while (size < records && size < ModelChecks.MaxRecords)
            size *= 2;
        return size;
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
