using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Kml.KmodGen.Bodies;
using Kml.Model;
using Kml.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Kml.Programs.Trial;

/// <summary>A C# file of models: compiled by C#, and read by the generator.</summary>
internal sealed class ProgramFile : IDisposable
{
    private readonly AssemblyLoadContext _context = new(null, isCollectible: true);

    private ProgramFile(SyntaxTree source)
    {
        CSharpCompilation compilation = SourceModels.Compilation(source);
        using MemoryStream stream = new();
        EmitResult emitted = compilation.Emit(stream);
        if (!emitted.Success)
            throw new RefusedException("C#", emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString()));
        Compilation generated = SourceModels.Generated(compilation);
        if (SourceModels.Refused(generated) is { Count: > 0 } refused)
            throw new RefusedException("the generator", refused);
        Models = SourceModels.Carried(generated);

        stream.Position = 0;
        Assembly assembly = _context.LoadFromStream(stream);
        Dictionary<string, Type> homes = assembly.GetTypes()
            .Select(t => (Type: t, Attribute: t.GetCustomAttributesData().FirstOrDefault(a => a.AttributeType == typeof(KernelModelAttribute))))
            .Where(t => t.Attribute is not null)
            .ToDictionary(t => (string)t.Attribute!.ConstructorArguments[0].Value!, t => t.Type);
        Programs = [.. Models.SelectMany(m => Of(m, BodyCall.Of(homes[m.Name], m)))];
    }

    /// <summary>Its models, as the build reads them.</summary>
    public IReadOnlyList<ModelSpec> Models { get; }

    /// <summary>Its programs: five a model, where the model has all methods.</summary>
    public IReadOnlyList<DrawnProgram> Programs { get; }

    /// <summary>Compiles a file.</summary>
    /// <param name="source">C#.</param>
    /// <exception cref="RefusedException">C# or the generator does not take it.</exception>
    public static ProgramFile Of(string source) => new(CSharpSyntaxTree.ParseText(source));

    /// <summary>Compiles a file that is parsed already.</summary>
    /// <param name="source">C#.</param>
    /// <exception cref="RefusedException">C# or the generator does not take it.</exception>
    public static ProgramFile Of(SyntaxTree source) => new(source);

    /// <inheritdoc/>
    public void Dispose() => _context.Unload();

    private static IEnumerable<DrawnProgram> Of(ModelSpec model, BodyCall call)
    {
        (BodyRole Role, Method? Method)[] methods =
        [
            (BodyRole.Update, model.Updates.FirstOrDefault()), (BodyRole.Features, model.Features.Method), (BodyRole.Label, model.Label.Method),
            (BodyRole.Verdict, model.Verdict), (BodyRole.Policy, model.Policy),
        ];
        return methods.Where(m => m.Method is not null).Select(m => new DrawnProgram(model, m.Role, m.Method!, call));
    }
}
