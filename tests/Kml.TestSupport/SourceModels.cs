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
    // Read once: they are the same for all sources, and a compilation that meets the same ones again knows their types already.
    private static readonly MetadataReference[] References =
    [
        .. Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System*.dll")
            .Append(typeof(KernelModelAttribute).Assembly.Location)
            .Select(p => MetadataReference.CreateFromFile(p)),
    ];

    private static readonly CSharpCompilation Empty =
        CSharpCompilation.Create("Models", references: References, options: new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

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

    /// <summary>Parses the models of a source.</summary>
    /// <param name="source">C#.</param>
    /// <returns>Its models, as the generated assembly attributes carry them.</returns>
    /// <exception cref="InvalidOperationException">The source does not compile; the message lists the errors.</exception>
    public static IReadOnlyList<ModelSpec> Parse(string source)
    {
        Compilation output = Generated(Compilation(CSharpSyntaxTree.ParseText(source)));
        string[] errors = [.. output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString())];
        return errors.Length > 0 ? throw new InvalidOperationException(string.Join('\n', errors)) : Carried(output);
    }

    /// <summary>A compilation against the running framework and the library that models are declared with.</summary>
    /// <param name="source">The one source.</param>
    /// <returns>The compilation, before anything is generated.</returns>
    public static CSharpCompilation Compilation(SyntaxTree source) => Empty.AddSyntaxTrees(source);

    /// <summary>A compilation with what the generator adds to it.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <returns>Both.</returns>
    public static Compilation Generated(CSharpCompilation compilation)
    {
        CSharpGeneratorDriver.Create(new generators::Kml.Generators.ModelGenerator())
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        return output;
    }

    /// <summary>The models that a compilation's assembly carries, read as the build reads them.</summary>
    /// <param name="output">The compilation, with what was generated.</param>
    /// <returns>The models.</returns>
    public static IReadOnlyList<ModelSpec> Carried(Compilation output) =>
        [.. Arguments(output, nameof(KmlModelAttribute)).Select(a => ModelText.Read((string)a[1].Value!))];

    /// <summary>What a compilation's assembly carries of classes that cannot be models.</summary>
    /// <param name="output">The compilation, with what was generated.</param>
    /// <returns>A line each.</returns>
    public static IReadOnlyList<string> Refused(Compilation output) =>
        [.. Arguments(output, nameof(KmlRefusalAttribute)).Select(a => string.Join(' ', a.Select(v => v.Value)))];

    private static IEnumerable<System.Collections.Immutable.ImmutableArray<TypedConstant>> Arguments(Compilation output, string attribute) =>
        output.Assembly.GetAttributes().Where(a => a.AttributeClass?.Name == attribute).Select(a => a.ConstructorArguments);
}
