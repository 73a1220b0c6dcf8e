using System;
using System.Linq;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;

namespace Kml.KmodGen.Bodies;

/// <content>Calls of the short list of functions.</content>
internal sealed partial class ExpressionTranslator
{
    private CCall Translate(FunctionCall e)
    {
        CExpression[] arguments = [.. e.Arguments.Select(Translate)];
        ScalarType operand = e.Arguments[0].Type;
        string suffix = Suffix(Arithmetic(operand));
        bool fixedPoint = operand == ScalarType.Q16;
        switch (e.Function)
        {
            case Function.Abs when fixedPoint:
                return Call(ScalarType.I32, "kml_q16_abs", arguments);
            case Function.Abs when operand == ScalarType.F32:
                return Call(ScalarType.F32, "kml_abs_f32", arguments);
            case Function.Abs:
                // A form for each signed width: each faults on its own smallest value.
                return Call(operand, $"kml_abs_{CTypes.Name(operand)}", [.. arguments, Fault]);
            case Function.Min or Function.Max:
                string word = e.Function == Function.Min ? "min" : "max";
                return Call(Arithmetic(operand), fixedPoint ? $"kml_q16_{word}" : $"kml_{word}_{suffix}", arguments);
            case Function.Sign when operand == ScalarType.F32:
                return Call(ScalarType.I32, "kml_sign_f32", [.. arguments, Fault]);
            case Function.Sign:
                return Call(ScalarType.I32, $"kml_sign_{suffix}", arguments);
            case Function.Clamp:
                return Call(Arithmetic(operand), $"kml_clamp_{suffix}", [.. arguments, Fault]);
            default:
                throw new InvalidOperationException($"No C for {e.Function}.");
        }
    }
}
