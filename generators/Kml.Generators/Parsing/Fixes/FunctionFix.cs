using System.Linq;
using Kml.Generators.Parsing.Bodies;
using Kml.Generators.Parsing.Bodies.Functions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Fixes;

/// <summary>Which function to call instead of one that is none, where it takes the same arguments.</summary>
internal static class FunctionFix
{
    /// <summary>The change that mends a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="kind">What the body is: an update calls none of floating point.</param>
    /// <returns>The change, or null where none is sure.</returns>
    public static Fix? For(IInvocationOperation call, BodyKind kind)
    {
        bool isPlain = call.Syntax is InvocationExpressionSyntax { ArgumentList.Arguments: var written, Parent: not MemberAccessExpressionSyntax }
            && written.All(a => a.NameColon is null);
        return isPlain ? (kind == BodyKind.Update ? null : OfReal(call)) ?? OfBits(call.TargetMethod) : null;
    }

    // Of arguments that C# alone makes doubles: what was one before would not become a float by itself.
    private static Fix? OfReal(IInvocationOperation call) =>
        FunctionRemedies.Row(call.TargetMethod) is { Instead: { } instead } row
        && row.Arity == call.Arguments.Length
        && call.Arguments.All(a => BodyFixes.ConvertsToFloat(a.Value))
        && (call.Type?.SpecialType == SpecialType.System_Single || (call.Type?.SpecialType == SpecialType.System_Double && BodyFixes.MayBeFloat(call)))
            ? new Fix(FixKind.Function, instead)
            : null;

    // Of a narrow number without a sign, those that the zeros above it do not change.
    private static Fix? OfBits(IMethodSymbol method)
    {
        string? narrow = method.ContainingType.SpecialType switch
        {
            SpecialType.System_Byte => "byte",
            SpecialType.System_UInt16 => "ushort",
            _ => null,
        };
        return method.Name switch
        {
            _ when narrow is null => null,
            "PopCount" or "Log2" => new Fix(FixKind.Function, $"({narrow})uint.{method.Name}"),
            "IsPow2" => new Fix(FixKind.Function, "uint.IsPow2"),
            _ => null,
        };
    }
}
