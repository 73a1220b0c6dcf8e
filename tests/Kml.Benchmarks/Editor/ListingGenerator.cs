using Microsoft.CodeAnalysis;

namespace Kml.Benchmarks.Editor;

/// <summary>A generator that does what any does, and nothing of ours: it lists the models.</summary>
internal sealed class ListingGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
        context.SyntaxProvider.ForAttributeWithMetadataName("Kml.KernelModelAttribute", static (_, _) => true, static (found, _) => found.TargetSymbol.Name),
        static (output, name) => output.AddSource($"{name}.g.cs", $"// {name}"));
}
