using Kml.KmodGen.Bodies.Tree;
using Kml.Model;

namespace Kml.KmodGen.Bodies;

/// <content>Conversions.</content>
internal sealed partial class ExpressionTranslator
{
    private CExpression Translate(Conversion e)
    {
        CExpression operand = Translate(e.Operand);
        ScalarType from = e.Operand.Type;
        if (from == e.Type)
            return operand;
        if (e.Type == ScalarType.Q16 || from == ScalarType.Q16)
            return TranslateQ16(e, operand);
        if (e.Type == ScalarType.F32 || CTypes.Holds(e.Type, from))
            return operand;
        if (from == ScalarType.F32)
        {
            ScalarType whole = CTypes.Promoted(e.Type);
            operand = Call(whole, $"kml_f32_to_{Suffix(whole)}", operand);
            if (whole == e.Type)
                return operand;
        }

        return Cast(operand, e.Type);
    }

    private static CExpression TranslateQ16(Conversion e, CExpression operand) => (e.Type, e.Operand.Type) switch
    {
        (ScalarType.F32, _) => Call(ScalarType.F32, "kml_q16_to_f32", operand),
        (_, ScalarType.F32) => Call(ScalarType.I32, "kml_f32_to_q16", operand),
        (ScalarType.Q16, ScalarType.U64) => Call(ScalarType.I32, "kml_q16_from_u64", operand),
        (ScalarType.Q16, _) => Call(ScalarType.I32, "kml_q16_from_s64", operand),
        (ScalarType.I32, _) => Call(ScalarType.I32, "kml_q16_to_s32", operand),
        _ => Cast(Call(ScalarType.I32, "kml_q16_to_s32", operand), e.Type),
    };
}
