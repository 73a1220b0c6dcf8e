using System;
using System.Collections.Generic;
using System.Numerics;

namespace Kml.Differential;

/// <content>What bodies call by name: bits, counting, whole floats.</content>
internal static partial class Operations
{
    private static ulong W(bool value) => value ? 1UL : 0;

    private static IEnumerable<Operation> Bits()
    {
        const string S = "kml_s32", L = "kml_s64", T = "kml_u32", U = "kml_u64";
        yield return new(T, T, "kml_floor_log2_u32(a)", (a, _, _) => uint.Log2((uint)a));
        yield return new(T, T, "kml_popcount_u32(a)", (a, _, _) => uint.PopCount((uint)a));
        yield return new(T, T, "kml_leading_zeros_u32(a)", (a, _, _) => uint.LeadingZeroCount((uint)a));
        yield return new(T, T, "kml_trailing_zeros_u32(a)", (a, _, _) => uint.TrailingZeroCount((uint)a));
        yield return new(T, T, "kml_rol_u32(a, (kml_s32)b)", (a, b, _) => uint.RotateLeft((uint)a, (int)b));
        yield return new(T, T, "kml_ror_u32(a, (kml_s32)b)", (a, b, _) => uint.RotateRight((uint)a, (int)b));
        yield return new(T, T, "kml_round_up_pow2_u32(a)", (a, _, _) => BitOperations.RoundUpToPowerOf2((uint)a));
        yield return new(T, S, "kml_is_pow2_u32(a)", (a, _, _) => W(uint.IsPow2((uint)a)));
        yield return new(U, U, "kml_floor_log2_u64(a)", (a, _, _) => ulong.Log2(a));
        yield return new(U, U, "kml_popcount_u64(a)", (a, _, _) => ulong.PopCount(a));
        yield return new(U, U, "kml_leading_zeros_u64(a)", (a, _, _) => ulong.LeadingZeroCount(a));
        yield return new(U, U, "kml_trailing_zeros_u64(a)", (a, _, _) => ulong.TrailingZeroCount(a));
        yield return new(U, U, "kml_rol_u64(a, (kml_s32)b)", (a, b, _) => ulong.RotateLeft(a, (int)b));
        yield return new(U, U, "kml_ror_u64(a, (kml_s32)b)", (a, b, _) => ulong.RotateRight(a, (int)b));
        yield return new(U, U, "kml_round_up_pow2_u64(a)", (a, _, _) => BitOperations.RoundUpToPowerOf2(a));
        yield return new(U, S, "kml_is_pow2_u64(a)", (a, _, _) => W(ulong.IsPow2(a)));
        yield return new(S, S, "kml_floor_log2_s32(a, &fault)", (a, _, _) => W(int.Log2((int)a)));
        yield return new(S, S, "kml_is_pow2_s32(a)", (a, _, _) => W(int.IsPow2((int)a)));
        yield return new(S, S, "kml_popcount_u32((kml_u32)a)", (a, _, _) => W(int.PopCount((int)a)));
        yield return new(S, S, "kml_leading_zeros_u32((kml_u32)a)", (a, _, _) => W(int.LeadingZeroCount((int)a)));
        yield return new(S, S, "kml_trailing_zeros_u32((kml_u32)a)", (a, _, _) => W(int.TrailingZeroCount((int)a)));
        yield return new(S, S, "(kml_s32)kml_rol_u32((kml_u32)a, (kml_s32)b)", (a, b, _) => W(int.RotateLeft((int)a, (int)b)));
        yield return new(S, S, "(kml_s32)kml_ror_u32((kml_u32)a, (kml_s32)b)", (a, b, _) => W(int.RotateRight((int)a, (int)b)));
        yield return new(L, L, "kml_floor_log2_s64(a, &fault)", (a, _, _) => W(long.Log2((long)a)));
        yield return new(L, S, "kml_is_pow2_s64(a)", (a, _, _) => W(long.IsPow2((long)a)));
        yield return new(L, L, "kml_popcount_u64((kml_u64)a)", (a, _, _) => W(long.PopCount((long)a)));
        yield return new(L, L, "kml_leading_zeros_u64((kml_u64)a)", (a, _, _) => W(long.LeadingZeroCount((long)a)));
        yield return new(L, L, "kml_trailing_zeros_u64((kml_u64)a)", (a, _, _) => W(long.TrailingZeroCount((long)a)));
        yield return new(L, L, "(kml_s64)kml_rol_u64((kml_u64)a, (kml_s32)b)", (a, b, _) => W(long.RotateLeft((long)a, (int)b)));
        yield return new(L, L, "(kml_s64)kml_ror_u64((kml_u64)a, (kml_s32)b)", (a, b, _) => W(long.RotateRight((long)a, (int)b)));
    }

    private static IEnumerable<Operation> Counting()
    {
        const string B = "kml_u8", H = "kml_u16", T = "kml_u32", U = "kml_u64";
        yield return new(B, B, "kml_sat_add_u8(a, b)", (a, b, _) => Saturating.Add((byte)a, (byte)b));
        yield return new(B, B, "kml_sat_sub_u8(a, b)", (a, b, _) => Saturating.Subtract((byte)a, (byte)b));
        yield return new(H, H, "kml_sat_add_u16(a, b)", (a, b, _) => Saturating.Add((ushort)a, (ushort)b));
        yield return new(H, H, "kml_sat_sub_u16(a, b)", (a, b, _) => Saturating.Subtract((ushort)a, (ushort)b));
        yield return new(T, T, "kml_sat_add_u32(a, b)", (a, b, _) => Saturating.Add((uint)a, (uint)b));
        yield return new(T, T, "kml_sat_sub_u32(a, b)", (a, b, _) => Saturating.Subtract((uint)a, (uint)b));
        yield return new(U, U, "kml_sat_add_u64(a, b)", (a, b, _) => Saturating.Add(a, b));
        yield return new(U, U, "kml_sat_sub_u64(a, b)", (a, b, _) => Saturating.Subtract(a, b));
        yield return new(U, "kml_s32", "kml_log2_bucket(a, (kml_s32)b)", (a, b, _) => W(Buckets.Log2(a, (int)b)));
        yield return new(U, U, "kml_mix(a)", (a, _, _) => Hash.Mix(a));
        yield return new(U, T, "kml_mix_32(a)", (a, _, _) => Hash.Mix32(a));
        yield return new(T, T, "kml_ewma_next(a, b, (kml_s32)c)", (a, b, c) => Ewma.Next((uint)a, (uint)b, (int)c));
        yield return new(T, U, "kml_reciprocal_of(a, &fault)", (a, _, _) => Reciprocal.Of((uint)a));
        yield return new(U, T, "kml_reciprocal_divide((kml_u32)a, b)", (a, b, _) => Reciprocal.Divide((uint)a, b));
        yield return new(T, T, "kml_reciprocal_divide(a, b ? kml_reciprocal_of(b, &fault) : 0)", (a, b, _) => b << 32 == 0 ? (uint)a : (uint)a / (uint)b);
    }

    private static IEnumerable<Operation> Tabled()
    {
        const string S = "kml_s32";
        yield return new(S, S, "kml_q16_reciprocal(a, &fault)", (a, _, _) => W(Q16.Reciprocal(Q(a))));
        yield return new(S, S, "kml_q16_log2(a)", (a, _, _) => W(Q16.Log2(Q(a))));
        yield return new("kml_u64", S, "kml_log2_u64(a)", (a, _, _) => W(Q16.Log2(a)));

        // Of the edges 0 makes a number of which the last place of the fraction, or of a coefficient, decides how it is rounded.
        yield return new(S, S, "kml_q16_exp2(a ^ 0xe2ef1)", (a, _, _) => W(Q16.Exp2(Q16.FromRaw((int)a ^ 0xe2ef1))));
        yield return new("kml_u64", S, "kml_log2_u64(a ^ 0x1ad67949dull)", (a, _, _) => W(Q16.Log2(a ^ 0x1ad67949d)));
        yield return new("kml_u32", S, "kml_log2_u64(a)", (a, _, _) => W(Q16.Log2((ulong)(uint)a)));
        yield return new(S, S, "kml_q16_exp2(a)", (a, _, _) => W(Q16.Exp2(Q(a))));
        yield return new(S, S, "kml_q16_exp2(a >> 11)", (a, _, _) => W(Q16.Exp2(Q16.FromRaw((int)a >> 11))));
    }

    private static IEnumerable<Operation> Rounding()
    {
        const string T = "float";
        yield return new(T, T, "kml_sqrt_f32(a)", (a, _, _) => W(MathF.Sqrt(F(a))));
        yield return new(T, T, "kml_floor_f32(a)", (a, _, _) => W(MathF.Floor(F(a))));
        yield return new(T, T, "kml_ceiling_f32(a)", (a, _, _) => W(MathF.Ceiling(F(a))));
        yield return new(T, T, "kml_truncate_f32(a)", (a, _, _) => W(MathF.Truncate(F(a))));
        yield return new(T, T, "kml_round_f32(a)", (a, _, _) => W(MathF.Round(F(a))));
    }
}
