using System.Text;
using System.Threading;
using Kml.Generators.Analysis;
using Kml.Generators.Emission;
using Kml.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Kml.Generators;

/// <summary>Completes each [KernelModel] class and writes its canonical text into the assembly.</summary>
/// <remarks>It reports nothing: a declaration with errors is left alone here, and the analyzers say what is wrong with it.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    /// <summary>The step whose outputs are models.</summary>
    public const string ModelStep = "Model";

    /// <summary>The step whose outputs are source files.</summary>
    public const string SourceStep = "Source";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Roslyn runs the transform again for every model at any edit, since bodies may depend on anything.
        // It ends in a value without symbols, so that an edit elsewhere leaves it equal and nothing after it runs.
        IncrementalValuesProvider<ParsedModel> models = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KmlNames.KernelModel,
                static (node, _) => node is TypeDeclarationSyntax,
                Parse)
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(ModelStep);

        IncrementalValuesProvider<SourceFile> sources = models
            .Select(static (model, _) => ModelEmitter.Emit(model))
            .WithTrackingName(SourceStep);

        context.RegisterSourceOutput(
            sources,
            static (context, source) => context.AddSource(source.HintName, SourceText.From(source.Text, Encoding.UTF8)));
    }

    private static ParsedModel? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.TargetSymbol;

        // Two parts of a class may both carry the attribute while one is being moved: the class is still completed once.
        return type.ModelAttribute()?.Declaration(cancellation) is { } declaration && declaration == context.TargetNode
            ? DeclarationParser.Parse(type, declaration, context.SemanticModel.Compilation, cancellation).Model
            : null;
    }
}
