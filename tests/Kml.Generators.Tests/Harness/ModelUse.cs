using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Kml.Generators.Tests.Harness;

/// <summary>Code elsewhere in a project that uses a model. While the model is being typed, it must not become errors.</summary>
internal sealed class ModelUse
{
    public const string Path = "Use.cs";
    public const string PredictPath = "UsePredict.cs";

    private static readonly SymbolDisplayFormat Whole = SymbolDisplayFormat.FullyQualifiedFormat
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeAccessibility | SymbolDisplayMemberOptions.IncludeConstantValue)
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeType);

    private readonly string _name;
    private readonly string _signature;

    private ModelUse(string name, string signature, string predict)
    {
        _name = name;
        _signature = signature;
        Sources =
        [
            (Path, $$"""
                internal static class Use
                {
                    public static string Known() => {{name}}.Fingerprint + Generic<{{name}}>();

                    private static string Generic<T>()
                        where T : Kml.IKernelModel => T.Name + T.CanonicalText;
                }
                """),
            (PredictPath, $$"""internal static class UsePredict { {{predict}} }"""),
        ];
    }

    /// <summary>The files.</summary>
    public (string Path, string Text)[] Sources { get; }

    /// <summary>What uses a class.</summary>
    /// <param name="name">The class's full name.</param>
    /// <param name="output">The compilation of its source when it was typed to the end, with what was generated.</param>
    public static ModelUse Of(string name, Compilation output)
    {
        INamedTypeSymbol type = output.GetTypeByMetadataName(name)!;
        IEnumerable<string> calls = type.GetMembers("Predict").OfType<IMethodSymbol>()
            .Where(m => m.Parameters[^1].Type.Name == "FloatEngine" && output.IsSymbolAccessibleWithin(m, output.Assembly))
            .Select(m => $"static {Text(m.ReturnType)} P({string.Join(", ", m.Parameters.Select((p, i) => $"{Text(p.Type)} p{i}"))}) => "
                + $"{name}.Predict({string.Join(", ", m.Parameters.Select((p, i) => (p.RefKind == RefKind.None ? string.Empty : "in ") + $"p{i}"))});");
        return new ModelUse(name, Signature(type), string.Join(' ', calls));
    }

    /// <summary>Whether the class can be used: it is marked, and can have another part.</summary>
    public bool CanBeUsed(Compilation compilation) =>
        compilation.GetTypeByMetadataName(_name) is { TypeKind: TypeKind.Class, IsRecord: false, IsStatic: false } type
        && type.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == "Kml.KernelModelAttribute")
        && type.DeclaringSyntaxReferences.All(r => ((TypeDeclarationSyntax)r.GetSyntax()).Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>Whether all that its Predict is made of is as it was.</summary>
    public bool HasPredict(Compilation compilation) => Signature(compilation.GetTypeByMetadataName(_name)!) == _signature;

    private static string Text(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    private static string Signature(INamedTypeSymbol type)
    {
        List<ISymbol> parts = [.. type.GetMembers().Where(m => Has(m, "FeaturesAttribute") || Has(m, "LabelAttribute") || Has(m, "StateAttribute"))];
        if (parts.OfType<IMethodSymbol>().FirstOrDefault(m => Has(m, "LabelAttribute")) is { ReturnType: INamedTypeSymbol { TypeKind: TypeKind.Enum } label })
            parts.AddRange([label, .. label.GetMembers().OfType<IFieldSymbol>()]);
        return string.Join('\n', parts.Select(p => $"{p.DeclaredAccessibility} {p.ToDisplayString(Whole)} {string.Join(',', Attributes(p).Order())}"));
    }

    private static IEnumerable<string> Attributes(ISymbol symbol) => symbol.GetAttributes().Select(a => a.AttributeClass!.Name);

    private static bool Has(ISymbol symbol, string attribute) => Attributes(symbol).Contains(attribute);
}
