using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Kml.Generators.Parsing.Bodies.Values;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Kml.Model.Lowering.Ranges;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing.Bodies.Functions;

/// <summary>
/// The user's methods that a model's bodies call, and the tables that they read: each is translated once for each shape in which it is called, after those
/// that it calls itself.
/// </summary>
/// <param name="project">The assembly that is being compiled: an editor has the source of others, too, which a build has not.</param>
/// <param name="library">The library's own source, and the semantic model of any tree: a method may be in any of the project's files.</param>
/// <param name="state">The type of the model's state; null without one.</param>
/// <param name="findings">Receives what is wrong.</param>
/// <param name="cancellation">Ends the work early.</param>
internal sealed class FunctionRegistry(
    IAssemblySymbol project,
    LibrarySource library,
    ITypeSymbol? state,
    Findings findings,
    CancellationToken cancellation)
{
    private readonly List<Method> _functions = [];
    private readonly Dictionary<string, Method?> _byShape = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<ISymbol, TablePlace?> _tables = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, IReadOnlyList<SyntaxNode>> _changes = new(SymbolEqualityComparer.Default);

    /// <summary>The most functions that a model may have.</summary>
    public const int Most = 256;

    /// <summary>The types that places of the model's bodies may have.</summary>
    public ModelTypes Types { get; } = new(project, state);

    /// <summary>The functions, each after those that it calls.</summary>
    public IReadOnlyList<Method> Functions => _functions;

    /// <summary>The functions by name.</summary>
    public ModelFunctions Known { get; } = new([]);

    /// <summary>The fields of an event.</summary>
    public static StructData EventData(EventKind kind) => new(kind.ToString(), kind.Info().Fields);

    /// <summary>The semantic model of a tree.</summary>
    public SemanticModel Semantics(SyntaxTree tree) => library.Semantics(tree);

    /// <summary>The table that a static field or property is; null where it is none.</summary>
    public TablePlace? Table(ISymbol symbol, CancellationToken stop)
    {
        if (!IsOfProject(symbol) || TableTooLong(symbol, stop) is not null)
            return null;
        if (!_tables.TryGetValue(symbol, out TablePlace? table))
            _tables.Add(symbol, table = ConstantTable.Of(symbol, library.Semantics, stop));
        return table;
    }

    /// <summary>How many elements a table has that has too many; null where it has not.</summary>
    public static int? TableTooLong(ISymbol symbol, CancellationToken stop) =>
        ConstantTable.Count(symbol, stop) is > LoopBounds.Most and int count ? count : null;

    /// <summary>Where the elements of a table may be changed, but for where it is used.</summary>
    /// <param name="symbol">The field or property.</param>
    /// <param name="use">Where it is used: a write there is refused as one.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <returns>The place of a change; null where there is none.</returns>
    public Location? Change(ISymbol symbol, SyntaxNode use, CancellationToken stop)
    {
        if (!ConstantTable.IsKept(symbol))
            return null;
        if (!_changes.TryGetValue(symbol, out IReadOnlyList<SyntaxNode> changes))
            _changes.Add(symbol, changes = TableWrites.Of(symbol, library.Semantics, stop));
        return changes.FirstOrDefault(c => c.SyntaxTree != use.SyntaxTree || !use.Span.Contains(c.Span))?.GetLocation();
    }

    /// <summary>The constant that a static readonly scalar holds; null where it is none.</summary>
    public Constant? Scalar(IFieldSymbol field, CancellationToken stop) => IsOfProject(field) ? ConstantTable.Scalar(field, library.Semantics, stop) : null;

    /// <summary>A method as its source has it, where the library's travels with the generator.</summary>
    public IMethodSymbol WithSource(IMethodSymbol method) => library.Find(method);

    private bool IsOfProject(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, project);

    /// <summary>Finds a method as a function, and translates it if it was not called in this shape before.</summary>
    /// <param name="method">The method that C# has chosen.</param>
    /// <param name="self">The struct that it is called on; null for none.</param>
    /// <param name="places">The places that its arguments are, null for those that are scalars by value.</param>
    /// <param name="result">The array or struct that it returns; null for none.</param>
    /// <param name="at">Where it is called.</param>
    /// <param name="refuser">Says what cannot be called.</param>
    /// <returns>The function; null where there is none, which was reported.</returns>
    public Method? Find(IMethodSymbol method, Binding? self, IReadOnlyList<Binding?> places, DataType? result, IOperation at, Refuser refuser)
    {
        if (!IsOfProject(method) && !library.Has(method))
        {
            refuser.Refuse(at, Refusal.OfCall(method, FunctionRemedies.For(method) ?? ForeignRemedies.For(method)));
            return null;
        }

        string shape = method.ToDisplayString() + Shape(method, places) + Origin(method);
        if (_byShape.TryGetValue(shape, out Method? known))
            return known;
        if (_byShape.Count + _open.Count >= Most)
        {
            string what = FormattableString.Invariant($"'{method.Name}', behind {Most} methods and forms of methods,");
            refuser.Refuse(at, new Refusal(what, "call fewer, of fewer types and lengths of spans"));
            return null;
        }

        if (!_open.Add(shape))
        {
            refuser.Refuse(at, new Refusal($"'{method.Name}', which calls itself,", "write a loop with a bound"));
            return null;
        }

        int holes = findings.Holes;
        Method? function = new FunctionParser(this, findings, cancellation).Parse(method, self?.Data, places, result, Name(method));
        _open.Remove(shape);

        // What is wrong within is said there, once.
        if (findings.Holes > holes)
            function = null;
        _byShape[shape] = function;
        if (function is null)
            return null;
        _functions.Add(function);
        Known.Add(function);
        return function;
    }

    /// <summary>Why a method cannot be called; null if it can.</summary>
    public static Refusal? Problem(IMethodSymbol method)
    {
        if (method.DeclaringSyntaxReferences.Length == 0)
            return Refusal.OfCall(method, FunctionRemedies.For(method) ?? ForeignRemedies.For(method));

        // What an extension block is called in metadata, no user sees.
        bool isOperator = method.MethodKind is MethodKind.UserDefinedOperator or MethodKind.Conversion;
        if (!isOperator && (method.ContainingType.Name.Length == 0 || method.ContainingType.Name[0] == '<'))
        {
            string block = $"'{(method.AssociatedSymbol ?? method).Name}' of an extension block";
            return new Refusal(block, "write it as an extension method, with 'this' before its first parameter");
        }

        string what = $"A call of '{method.Name}'";
        return method switch
        {
            { MethodKind: MethodKind.UserDefinedOperator } => new Refusal("An operator of your own", "write a method, and call it"),
            { MethodKind: MethodKind.Conversion } => new Refusal("A conversion of your own", "write a method, and call it"),
            { MethodKind: MethodKind.Constructor } when !FunctionParser.HasBody(method) =>
                new Refusal($"The constructor of '{method.ContainingType.Name}'", "use a record struct, or a constructor with a body that calls no other"),
            { IsAsync: true } => new Refusal(what + ", which is async,", "the kernel cannot wait here"),
            { IsExtern: true } or { IsAbstract: true } or { IsVirtual: true } or { IsOverride: true } =>
                new Refusal(what + ", of which no code is here,", "call a static method, or one of a struct"),
            { ReturnsByRef: true } or { ReturnsByRefReadonly: true } => new Refusal(what + ", which returns a reference,", "return a value"),
            { IsStatic: false, MethodKind: not MethodKind.LocalFunction, ContainingType.TypeKind: not TypeKind.Struct } =>
                new Refusal(what + ", which is not static,", "a model has no instances; make it static"),
            _ when method.GetAttributes().Any(a => a.AttributeClass is { } type && KmlNames.Roles.Any(r => type.IsNamed(r))) =>
                new Refusal(what + ", which is a method of the model's own,", "put what they share into a method without an attribute"),
            _ => null,
        };
    }

    // A span has the length of what it is taken of, so that each length makes a function of its own.
    private static string Shape(IMethodSymbol method, IReadOnlyList<Binding?> places) => string.Concat(
        method.Parameters.Zip(places, (p, place) => p.Type.SpanElement() is not null && place?.Data is ArrayData { Length: var length }
            ? "," + length.ToString(CultureInfo.InvariantCulture)
            : ","));

    // Local functions of two bodies, and methods of classes that are local to their files, may have one name and signature.
    private static string Origin(IMethodSymbol method) =>
        string.Concat(method.DeclaringSyntaxReferences.Select(r => FormattableString.Invariant($" {r.SyntaxTree.FilePath}:{r.Span.Start}")));

    private string Name(IMethodSymbol method)
    {
        string stem = method.MethodKind switch
        {
            MethodKind.PropertyGet => method.AssociatedSymbol!.MetadataName,
            MethodKind.Constructor => "New" + method.ContainingType.Name,
            _ => method.Name,
        };
        string name = stem;
        for (int i = 2; !_names.Add(name); i++)
            name = stem + "_" + i.ToString(CultureInfo.InvariantCulture);
        return name;
    }
}
