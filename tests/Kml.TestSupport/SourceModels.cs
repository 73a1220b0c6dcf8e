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
    public static IReadOnlyList<ModelSpec> Parse(params string[] sources) =>
    [
        .. Compile(sources).Assembly.GetAttributes()
            .Where(a => a.AttributeClass?.Name == nameof(KmlModelAttribute))
            .Select(a => ModelText.Read((string)a.ConstructorArguments[1].Value!)),
    ];

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

    private static Compilation Compile(string[] sources)
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Models",
            [.. sources.Select((s, i) => CSharpSyntaxTree.ParseText(s, path: FormattableString.Invariant($"{i}.cs"), encoding: Encoding.UTF8))],
            [
                .. Directory.GetFiles(runtime, "System*.dll")
                    .Append(typeof(KernelModelAttribute).Assembly.Location)
                    .Select(p => MetadataReference.CreateFromFile(p)),
            ],
            new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        CSharpGeneratorDriver.Create(new generators::Kml.Generators.ModelGenerator())
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        string[] errors = [.. output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString())];
        return errors.Length > 0 ? throw new InvalidOperationException(string.Join('\n', errors)) : output;
    }
}
