using System;
using System.Collections.Generic;

namespace Kml.Mutants;

/// <summary>Functions that take and give the same, so that each may be called by mistake for the other.</summary>
internal static class Neighbours
{
    private static readonly (string, string)[] Pairs =
    [
        ("kml_add_", "kml_sub_"), ("kml_q16_add", "kml_q16_sub"), ("kml_min_", "kml_max_"), ("kml_q16_min", "kml_q16_max"), ("kml_shl_", "kml_shr_"),
        ("kml_div_", "kml_rem_"), ("kml_q16_div", "kml_q16_rem"), ("kml_abs_", "kml_neg_"), ("kml_q16_abs", "kml_q16_neg"), ("kml_rol_", "kml_ror_"),
        ("kml_leading_zeros_", "kml_trailing_zeros_"), ("kml_floor_f32", "kml_ceiling_f32"), ("kml_truncate_f32", "kml_round_f32"),
        ("kml_sat_add_", "kml_sat_sub_"), ("kml_exp", "kml_log"), ("kml_sigmoid", "kml_tanh"), ("kml_log2", "kml_exp"),
        ("kml_q16_from_s64", "kml_q16_from_u64"),
        ("kml_f32_to_s32", "kml_f32_to_u32"), ("kml_f32_to_s64", "kml_f32_to_u64"), ("kml_vexp", "kml_vlog"), ("kml_vsigmoid", "kml_vtanh"),
        ("kml_floor_f32", "kml_truncate_f32"), ("__builtin_clzll", "__builtin_ctzll"), ("__builtin_clz", "__builtin_ctz"),
        ("__builtin_signbit", "!__builtin_signbit"), ("__builtin_fabsf", "-__builtin_fabsf"),
    ];

    /// <summary>The functions beside one.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Their names.</returns>
    public static IEnumerable<string> Of(string name)
    {
        foreach ((string one, string other) in Pairs)
        {
            foreach ((string from, string to) in new[] { (one, other), (other, one) })
            {
                if (name == from || (from.EndsWith('_') && name.StartsWith(from, StringComparison.Ordinal)))
                    yield return to + name[from.Length..];
            }
        }
    }

    /// <summary>The function for the other sign of its operands.</summary>
    /// <param name="name">A function's name.</param>
    /// <returns>The other's name; null where there is none.</returns>
    public static string? OtherSign(string name) =>
        name.StartsWith("kml_neg_", StringComparison.Ordinal) || name.StartsWith("kml_abs_", StringComparison.Ordinal) ? null
        : name.EndsWith("_s32", StringComparison.Ordinal) || name.EndsWith("_s64", StringComparison.Ordinal) ? name[..^3] + "u" + name[^2..]
        : name.EndsWith("_u32", StringComparison.Ordinal) || name.EndsWith("_u64", StringComparison.Ordinal) ? name[..^3] + "s" + name[^2..]
        : null;
}
