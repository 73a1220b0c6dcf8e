using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.Generators.Parsing.Bodies.Functions;
using Kml.Generators.Parsing.Bodies.Values;
using Kml.Generators.Parsing.Fixes;
using Kml.Generators.Parsing.Refusals;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies;

/// <summary>Reports what a body cannot do.</summary>
/// <param name="kind">What the body is.</param>
/// <param name="findings">Receives what is wrong.</param>
internal sealed class Refuser(BodyKind kind, Findings findings)
{
    private readonly HashSet<ISymbol> _missing = new(SymbolEqualityComparer.Default);

    /// <summary>How much of the declaration is missing so far.</summary>
    public int Holes => findings.Holes;

    /// <summary>Takes note of a local that stands for nothing: why was said where it is declared, and is not said again where it is used.</summary>
    public void Miss(ISymbol local) => _missing.Add(local);

    /// <summary>Reports a construct that has no translation.</summary>
    public void Refuse(IOperation operation, Refusal? refusal = null)
    {
        if (operation.Kind == OperationKind.Invalid || NamesMissing(operation))
            findings.LeaveToCompiler();
        else
            Refuse(operation.Syntax, Mended(refusal ?? Refusal.For(operation.Syntax), operation));
    }

    /// <summary>Reports a construct that has no translation, at its token or at a place that says more.</summary>
    public void Refuse(SyntaxNode node, Refusal refusal, Location? place = null) =>
        findings.Report(SourceRules.OutsideSubset, place ?? Refusal.Place(node), refusal.Fix, refusal.What, refusal.Remedy);

    /// <summary>Leaves to the compiler what is wrong as C#.</summary>
    public void LeaveToCompiler() => findings.LeaveToCompiler();

    /// <summary>Reports a write of the state where it may only be read.</summary>
    /// <param name="node">What writes it.</param>
    /// <param name="place">Where that is seen; by default all of it.</param>
    public void RefuseStateWrite(SyntaxNode node, Location? place = null) =>
        findings.Report(SourceRules.StateWritten, place ?? node.GetLocation(), node.ToString());

    /// <summary>Reports a feature outside the declared count.</summary>
    /// <param name="node">Its index.</param>
    /// <param name="declared">The count.</param>
    /// <param name="needed">The count that it needs.</param>
    /// <param name="what">What is done with it.</param>
    public void RefuseFeature(SyntaxNode node, int declared, int needed, string what)
    {
        Fix? fix = needed > declared && needed <= ModelChecks.MaxFeatures ? new Fix(FixKind.Count, needed.ToString(CultureInfo.InvariantCulture)) : null;
        findings.Report(SourceRules.FeatureCount, node.GetLocation(), fix, declared.ToString(CultureInfo.InvariantCulture), what);
    }

    /// <summary>Reports floating point in an update.</summary>
    public void RefuseFloat(SyntaxNode node, Fix? fix = null)
    {
        Location place = Refusal.Place(node);
        findings.Report(SourceRules.FloatInUpdate, place, fix, node.SyntaxTree.GetText().ToString(place.SourceSpan));
    }

    /// <summary>Reports an expression or a variable whose type stands for nothing in the module, at what brings the type in.</summary>
    public void RefuseType(IOperation operation)
    {
        if (NamesMissing(operation) || operation.DescendantsAndSelf().Any(o => o.Kind == OperationKind.Invalid || o.Type is { TypeKind: TypeKind.Error }))
        {
            findings.LeaveToCompiler();
            return;
        }

        bool isDouble = operation.Type?.SpecialType == SpecialType.System_Double || HasDoubleOperand(operation);
        List<IOperation> literals = operation.DescendantsAndSelf()
            .Where(o => o is ILiteralOperation { Type.SpecialType: SpecialType.System_Double })
            .ToList();
        if (isDouble && literals.Count > 0)
        {
            foreach (IOperation literal in literals)
                RefuseDoubleLiteral(literal);
            return;
        }

        // A call of what has no source brought the type in; it is the better place to point at.
        IOperation? call = operation.DescendantsAndSelf().FirstOrDefault(o =>
            o is IInvocationOperation c && FunctionTable.Find(c.TargetMethod) is null && c.TargetMethod.DeclaringSyntaxReferences.Length == 0);
        if (call is IInvocationOperation { TargetMethod: var method })
            Refuse(call, FunctionRegistry.Problem(method));
        else if (operation is IPropertyReferenceOperation { Property: var property } && property.DeclaringSyntaxReferences.Length == 0)
            Refuse(operation, Refusal.OfProperty(property, ForeignRemedies.For(property.ContainingType)));
        else
            Refuse(operation, Refusal.Known(operation.Syntax) ?? (operation.Type is null ? Refusal.For(operation.Syntax) : TypeRefusal(operation.Type)));
    }

    private Refusal Mended(Refusal refusal, IOperation operation) =>
        refusal.Fix is null ? refusal with { Fix = BodyFixes.For(operation, kind) } : refusal;

    private bool NamesMissing(IOperation operation) => _missing.Count > 0
        && operation.DescendantsAndSelf().Any(o => o is ILocalReferenceOperation { Local: var local } && _missing.Contains(local));

    /// <summary>The words for a type that stands for nothing in the module.</summary>
    public static Refusal TypeRefusal(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Double } => new Refusal("'double' arithmetic", "use float or Q16"),
        { TypeKind: TypeKind.Array } =>
            new Refusal("An array", "use a span of stackalloc, an [InlineArray] in the state, or a static readonly table of constants"),
        { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } => new Refusal("A pointer", "use ref, or a span"),
        { TypeKind: TypeKind.Delegate } => new Refusal("A delegate", "call the method itself"),
        { SpecialType: SpecialType.System_String } => new Refusal("A string", "use numbers, or an enum"),
        { SpecialType: SpecialType.System_Char } => new Refusal("A 'char'", "use byte or ushort"),
        { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } =>
            new Refusal($"The nullable type '{Shown(type)}'", "use a value that stands for none, or a bool beside it"),
        _ when EventCatalog.ByClrName(type.ToDisplayString()) is not null => new Refusal("A copy of the event", "read its fields from the parameter itself"),
        _ when ForeignRemedies.For(type) is { } remedy => new Refusal($"A value of type '{Shown(type)}'", remedy),
        { IsReferenceType: true } when type.DeclaringSyntaxReferences.Length > 0 => new Refusal($"An object of type '{Shown(type)}'", "make it a struct"),
        _ when type.SpanElement() is not null => new Refusal("A span of unknown length", "take it of an inline array, of stackalloc, or of the features"),
        _ => new Refusal(
            $"A value of type '{Shown(type)}'",
            FormattableString.Invariant($"use bool, an integer, an enum, float, Q16, or a struct of up to {DataTypeMap.MaxScalars} of these")),
    };

    private static string Shown(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private static bool HasDoubleOperand(IOperation operation) => operation.ChildOperations.Any(c => c.Type?.SpecialType == SpecialType.System_Double);

    private void RefuseDoubleLiteral(IOperation literal)
    {
        if (kind == BodyKind.Update)
        {
            RefuseFloat(literal.Syntax, Q16Fix.For(literal));
            return;
        }

        string text = literal.Syntax.ToString();
        double value = literal.Syntax is LiteralExpressionSyntax { Token.Value: double d } ? d : 0;
        string remedy = DoubleLiteral.FitsFloat(value) ? $"use float ({DoubleLiteral.AsFloat(text)})" : "use a number that a float holds";
        Refuse(literal.Syntax, new Refusal($"The double '{text}'", remedy, BodyFixes.ForLiteral(literal)));
    }
}
