using System.Collections.Generic;
using System.Linq;
using Kml.Model;

namespace Kml.KmodGen.Bodies;

/// <summary>How C calls a function that bodies may call.</summary>
/// <param name="Stem">Its name between <c>kml_</c> and the type of its form.</param>
/// <param name="Header">The header of <c>templates/compute</c> that has it; null for the two that each file of bodies includes.</param>
internal sealed record FunctionForm(string Stem, string? Header = null)
{
    /// <summary>Whether there is one form, which the name does not tell.</summary>
    public bool IsAlone { get; init; }
}

/// <summary>The functions that bodies may call, as C has them: a row a function. Types and faults are in <see cref="FunctionCatalog"/>.</summary>
internal static class FunctionForms
{
    private const string Bits = "kml_bits.h";
    private const string Counting = "kml_count.h";
    private const string Fixed = "kml_fixed.h";
    private const string Math = "kml_math.h";

    private static readonly Dictionary<Function, FunctionForm> Rows = new()
    {
        [Function.Abs] = new("abs"),
        [Function.Min] = new("min"),
        [Function.Max] = new("max"),
        [Function.Sign] = new("sign"),
        [Function.Clamp] = new("clamp"),
        [Function.FloorLog2] = new("floor_log2", Bits),
        [Function.PopCount] = new("popcount", Bits),
        [Function.LeadingZeroCount] = new("leading_zeros", Bits),
        [Function.TrailingZeroCount] = new("trailing_zeros", Bits),
        [Function.RotateLeft] = new("rol", Bits),
        [Function.RotateRight] = new("ror", Bits),
        [Function.RoundUpToPowerOf2] = new("round_up_pow2", Bits),
        [Function.IsPow2] = new("is_pow2", Bits),
        [Function.Sqrt] = new("sqrt"),
        [Function.Floor] = new("floor"),
        [Function.Ceiling] = new("ceiling"),
        [Function.Truncate] = new("truncate"),
        [Function.Round] = new("round"),
        [Function.Exp] = new("exp", Math) { IsAlone = true },
        [Function.Log] = new("log", Math) { IsAlone = true },
        [Function.Log2] = new("log2", Math) { IsAlone = true },
        [Function.Tanh] = new("tanh", Math) { IsAlone = true },
        [Function.Sigmoid] = new("sigmoid", Math) { IsAlone = true },
        [Function.SaturatingAdd] = new("sat_add", Counting),
        [Function.SaturatingSubtract] = new("sat_sub", Counting),
        [Function.Log2Bucket] = new("log2_bucket", Counting) { IsAlone = true },
        [Function.Mix] = new("mix", Counting) { IsAlone = true },
        [Function.Mix32] = new("mix_32", Counting) { IsAlone = true },
        [Function.EwmaNext] = new("ewma_next", Counting) { IsAlone = true },
        [Function.ReciprocalOf] = new("reciprocal_of", Counting) { IsAlone = true },
        [Function.ReciprocalDivide] = new("reciprocal_divide", Counting) { IsAlone = true },
        [Function.FixedReciprocal] = new("reciprocal", Fixed),
        [Function.FixedLog2] = new("log2", Fixed),
        [Function.FixedExp2] = new("exp2", Fixed),
    };

    /// <summary>The headers that have functions which not every body needs: a file includes those of them that it calls into.</summary>
    public static IReadOnlyList<string> Headers { get; } = [.. Rows.Values.Select(r => r.Header).OfType<string>().Distinct()];

    /// <summary>The row of a function.</summary>
    /// <param name="function">The function.</param>
    /// <returns>Its row.</returns>
    public static FunctionForm Of(Function function) => Rows[function];

    /// <summary>The headers that methods call into, beside those that each file of bodies includes.</summary>
    /// <param name="methods">The methods; null calls nothing.</param>
    /// <returns>The names of the headers, in the order of <see cref="Headers"/>.</returns>
    public static IReadOnlyList<string> HeadersOf(IEnumerable<Method?> methods)
    {
        HashSet<string?> called =
        [
            .. methods.OfType<Method>()
                .SelectMany(m => Operands.All(m.Body)).SelectMany(Operands.Of).SelectMany(Operands.All)
                .OfType<FunctionCall>().Select(c => Of(c.Function).Header),
        ];
        return [.. Headers.Where(called.Contains)];
    }
}
