using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Kml.Generators.Parsing.Bodies.Values;
using Kml.Model;
using Kml.Model.Text;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing.Bodies;

/// <summary>What a body belongs to, which decides what it may do.</summary>
internal enum BodyKind
{
    /// <summary>Writes state; integers only.</summary>
    Update,

    /// <summary>Writes features.</summary>
    Features,

    /// <summary>Returns the label.</summary>
    Label,

    /// <summary>Returns yes or no.</summary>
    Verdict,

    /// <summary>Pulls levers.</summary>
    Policy,

    /// <summary>Is called by others, and does what these give it the means for.</summary>
    Function,
}

/// <summary>What the names in a body stand for, and the statements that have come of it.</summary>
internal sealed class BodyScope
{
    /// <summary>
    /// How deep statements and expressions may nest: no stack of the compiler's, the build's or gcc's is at risk, and each level takes
    /// up to three of the <see cref="SExpression.MaxDepth"/> of the canonical text.
    /// </summary>
    public const int MaxDepth = 256;

    /// <summary>How many loops may lie within each other.</summary>
    public const int MaxLoopDepth = 16;

    /// <summary>How many sections with patterns a switch may have: they are tested one within the other.</summary>
    public const int MaxPatterns = 256;

    private readonly Dictionary<ISymbol, Parameter> _parameters = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, Binding> _bindings = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> _used = [];

    /// <summary>Makes the scope of a method.</summary>
    /// <param name="kind">What the method is.</param>
    /// <param name="result">The type that a return gives to the model: U32 for a class; null for void.</param>
    /// <param name="featureCount">How many features the body may write; 0 if none, or if the number is wrong anyhow.</param>
    /// <param name="bound">How many turns its loops take at the most, by the user's word; null without one.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public BodyScope(BodyKind kind, ScalarType? result, int featureCount, int? bound, CancellationToken cancellation)
    {
        Cancellation = cancellation;
        Kind = kind;
        Result = result;
        FeatureCount = featureCount;
        Bound = bound;
    }

    /// <summary>What the method is.</summary>
    public BodyKind Kind { get; }

    /// <summary>The type that a return gives to the model; null for void.</summary>
    public ScalarType? Result { get; }

    /// <summary>Where an array or a struct that the body returns goes; null where it returns none.</summary>
    public Binding? ResultPlace { get; set; }

    /// <summary>How many features the body may write.</summary>
    public int FeatureCount { get; }

    /// <summary>How many turns its loops take at the most, by the user's word.</summary>
    public int? Bound { get; }

    /// <summary>Ends the work early.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>How deep the translation is in the body.</summary>
    public int Depth { get; set; }

    /// <summary>How many loops lie around what is being translated.</summary>
    public int LoopDepth { get; set; }

    /// <summary>Whether the body was found to nest too deep, which is said once.</summary>
    public bool IsTooDeep { get; set; }

    /// <summary>The struct that the body is a member of, by the name of its parameter; null for a static method.</summary>
    public Binding? This { get; set; }

    /// <summary>Where the next statement goes.</summary>
    public List<Statement> Statements { get; private set; } = [];

    /// <summary>Names that stand for one place or another, and what they may be parts of: a write of one may be a write of any.</summary>
    public HashSet<string> Referred { get; } = [];

    /// <summary>The symbols of such, of which not all have a name yet: in a loop, what comes behind comes before, too.</summary>
    public HashSet<ISymbol> Movable { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>The names that stand for one place or another.</summary>
    public HashSet<string> Moved { get; } = [];

    /// <summary>What a generic method's type parameters are in this use of it.</summary>
    public Dictionary<ISymbol, ITypeSymbol> TypeArguments { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>A type, or what a type parameter stands for.</summary>
    public ITypeSymbol? Resolved(ITypeSymbol? type) =>
        type is ITypeParameterSymbol && TypeArguments.TryGetValue(type, out ITypeSymbol? argument) ? argument : type;

    /// <summary>What stands before all else in the body.</summary>
    public List<Statement> Top { get; } = [];

    /// <summary>The loops that were begun, in the order of their beginning, by what C# writes there.</summary>
    public List<SyntaxNode> Loops { get; } = [];

    /// <summary>The loops and switches under way, the innermost last.</summary>
    public List<Way> Ways { get; } = [];

    /// <summary>Adds a parameter.</summary>
    /// <param name="symbol">The parameter in C#; null for one that C# does not name.</param>
    /// <param name="parameter">The parameter in the model.</param>
    /// <param name="binding">What it is or refers to; null where only some of it can be seen, as of an event.</param>
    public void Add(ISymbol? symbol, Parameter parameter, Binding? binding)
    {
        _used.Add(parameter.Name);
        if (symbol is null)
            return;
        _parameters[symbol] = parameter;
        if (binding is not null)
            _bindings[symbol] = binding;
    }

    /// <summary>The parameter that a symbol stands for, or null.</summary>
    public Parameter? Parameter(ISymbol? symbol) =>
        symbol is not null && _parameters.TryGetValue(symbol, out Parameter? parameter) ? parameter : null;

    /// <summary>The place that a local or a parameter stands for, or null.</summary>
    public Binding? Place(ISymbol? symbol) => symbol is not null && _bindings.TryGetValue(symbol, out Binding? binding) ? binding : null;

    /// <summary>Lets a local stand for a place.</summary>
    public void Bind(ISymbol symbol, Binding binding) => _bindings[symbol] = binding;

    /// <summary>Makes a local.</summary>
    /// <returns>Where it lies.</returns>
    public Binding Local(ILocalSymbol symbol, DataType data)
    {
        string name = Fresh(symbol.Name);
        if (Movable.Contains(symbol))
            Referred.Add(name);
        Binding binding = new(new VariablePlace(name), data, CanWrite: true);
        _bindings[symbol] = binding;
        return binding;
    }

    /// <summary>A name that is unique within the body: C# lets disjoint blocks use one name for different variables.</summary>
    /// <param name="stem">What it should be.</param>
    public string Fresh(string stem)
    {
        string name = stem;
        for (int i = 2; !_used.Add(name); i++)
            name = stem + "_" + i.ToString(CultureInfo.InvariantCulture);
        return name;
    }

    /// <summary>Declares a local at the top of the body: C# reads it also behind the block in which its first value stands.</summary>
    /// <param name="local">The local.</param>
    /// <returns>The local.</returns>
    public Binding AtTop(Binding local)
    {
        string name = ((VariablePlace)local.Place).Name;
        Top.Add(local.Scalar is { } scalar ? new Let(name, Constants.Zero(scalar)) : new Declare(name, local.Data));
        return local;
    }

    /// <summary>Whether a name is that of a parameter of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="name">The name of a variable or parameter.</param>
    /// <returns>True if it is.</returns>
    public bool IsOf(ParameterKind kind, string name) => _parameters.Values.Any(p => p.Name == name && p.Kind == kind);

    /// <summary>Gathers statements apart from those before.</summary>
    /// <param name="translate">Translates something.</param>
    /// <returns>What came of it, and the statements.</returns>
    public (T Value, List<Statement> Statements) Apart<T>(System.Func<T> translate)
    {
        List<Statement> outer = Statements;
        Statements = [];
        T value = translate();
        List<Statement> own = Statements;
        Statements = outer;
        return (value, own);
    }

    /// <summary>Keeps a value as it is now: what follows may change what it is made of.</summary>
    /// <param name="value">The value.</param>
    /// <param name="stem">What the variable that holds it should be called.</param>
    /// <param name="at">Before which of the statements that is done; by default behind all.</param>
    /// <returns>The value, wherever it is read.</returns>
    public Expression Keep(Expression value, string stem, int? at = null)
    {
        if (value is Constant)
            return value;
        string name = Fresh(stem);
        Statements.Insert(at ?? Statements.Count, new Let(name, value));
        return Read.Variable(value.Type, name);
    }
}

/// <summary>A loop or a switch under way.</summary>
/// <param name="Exit">Where C# goes by break.</param>
/// <param name="Continue">Where it goes by continue; null for a switch.</param>
internal sealed record Way(ISymbol Exit, ISymbol? Continue);
