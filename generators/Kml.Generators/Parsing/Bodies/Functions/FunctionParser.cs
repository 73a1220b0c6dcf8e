using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Kml.Generators.Parsing.Bodies.Proofs;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies.Functions;

/// <summary>Translates a method of the user's to a function of the model's.</summary>
/// <param name="functions">The functions that it can call.</param>
/// <param name="findings">Receives what is wrong.</param>
/// <param name="cancellation">Ends the work early.</param>
internal sealed class FunctionParser(FunctionRegistry functions, Findings findings, CancellationToken cancellation)
{
    private readonly List<Parameter> _parameters = [];

    // Those that C# names, each beside its parameter; null for the result and for the struct whose member the method is.
    private readonly List<IParameterSymbol?> _symbols = [];

    /// <summary>Translates a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="self">The struct whose member it is; null for a static method.</param>
    /// <param name="places">The places that its arguments are: a span has their length.</param>
    /// <param name="result">The array or struct that it returns; null for none.</param>
    /// <param name="name">The function's name.</param>
    /// <returns>The function; without meaning if anything was reported.</returns>
    public Method? Parse(IMethodSymbol method, DataType? self, IReadOnlyList<Binding?> places, DataType? result, string name)
    {
        if (Body(method) is not { } body)
        {
            findings.LeaveToCompiler();
            return null;
        }

        ScalarType? scalar = method.ReturnType.Scalar();
        BodyScope scope = new(BodyKind.Function, scalar, 0, LoopAttribute.Of(method), cancellation);
        if (result is not null)
            scope.ResultPlace = Add(scope, null, "result", result, isWritten: true);
        if (self is not null)
            scope.This = Add(scope, null, "this", self, isWritten: !method.IsReadOnly);
        Resolve(scope, method.OriginalDefinition.TypeParameters, method.TypeArguments);
        Resolve(scope, method.ContainingType.OriginalDefinition.TypeParameters, method.ContainingType.TypeArguments);
        for (int i = 0; i < method.Parameters.Length; i++)
        {
            if (!Add(scope, method.Parameters[i], places[i]))
                return null;
        }

        // What it was given by one reference may be what it was given by another.
        scope.Referred.UnionWith(_parameters.Where(p => p.Kind is ParameterKind.Reference or ParameterKind.State).Select(p => p.Name));
        Block block = BodyTranslator.Translate(scope, body, functions, findings);
        ISet<string> written = Operands.WrittenRoots(block, functions.Known);

        // What C# hands over by value is the method's own to change: where it does, it works on a copy.
        List<Statement> copies = [];
        for (int i = 0; i < _parameters.Count; i++)
        {
            Parameter parameter = _parameters[i];
            IParameterSymbol? symbol = _symbols[i];
            if (parameter is { Kind: ParameterKind.Reference, Data: { } data } && symbol is { RefKind: RefKind.None } && symbol.Type.SpanElement() is null
                && written.Contains(parameter.Name))
            {
                string given = scope.Fresh(parameter.Name + "_given");
                _parameters[i] = parameter with { Name = given, IsWritten = false };
                copies.Add(new Declare(parameter.Name, data));
                copies.Add(new Copy(new VariablePlace(parameter.Name), new VariablePlace(given), data));
            }
            else if (symbol is null or { RefKind: RefKind.None } && parameter.Kind is not ParameterKind.Scalar)
            {
                _parameters[i] = parameter with { IsWritten = written.Contains(parameter.Name) };
            }
        }

        Method function = new(name, _parameters.ToEquatableArray(), new Block(copies.Concat(block.Statements).ToEquatableArray()), scalar);
        return BodyBounds.Prove(function, scope, functions, findings);
    }

    private static void Resolve(BodyScope scope, IReadOnlyList<ITypeParameterSymbol> parameters, IReadOnlyList<ITypeSymbol> arguments)
    {
        for (int i = 0; i < parameters.Count; i++)
            scope.TypeArguments[parameters[i]] = arguments[i];
    }

    /// <summary>Whether a constructor has a body, which is all that it does.</summary>
    /// <param name="constructor">The constructor.</param>
    /// <returns>False for a primary one, and for one that calls another.</returns>
    public static bool HasBody(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is ConstructorDeclarationSyntax { Initializer: null };

    private IBlockOperation? Body(IMethodSymbol method)
    {
        SyntaxNode? syntax = method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation);
        return syntax is null ? null : functions.Semantics(syntax.SyntaxTree).GetOperation(syntax, cancellation) switch
        {
            IMethodBodyOperation body => body.BlockBody ?? body.ExpressionBody,
            IConstructorBodyOperation { Initializer: null } body => body.BlockBody ?? body.ExpressionBody,
            ILocalFunctionOperation body => body.Body,
            IBlockOperation body => body,
            _ => null,
        };
    }

    private Binding Add(BodyScope scope, ISymbol? symbol, string name, DataType data, bool isWritten)
    {
        bool isState = data is StructData { Name: DataTypeMap.State };
        Parameter parameter = isState
            ? new Parameter(name, ParameterKind.State, IsWritten: isWritten)
            : new Parameter(name, ParameterKind.Reference, Data: data, IsWritten: isWritten);
        Binding binding = new(new VariablePlace(name), data, isWritten);
        _parameters.Add(parameter);
        _symbols.Add(symbol as IParameterSymbol);
        scope.Add(symbol?.OriginalDefinition, parameter, binding);
        return binding;
    }

    private bool Add(BodyScope scope, IParameterSymbol symbol, Binding? place)
    {
        string name = scope.Fresh(symbol.Name);
        bool isByRef = symbol.RefKind is RefKind.Ref or RefKind.Out;
        if (EventCatalog.ByClrName(symbol.Type.ToDisplayString()) is { } info)
        {
            Parameter parameter = new(name, ParameterKind.Event, info.Kind, IsWritten: isByRef);
            _parameters.Add(parameter);
            _symbols.Add(symbol);
            scope.Add(symbol.OriginalDefinition, parameter, null);
        }
        else if (symbol.Type.SpanElement() is not null)
        {
            if (place?.Data is not ArrayData)
                return Refuse(symbol);
            Add(scope, symbol, name, place.Data, isWritten: symbol.Type.Name == "Span");
        }
        else if (symbol.Type.Scalar() is { } scalar && symbol.RefKind == RefKind.None)
        {
            Parameter parameter = new(name, ParameterKind.Scalar, Type: scalar);
            _parameters.Add(parameter);
            _symbols.Add(symbol);
            scope.Add(symbol.OriginalDefinition, parameter, new Binding(new VariablePlace(name), new ScalarData(scalar), CanWrite: true));
        }
        else if (symbol.Type.Data(functions.Types) is { } data)
        {
            Add(scope, symbol, name, data, isWritten: isByRef || symbol.RefKind == RefKind.None);
        }
        else
        {
            return Refuse(symbol);
        }

        return true;
    }

    private bool Refuse(IParameterSymbol symbol)
    {
        Refusal refusal = Refuser.TypeRefusal(symbol.Type);
        findings.Report(SourceRules.OutsideSubset, symbol.Locations[0], refusal.What, refusal.Remedy);
        return false;
    }
}
