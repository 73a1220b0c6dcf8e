using System.Text;
using System.Threading;
using Kml.Generators.Analysis;
using Kml.Generators.Emission;
using Kml.Generators.Parsing.Declarations;
using Kml.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Kml.Generators;

/// <summary>Completes each [KernelModel] class and writes its canonical text into the assembly, or why there is none.</summary>
/// <remarks>
/// It reports nothing: analyzers do. But they can be switched off or silenced in many ways, and a class that is left alone would then go missing,
/// and its module with it; so the reasons travel in the assembly, and the build fails on them.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    /// <summary>The step whose outputs are models.</summary>
    public const string ModelStep = "Model";

    /// <summary>The step whose outputs are classes that cannot be models.</summary>
    public const string RefusedStep = "Refused";

    /// <summary>The step whose outputs are the names of all models.</summary>
    public const string NameStep = "Name";

    /// <summary>The step whose outputs are classes whose model's name is taken.</summary>
    public const string DuplicateStep = "Duplicate";

    /// <summary>The step whose outputs are source files.</summary>
    public const string SourceStep = "Source";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<Limits> limits = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => Limits.Of(options.GlobalOptions));

        // Roslyn runs the transform again for every model at any edit, since bodies may depend on anything.
        // It ends in a value without symbols, so that an edit elsewhere leaves it equal and nothing after it runs.
        IncrementalValuesProvider<Declaration> declarations = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KmlNames.KernelModel,
                static (node, _) => node is TypeDeclarationSyntax,
                Read)
            .Where(static declaration => declaration is not null)
            .Combine(limits)
            .Select(static (pair, _) => pair.Left!.Within(pair.Right));

        Add(context, declarations
            .Where(static declaration => declaration.Model is not null)
            .Select(static (declaration, _) => declaration.Model!)
            .WithTrackingName(ModelStep)
            .Select(static (model, _) => ModelEmitter.Emit(model)));

        Add(context, declarations
            .Where(static declaration => declaration.Refused is not null)
            .Select(static (declaration, _) => declaration.Refused!)
            .WithTrackingName(RefusedStep)
            .Select(static (model, _) => RefusalEmitter.Emit(model, ".refused")));

        // Names alone are collected: a model's own output depends on no other model.
        Add(context, declarations
            .Where(static declaration => declaration.Name is not null)
            .Select(static (declaration, _) => declaration.Name!)
            .WithTrackingName(NameStep)
            .Collect()
            .SelectMany(static (names, _) => DeclaredName.Duplicates(names))
            .WithTrackingName(DuplicateStep)
            .Select(static (model, _) => RefusalEmitter.Emit(model, ".name")));
    }

    private static void Add(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<SourceFile> sources) =>
        context.RegisterSourceOutput(
            sources.WithTrackingName(SourceStep),
            static (context, source) => context.AddSource(source.HintName, SourceText.From(source.Text, Encoding.UTF8)));

    private static Declaration? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.TargetSymbol;

        // Two parts of a class may both carry the attribute while one is being moved: the class is still read once.
        return type.ModelAttribute() is { } attribute && attribute.Declaration(cancellation) is { } syntax && syntax == context.TargetNode
            ? Declaration.Read(type, attribute, syntax, context.SemanticModel.Compilation, cancellation)
            : null;
    }
}
