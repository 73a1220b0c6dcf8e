using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
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
}

/// <summary>What the names in a body stand for.</summary>
internal sealed class BodyScope
{
    /// <summary>
    /// How deep statements and expressions may nest: no stack of the compiler's, the build's or gcc's is at risk, and each level takes
    /// up to three of the <see cref="SExpression.MaxDepth"/> of the canonical text.
    /// </summary>
    public const int MaxDepth = 256;

    private readonly Dictionary<ISymbol, Parameter> _parameters = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, string> _locals = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> _used = [];

    /// <summary>Makes the scope of a method.</summary>
    /// <param name="kind">What the method is.</param>
    /// <param name="method">The method.</param>
    /// <param name="parameters">Its parameters, one for each of the symbol's.</param>
    /// <param name="result">The type that a return gives to the model: U32 for a class; null for void.</param>
    /// <param name="featureCount">How many features the body may write; 0 if none, or if the number is wrong anyhow.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public BodyScope(
        BodyKind kind,
        IMethodSymbol method,
        IEnumerable<Parameter> parameters,
        ScalarType? result,
        int featureCount,
        CancellationToken cancellation)
    {
        Cancellation = cancellation;
        Kind = kind;
        Result = result;
        FeatureCount = featureCount;
        foreach ((IParameterSymbol symbol, Parameter parameter) in method.Parameters.Zip(parameters, (s, p) => (s, p)))
        {
            _parameters.Add(symbol, parameter);
            _used.Add(parameter.Name);
        }
    }

    /// <summary>What the method is.</summary>
    public BodyKind Kind { get; }

    /// <summary>The type that a return gives to the model; null for void.</summary>
    public ScalarType? Result { get; }

    /// <summary>How many features the body may write.</summary>
    public int FeatureCount { get; }

    /// <summary>Ends the work early.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>How deep the translation is in the body.</summary>
    public int Depth { get; set; }

    /// <summary>Whether the body was found to nest too deep, which is said once.</summary>
    public bool IsTooDeep { get; set; }

    /// <summary>The parameter that a symbol stands for, or null.</summary>
    public Parameter? Parameter(ISymbol? symbol) =>
        symbol is not null && _parameters.TryGetValue(symbol, out Parameter? parameter) ? parameter : null;

    /// <summary>
    /// The name of a local, unique within the body: C# lets disjoint blocks use one name for different variables.
    /// </summary>
    public string Local(ILocalSymbol symbol)
    {
        if (_locals.TryGetValue(symbol, out string? name))
            return name;

        name = symbol.Name;
        for (int i = 2; !_used.Add(name); i++)
            name = symbol.Name + "_" + i.ToString(CultureInfo.InvariantCulture);
        _locals.Add(symbol, name);
        return name;
    }
}
