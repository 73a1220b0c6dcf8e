using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Kml.Generators.Parsing.Bodies;
using Kml.Generators.Parsing.Bodies.Functions;
using Kml.Generators.Parsing.Bodies.Proofs;
using Kml.Generators.Parsing.Fixes;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Declarations;

/// <summary>Reads the methods of a model: their signatures, then their bodies.</summary>
/// <param name="state">The state's type, or null.</param>
/// <param name="observed">The events that the class observes.</param>
/// <param name="semantics">Gives the semantic model of a tree: the class may have parts in several files.</param>
/// <param name="functions">The functions that bodies call.</param>
/// <param name="findings">Receives what is wrong.</param>
/// <param name="cancellation">Ends the work early.</param>
internal sealed class MethodParser(
    INamedTypeSymbol? state,
    IReadOnlyCollection<EventKind> observed,
    Func<SyntaxTree, SemanticModel> semantics,
    FunctionRegistry functions,
    Findings findings,
    CancellationToken cancellation)
{
    private const string NotStatic = "is not static";

    private readonly string _stateName = state?.Name ?? "TState";

    /// <summary>Reads an update.</summary>
    public Method? Update(IMethodSymbol method)
    {
        string wanted = $"static void {method.Name}(in TEvent e, ref {_stateName} s)";
        return Shape(method, "Update", wanted, [RefKind.In, RefKind.Ref], p => IsVoid(method) && IsEvent(p[0]) && IsState(p[1]))
            ? Body(BodyKind.Update, method, [Event(method.Parameters[0]), State(method.Parameters[1])], null)
            : null;
    }

    /// <summary>Reads the features.</summary>
    public FeaturesSpec? Features(IMethodSymbol method, AttributeData attribute)
    {
        int count = attribute.Number(0);
        string wanted = $"static void {method.Name}(in TEvent e, in {_stateName} s, Span<float|Q16|int> x)";
        RefKind[] passing = method.Parameters.Length == 2 ? [RefKind.In, RefKind.None] : [RefKind.In, RefKind.In, RefKind.None];
        if (!Shape(method, "Features", wanted, passing, p => IsVoid(method) && IsEvent(p[0])
            && (p.Length == 2 || IsState(p[1])) && FeatureType(p[p.Length - 1]) is not null))
            return null;

        List<Parameter> parameters = [Event(method.Parameters[0])];
        if (method.Parameters.Length == 3)
            parameters.Add(State(method.Parameters[1]));
        IParameterSymbol span = method.Parameters[method.Parameters.Length - 1];
        ScalarType type = FeatureType(span)!.Value;
        parameters.Add(new Parameter(span.Name, ParameterKind.Features, null, type));

        int holes = findings.Holes;
        Method body = Body(BodyKind.Features, method, parameters, null, count);

        // A body with a hole in it, of which somebody else speaks, would look as if it wrote too little.
        IReadOnlyList<int> missing = count is >= 1 and <= ModelChecks.MaxFeatures ? FeatureCoverage.Missing(body, count, functions.Known) : [];
        if (findings.Holes == holes && missing.Count > 0)
        {
            string list = string.Join(", ", missing.Select(i => FormattableString.Invariant($"x[{i}]")));
            string declared = FormattableString.Invariant($"{count}");
            Fix clear = new(FixKind.Clear, AttributeReading.Escaped(span.Name));
            findings.Report(SourceRules.FeatureCount, attribute.Place(0), clear, declared, $"some way through it does not write {list}");
        }

        // What is read before it is written is 0, not what the last event left.
        bool isRead = Operands.All(body).SelectMany(Operands.Places).Any(p => Operands.Root(p) == span.Name);
        bool isCleared = isRead && missing.Count == 0 && count > 0;
        return new FeaturesSpec(count, type, isCleared ? body with { Body = Cleared(span.Name, type, count, body.Body) } : body);
    }

    private static Block Cleared(string features, ScalarType type, int count, Block body) =>
        new(body.Statements.Prepend(new Clear(new VariablePlace(features), new ArrayData(new ScalarData(type), count))).ToEquatableArray());

    /// <summary>Reads the label.</summary>
    public (LabelSpec Spec, LabelType Type)? Label(IMethodSymbol method)
    {
        string wanted = $"static float|int|Q16|bool|enum {method.Name}(in TFrom a, in TTo b), an enum's members being 0, 1, 2 and so on";
        LabelType? type = LabelType.Of(method.ReturnType);
        if (!Shape(method, "Label", wanted, [RefKind.In, RefKind.In], p => type is not null && IsEvent(p[0]) && IsEvent(p[1])))
            return null;

        Parameter from = Event(method.Parameters[0]);
        Parameter to = Event(method.Parameters[1]);
        Method body = Body(BodyKind.Label, method, [from, to], type!.Scalar);
        return (new LabelSpec(type.Scalar, type.Classes, from.Event!.Value, to.Event!.Value, body), type);
    }

    /// <summary>Reads the verdict.</summary>
    public Method? Verdict(IMethodSymbol method, LabelType? label, ITypeSymbol? labelSymbol)
    {
        string wanted = Decision($"static bool {method.Name}(in TFrom e, {Named(labelSymbol)} value", label);
        return Shape(method, "Verdict", wanted, Passing(RefKind.In, method), p => method.ReturnType.SpecialType == SpecialType.System_Boolean
                && IsEvent(p[0]) && IsLabel(p[1], labelSymbol) && p.Skip(2).All(ConfidenceParser.IsNamed))
            && label is not null
            && ConfidenceParser.Parse(method, label, findings) is { } confidences
                ? Body(BodyKind.Verdict, method, [Event(method.Parameters[0]), Scalar(method.Parameters[1], label), .. confidences], ScalarType.Bool)
                : null;
    }

    /// <summary>Reads the policy.</summary>
    public Method? Policy(IMethodSymbol method, LabelType? label, ITypeSymbol? labelSymbol)
    {
        string wanted = Decision($"static void {method.Name}(ref TFrom e, {Named(labelSymbol)} prediction", label);
        if (!Shape(method, "Policy", wanted, Passing(RefKind.Ref, method), p => IsVoid(method)
                && IsEvent(p[0]) && IsLabel(p[1], labelSymbol) && p.Skip(2).All(ConfidenceParser.IsNamed))
            || label is null
            || ConfidenceParser.Parse(method, label, findings) is not { } confidences)
            return null;

        Parameter at = Event(method.Parameters[0]);
        if (at.Event!.Value.Info().Levers.Count == 0)
        {
            string able = string.Join(", ", EventCatalog.All.Where(e => e.Levers.Count > 0).Select(e => e.Kind));
            findings.Report(SourceRules.NoLever, TypePlace(method.Parameters[0]), at.Event.Value.ToString(), able);
        }

        return Body(BodyKind.Policy, method, [at, Scalar(method.Parameters[1], label), .. confidences], null);
    }

    /// <summary>The shape of a method that decides, up to the value; of a class it may take the confidences, too.</summary>
    private static string Decision(string upToValue, LabelType? label) =>
        label is { Classes: > 0 } ? $"{upToValue}, {ConfidenceParser.Shape}), {ConfidenceParser.Names} as needed" : upToValue + ")";

    private static RefKind[] Passing(RefKind of, IMethodSymbol method) =>
        [of, RefKind.None, .. method.Parameters.Skip(2).Select(_ => RefKind.None)];

    private static string Named(ITypeSymbol? label) => label?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) ?? "TLabel";

    private static bool IsVoid(IMethodSymbol method) => method.ReturnsVoid && !method.IsAsync;

    private static EventKind? KindOf(ITypeSymbol type) =>
        type.ContainingNamespace?.Name == "Kml" ? EventCatalog.ByClrName(type.ToDisplayString())?.Kind : null;

    private static bool IsEvent(IParameterSymbol parameter) => KindOf(parameter.Type) is not null;

    private static bool IsLabel(IParameterSymbol parameter, ITypeSymbol? label) =>
        label is null || SymbolEqualityComparer.Default.Equals(parameter.Type, label);

    private static ScalarType? FeatureType(IParameterSymbol parameter) =>
        parameter is { Type: INamedTypeSymbol { Name: "Span", ContainingNamespace.Name: "System", TypeArguments.Length: 1 } span }
        && span.TypeArguments[0] is var element
        && element.TypeKind != TypeKind.Enum
        && element.Scalar() is ScalarType.F32 or ScalarType.Q16 or ScalarType.I32
            ? element.Scalar()
            : null;

    private static Parameter Scalar(IParameterSymbol parameter, LabelType label) => new(parameter.Name, ParameterKind.Scalar, null, label.Scalar);

    private static Parameter State(IParameterSymbol parameter) => new(parameter.Name, ParameterKind.State);

    /// <summary>Where a parameter's type stands.</summary>
    internal static Location TypePlace(IParameterSymbol parameter) =>
        parameter.DeclaringSyntaxReferences[0].GetSyntax() is ParameterSyntax { Type: { } type } ? type.GetLocation() : parameter.Locations[0];

    private bool IsState(IParameterSymbol parameter) => state is not null && SymbolEqualityComparer.Default.Equals(parameter.Type, state);

    private Parameter Event(IParameterSymbol parameter)
    {
        EventKind kind = KindOf(parameter.Type)!.Value;
        if (!observed.Contains(kind))
            findings.Report(SourceRules.NotObserved, TypePlace(parameter), new Fix(FixKind.Observe), kind.ToString(), parameter.ContainingSymbol.Name);
        return new Parameter(parameter.Name, ParameterKind.Event, kind);
    }

    /// <summary>Whether a method has the shape that its attribute asks for; reported where it has not.</summary>
    /// <param name="method">The method.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="wanted">The shape, in words.</param>
    /// <param name="passing">How each parameter is passed.</param>
    /// <param name="fits">Whether the result's and the parameters' types are right, of as many as there are to be.</param>
    private bool Shape(IMethodSymbol method, string attribute, string wanted, RefKind[] passing, Func<IParameterSymbol[], bool> fits)
    {
        if (method.ReturnType.TypeKind == TypeKind.Error || method.Parameters.Any(p => p.Type.TypeKind == TypeKind.Error))
        {
            findings.LeaveToCompiler();
            return false;
        }

        string? fault = Fault(method);
        bool isFitting = method.Parameters.Length == passing.Length && fits([.. method.Parameters]);
        bool isPassed = method.Parameters.Select(p => p.RefKind).SequenceEqual(passing);
        if (fault is null && isFitting && isPassed)
            return true;

        // Of a method with more than one fault a change would leave another.
        Fix? fix = !isFitting || method.Locations[0].SourceTree is not { } tree ? null
            : fault == NotStatic && isPassed ? MethodFixes.ForStatic(method, semantics(tree))
            : fault is null ? MethodFixes.ForPassing(method, passing, semantics(tree))
            : null;
        findings.Report(SourceRules.Signature, method.Locations[0], fix, method.Name, attribute, fault ?? "has other parameters or another result", wanted);
        return false;
    }

    /// <summary>What is wrong with a method beside its parameters and result, which is not to be seen in the shape that the message shows.</summary>
    private static string? Fault(IMethodSymbol method) => method switch
    {
        { MethodKind: not MethodKind.Ordinary } => "is no ordinary method",
        { IsPartialDefinition: true } or { PartialDefinitionPart: not null } => "is partial",
        { IsStatic: false } => NotStatic,
        { IsExtern: true } => "is extern",
        { IsGenericMethod: true } => "is generic",
        { IsAsync: true } => "is async",
        { IsConditional: true } => "is conditional",
        { RefKind: not RefKind.None } => "returns by reference",
        _ => null,
    };

    private Method Body(BodyKind kind, IMethodSymbol method, List<Parameter> parameters, ScalarType? result, int featureCount = 0)
    {
        cancellation.ThrowIfCancellationRequested();

        // A method that has only its head yet says already how it is called.
        if (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not MethodDeclarationSyntax syntax
            || semantics(syntax.SyntaxTree).GetOperation(syntax, cancellation) is not IMethodBodyOperation body
            || (body.BlockBody ?? body.ExpressionBody) is not { } block)
        {
            findings.LeaveToCompiler();
            return new Method(method.Name, parameters.ToEquatableArray(), new Block(default));
        }

        BodyScope scope = new(kind, result, featureCount, LoopAttribute.Of(method), cancellation);
        foreach ((IParameterSymbol symbol, Parameter parameter) in method.Parameters.Zip(parameters, (s, p) => (s, p)))
            scope.Add(symbol, parameter, Bound(parameter, kind, featureCount));
        Method translated = new(method.Name, parameters.ToEquatableArray(), BodyTranslator.Translate(scope, block, functions, findings));
        return BodyBounds.Prove(translated, scope, functions, findings);
    }

    private Binding? Bound(Parameter parameter, BodyKind kind, int featureCount)
    {
        VariablePlace place = new(parameter.Name);
        return parameter.Kind switch
        {
            ParameterKind.State when state.Data(functions.Types) is StructData data => new Binding(place, data, kind == BodyKind.Update),
            ParameterKind.Features => new Binding(
                place, new ArrayData(new ScalarData(parameter.Type), featureCount > 0 ? featureCount : ModelChecks.MaxFeatures), CanWrite: true),
            ParameterKind.Scalar => new Binding(place, new ScalarData(parameter.Type), CanWrite: false),
            _ => null,
        };
    }
}
