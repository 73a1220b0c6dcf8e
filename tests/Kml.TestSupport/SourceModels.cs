extern alias generators;

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Kml.TestSupport;

/// <summary>Models as data, from C# through the generator.</summary>
public static class SourceModels
{
    /// <summary>Parses the models of a source of this assembly.</summary>
    /// <param name="name">The source's name: <c>QueueWait</c>.</param>
    /// <returns>Its model.</returns>
    public static ModelSpec Named(string name)
    {
        using Stream stream = typeof(SourceModels).Assembly.GetManifestResourceStream($"Models/{name}.cs")
            ?? throw new ArgumentException($"There is no source '{name}'.", nameof(name));
        using StreamReader reader = new(stream);
        return Parse(reader.ReadToEnd()).Single();
    }

    /// <summary>Parses the models of a program.</summary>
    /// <param name="sources">Its files, C#.</param>
    /// <returns>Its models, as the generated assembly attributes carry them.</returns>
    /// <exception cref="InvalidOperationException">They do not compile; the message lists the errors.</exception>
    public static IReadOnlyList<ModelSpec> Parse(params string[] sources)
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Models",
            [.. sources.Select(s => CSharpSyntaxTree.ParseText(s))],
            [
                .. Directory.GetFiles(runtime, "System*.dll")
                    .Append(typeof(KernelModelAttribute).Assembly.Location)
                    .Select(p => MetadataReference.CreateFromFile(p)),
            ],
            new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        CSharpGeneratorDriver.Create(new generators::Kml.Generators.ModelGenerator())
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        string[] errors = [.. output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString())];
        return errors.Length > 0
            ? throw new InvalidOperationException(string.Join('\n', errors))
            : [.. output.Assembly.GetAttributes()
                .Where(a => a.AttributeClass?.Name == nameof(KmlModelAttribute))
                .Select(a => ModelText.Read((string)a.ConstructorArguments[1].Value!))];
    }
}
