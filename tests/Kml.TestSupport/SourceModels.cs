extern alias generators;

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

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

    /// <summary>Parses the models of a program.</summary>
    /// <param name="sources">Its files, C#.</param>
    /// <returns>Its models, as the generated assembly attributes carry them.</returns>
    /// <exception cref="InvalidOperationException">They do not compile; the message lists the errors.</exception>
    public static IReadOnlyList<ModelSpec> Parse(params string[] sources) => Carried(Compile(sources));

    /// <summary>Compiles a program to an assembly and its .pdb, which names its files <c>0.cs</c>, <c>1.cs</c> and so on.</summary>
    /// <param name="path">The assembly.</param>
    /// <param name="sources">Its files, C#.</param>
    /// <exception cref="InvalidOperationException">They do not compile; the message lists the errors.</exception>
    public static void Emit(string path, params string[] sources)
    {
        using FileStream assembly = File.Create(path), symbols = File.Create(Path.ChangeExtension(path, ".pdb"));
        EmitResult result = Compile(sources).Emit(assembly, symbols);
        if (!result.Success)
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
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

    private static Compilation Compile(string[] sources)
    {
        Compilation output = Generated(Empty.AddSyntaxTrees(sources.Select(
            (s, i) => CSharpSyntaxTree.ParseText(s, path: FormattableString.Invariant($"{i}.cs"), encoding: Encoding.UTF8))));
        string[] errors = [.. output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString())];
        return errors.Length > 0 ? throw new InvalidOperationException(string.Join('\n', errors)) : output;
    }

    private static IEnumerable<System.Collections.Immutable.ImmutableArray<TypedConstant>> Arguments(Compilation output, string attribute) =>
        output.Assembly.GetAttributes().Where(a => a.AttributeClass?.Name == attribute).Select(a => a.ConstructorArguments);
}
