using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Kml.Generators.Tests.Harness;

/// <summary>Compiles sources against the running framework and the library that models are declared with.</summary>
internal static class TestCompilation
{
    public const string ModelPath = "Model.cs";
    public const string UnrelatedPath = "Unrelated.cs";

    public static readonly IReadOnlyList<MetadataReference> References =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(p => Path.GetFileName(p) is "Kml.dll" or "Kml.Model.dll" || Path.GetDirectoryName(p) == Path.GetDirectoryName(typeof(object).Assembly.Location))
        .Select(p => MetadataReference.CreateFromFile(p))
        .ToList();

    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    public static readonly CSharpCompilationOptions Options =
        new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);

    /// <summary>A compilation of a model and of a second file that has nothing to do with it.</summary>
    public static CSharpCompilation Of(string source, bool checkOverflow = false, CSharpParseOptions? parseOptions = null) => CSharpCompilation.Create(
        "Models",
        [
            Parse(source, ModelPath, parseOptions),
            Parse("internal static class Unrelated { public static int Value { get { return 1; } } }", UnrelatedPath, parseOptions),
        ],
        References,
        Options.WithOverflowChecks(checkOverflow));

    public static SyntaxTree Parse(string source, string path, CSharpParseOptions? options = null) =>
        CSharpSyntaxTree.ParseText(source, options ?? ParseOptions, path);
}
