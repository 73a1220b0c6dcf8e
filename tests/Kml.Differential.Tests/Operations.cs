using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Differential;

/// <summary>The functions of the headers that bodies call into, with what each means in C#.</summary>
internal static partial class Operations
{
    public static IEnumerable<Operation> All =>
        Signed32().Concat(Signed64()).Concat(Unsigned()).Concat(Fixed()).Concat(Float()).Concat(Narrow()).Concat(Bits()).Concat(Counting()).Concat(Tabled())
            .Concat(Rounding());

    private static ulong W(int value) => (ulong)value;

    private static ulong W(long value) => (ulong)value;

    private static ulong W(Q16 value) => (ulong)value.Raw;

    private static ulong W(float value) => KmlMath.CanonicalBits(value);

    private static readonly int[] Eight = [0, 1, 2, 3, 4, 5, 6, 7];

    private static float F(ulong word) => BitConverter.UInt32BitsToSingle((uint)word);

    private static Q16 Q(ulong word) => Q16.FromRaw((int)word);

    private static IEnumerable<Operation> Signed32()
    {
        const string T = "kml_s32";
        yield return new(T, T, "kml_add_s32(a, b)", (a, b, _) => W((int)a + (int)b));
        yield return new(T, T, "kml_sub_s32(a, b)", (a, b, _) => W((int)a - (int)b));
        yield return new(T, T, "kml_mul_s32(a, b)", (a, b, _) => W((int)a * (int)b));
        yield return new(T, T, "kml_neg_s32(a)", (a, _, _) => W(-(int)a));
        yield return new(T, T, "kml_shl_s32(a, b)", (a, b, _) => W((int)a << (int)b));
        yield return new(T, T, "kml_shr_s32(a, b)", (a, b, _) => W((int)a >> (int)b));
        yield return new(T, T, "kml_div_s32(a, b, &fault)", (a, b, _) => W((int)a / (int)b));
        yield return new(T, T, "kml_quotient_s32(a, b == 0 || b == -1 ? 7 : b)", (a, b, _) => W((int)a / ((int)b is 0 or -1 ? 7 : (int)b)));
        yield return new(T, T, "kml_rem_s32(a, b, &fault)", (a, b, _) => W((int)a % (int)b));
        yield return new(T, T, "kml_min_s32(a, b)", (a, b, _) => W(Math.Min((int)a, (int)b)));
        yield return new(T, T, "kml_max_s32(a, b)", (a, b, _) => W(Math.Max((int)a, (int)b)));
        yield return new(T, T, "kml_clamp_s32(a, b, c, &fault)", (a, b, c) => W(Math.Clamp((int)a, (int)b, (int)c)));
        yield return new(T, T, "kml_abs_s32(a, &fault)", (a, _, _) => W(Math.Abs((int)a)));
        yield return new(T, T, "kml_sign_s32(a)", (a, _, _) => W(Math.Sign((int)a)));
    }

    private static IEnumerable<Operation> Signed64()
    {
        const string T = "kml_s64";
        yield return new(T, T, "kml_add_s64(a, b)", (a, b, _) => W((long)a + (long)b));
        yield return new(T, T, "kml_sub_s64(a, b)", (a, b, _) => W((long)a - (long)b));
        yield return new(T, T, "kml_mul_s64(a, b)", (a, b, _) => W((long)a * (long)b));
        yield return new(T, T, "kml_neg_s64(a)", (a, _, _) => W(-(long)a));
        yield return new(T, T, "kml_shl_s64(a, (kml_s32)b)", (a, b, _) => W((long)a << (int)b));
        yield return new(T, T, "kml_shr_s64(a, (kml_s32)b)", (a, b, _) => W((long)a >> (int)b));
        yield return new(T, T, "kml_div_s64(a, b, &fault)", (a, b, _) => W((long)a / (long)b));
        yield return new(T, T, "kml_quotient_s64(a, b == 0 || b == -1 ? 7 : b)", (a, b, _) => W((long)a / ((long)b is 0 or -1 ? 7 : (long)b)));
        yield return new(T, T, "kml_rem_s64(a, b, &fault)", (a, b, _) => W((long)a % (long)b));
        yield return new(T, T, "kml_min_s64(a, b)", (a, b, _) => W(Math.Min((long)a, (long)b)));
        yield return new(T, T, "kml_max_s64(a, b)", (a, b, _) => W(Math.Max((long)a, (long)b)));
        yield return new(T, T, "kml_clamp_s64(a, b, c, &fault)", (a, b, c) => W(Math.Clamp((long)a, (long)b, (long)c)));
        yield return new(T, T, "kml_abs_s64(a, &fault)", (a, _, _) => W(Math.Abs((long)a)));
        yield return new(T, "kml_s32", "kml_sign_s64(a)", (a, _, _) => W(Math.Sign((long)a)));
    }

    private static IEnumerable<Operation> Unsigned()
    {
        const string T = "kml_u32", U = "kml_u64";
        yield return new(T, T, "a + b", (a, b, _) => (uint)a + (uint)b);
        yield return new(T, T, "a - b", (a, b, _) => (uint)a - (uint)b);
        yield return new(T, T, "a * b", (a, b, _) => (uint)a * (uint)b);
        yield return new(T, T, "kml_shl_u32(a, (kml_s32)b)", (a, b, _) => (uint)a << (int)b);
        yield return new(T, T, "kml_shr_u32(a, (kml_s32)b)", (a, b, _) => (uint)a >> (int)b);
        yield return new(T, T, "kml_div_u32(a, b, &fault)", (a, b, _) => (uint)a / (uint)b);
        yield return new(T, T, "kml_rem_u32(a, b, &fault)", (a, b, _) => (uint)a % (uint)b);
        yield return new(T, T, "kml_min_u32(a, b)", (a, b, _) => Math.Min((uint)a, (uint)b));
        yield return new(T, T, "kml_max_u32(a, b)", (a, b, _) => Math.Max((uint)a, (uint)b));
        yield return new(T, T, "kml_clamp_u32(a, b, c, &fault)", (a, b, c) => Math.Clamp((uint)a, (uint)b, (uint)c));
        yield return new(T, "kml_s32", "kml_sign_u32(a)", (a, _, _) => W(uint.Sign((uint)a)));
        yield return new(U, U, "a - b", (a, b, _) => a - b);
        yield return new(U, U, "kml_shl_u64(a, (kml_s32)b)", (a, b, _) => a << (int)b);
        yield return new(U, U, "kml_shr_u64(a, (kml_s32)b)", (a, b, _) => a >> (int)b);
        yield return new(U, U, "kml_div_u64(a, b, &fault)", (a, b, _) => a / b);
        yield return new(U, U, "kml_rem_u64(a, b, &fault)", (a, b, _) => a % b);
        yield return new(U, U, "kml_min_u64(a, b)", (a, b, _) => Math.Min(a, b));
        yield return new(U, U, "kml_max_u64(a, b)", (a, b, _) => Math.Max(a, b));
        yield return new(U, U, "kml_clamp_u64(a, b, c, &fault)", (a, b, c) => Math.Clamp(a, b, c));
        yield return new(U, "kml_s32", "kml_sign_u64(a)", (a, _, _) => W(ulong.Sign(a)));
    }

    private static IEnumerable<Operation> Fixed()
    {
        const string T = "kml_s32";
        yield return new(T, T, "kml_q16_add(a, b)", (a, b, _) => W(Q(a) + Q(b)));
        yield return new(T, T, "kml_q16_sub(a, b)", (a, b, _) => W(Q(a) - Q(b)));
        yield return new(T, T, "kml_q16_neg(a)", (a, _, _) => W(-Q(a)));
        yield return new(T, T, "kml_q16_mul(a, b)", (a, b, _) => W(Q(a) * Q(b)));
        yield return new(T, T, "kml_q16_div(a, b, &fault)", (a, b, _) => W(Q(a) / Q(b)));
        yield return new(T, T, "kml_q16_rem(a, b, &fault)", (a, b, _) => W(Q(a) % Q(b)));
        yield return new("kml_s64", T, "kml_q16_from_s64(a)", (a, _, _) => W((Q16)(long)a));
        yield return new("kml_u64", T, "kml_q16_from_u64(a)", (a, _, _) => W((Q16)a));
        yield return new(T, T, "kml_q16_from_s64(a)", (a, _, _) => W((Q16)(int)a));
        yield return new("kml_u32", T, "kml_q16_from_u64(a)", (a, _, _) => W((Q16)(uint)a));
        yield return new(T, T, "kml_q16_to_s32(a)", (a, _, _) => W((int)Q(a)));
        yield return new(T, T, "kml_q16_min(a, b)", (a, b, _) => W(Q16.Min(Q(a), Q(b))));
        yield return new(T, T, "kml_q16_max(a, b)", (a, b, _) => W(Q16.Max(Q(a), Q(b))));
        yield return new(T, T, "kml_q16_abs(a)", (a, _, _) => W(Q16.Abs(Q(a))));
        yield return new(T, T, "kml_q16_sign(a)", (a, _, _) => W(Q16.Sign(Q(a))));
        yield return new(T, T, "kml_q16_clamp(a, b, c, &fault)", (a, b, c) => W(Q16.Clamp(Q(a), Q(b), Q(c))));
        yield return new(T, T, "a < b", (a, b, _) => Q(a) < Q(b) ? 1UL : 0);
        yield return new(T, "float", "kml_q16_to_f32(a)", (a, _, _) => W((float)Q(a)));
        yield return new("float", T, "kml_f32_to_q16(a)", (a, _, _) => W((Q16)F(a)));
    }

    private static IEnumerable<Operation> Float()
    {
        const string T = "float", S = "kml_s32";
        yield return new(T, T, "a + b", (a, b, _) => W(F(a) + F(b)));
        yield return new(T, T, "a - b", (a, b, _) => W(F(a) - F(b)));
        yield return new(T, T, "a * b", (a, b, _) => W(F(a) * F(b)));
        yield return new(T, T, "a / b", (a, b, _) => W(F(a) / F(b)));
        yield return new(T, T, "a * b + c", (a, b, c) => W(F(a) * F(b) + F(c)));
        yield return new(T, T, "kml_rem_f32(a, b)", (a, b, _) => W(F(a) % F(b)));
        yield return new(T, T, "-a", (a, _, _) => W(-F(a)));
        yield return new(T, T, "kml_abs_f32(a)", (a, _, _) => W(Math.Abs(F(a))));
        yield return new(T, T, "kml_min_f32(a, b)", (a, b, _) => W(Math.Min(F(a), F(b))));
        yield return new(T, T, "kml_max_f32(a, b)", (a, b, _) => W(Math.Max(F(a), F(b))));
        yield return new(T, T, "kml_clamp_f32(a, b, c, &fault)", (a, b, c) => W(Math.Clamp(F(a), F(b), F(c))));
        yield return new(T, S, "kml_sign_f32(a, &fault)", (a, _, _) => W(Math.Sign(F(a))));
        yield return new(T, S, "a < b", (a, b, _) => F(a) < F(b) ? 1UL : 0);
        yield return new(T, S, "a >= b", (a, b, _) => F(a) >= F(b) ? 1UL : 0);
        yield return new(T, S, "a == b", (a, b, _) => F(a) == F(b) ? 1UL : 0);
        yield return new(T, S, "a != b", (a, b, _) => F(a) != F(b) ? 1UL : 0);
        yield return new(T, S, "kml_f32_to_s32(a)", (a, _, _) => W((int)F(a)));
        yield return new(T, "kml_u32", "kml_f32_to_u32(a)", (a, _, _) => (uint)F(a));
        yield return new(T, "kml_s64", "kml_f32_to_s64(a)", (a, _, _) => W((long)F(a)));
        yield return new(T, "kml_u64", "kml_f32_to_u64(a)", (a, _, _) => (ulong)F(a));
        yield return new(S, T, "(float)a", (a, _, _) => W((float)(int)a));
        yield return new("kml_u32", T, "(float)a", (a, _, _) => W((float)(uint)a));
        yield return new("kml_s64", T, "(float)a", (a, _, _) => W((float)(long)a));
        yield return new("kml_u64", T, "(float)a", (a, _, _) => W((float)a));
    }

    private static IEnumerable<Operation> Narrow()
    {
        yield return new("float", "kml_s8", "(kml_s8)kml_f32_to_s32(a)", (a, _, _) => W((sbyte)F(a)));
        yield return new("float", "kml_u8", "(kml_u8)kml_f32_to_s32(a)", (a, _, _) => W((byte)F(a)));
        yield return new("float", "kml_s16", "(kml_s16)kml_f32_to_s32(a)", (a, _, _) => W((short)F(a)));
        yield return new("float", "kml_u16", "(kml_u16)kml_f32_to_s32(a)", (a, _, _) => W((ushort)F(a)));
        yield return new("kml_s64", "kml_s8", "(kml_s8)a", (a, _, _) => W((sbyte)(long)a));
        yield return new("kml_s64", "kml_u16", "(kml_u16)a", (a, _, _) => W((ushort)(long)a));
        yield return new("kml_s64", "kml_s32", "(kml_s32)a", (a, _, _) => W((int)(long)a));
        yield return new("kml_s32", "kml_s32", "b && b != -1 ? kml_quotient_s32(a, b) : 0", (a, b, _) => (int)b is 0 or -1 ? 0 : W((int)a / (int)b));
        yield return new("kml_s64", "kml_s64", "b && b != -1 ? kml_quotient_s64(a, b) : 0", (a, b, _) => (long)b is 0 or -1 ? 0 : W((long)a / (long)b));
        yield return new("kml_s32", "kml_s32", "kml_index(a & 15, 8, &fault)", (a, _, _) => W(Eight[(int)a & 15]));
        yield return new("kml_s32", "kml_s32", "kml_index(a, 8, &fault)", (a, _, _) => W(Eight[(int)a]));
        yield return new("kml_s64", "kml_s64", "(kml_clear(&a, sizeof(a)), a)", (_, _, _) => 0);
        yield return new("kml_s8", "kml_s8", "kml_abs_s8(a, &fault)", (a, _, _) => W(Math.Abs((sbyte)a)));
        yield return new("kml_s16", "kml_s16", "kml_abs_s16(a, &fault)", (a, _, _) => W(Math.Abs((short)a)));
        yield return new("kml_u8", "kml_u8", "(kml_u8)(a - b)", (a, b, _) => W((byte)((byte)a - (byte)b)));
        yield return new("kml_s16", "kml_s32", "kml_shl_s32(a, b)", (a, b, _) => W((short)a << (short)b));
    }
}
