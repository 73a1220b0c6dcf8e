using System.Linq;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;

namespace Kml.KmodGen.Bodies;

/// <content>Calls of functions.</content>
internal sealed partial class ExpressionTranslator
{
    private CExpression Translate(FunctionCall e)
    {
        FunctionInfo info = e.Function.Info();
        if (info.CanFault(e.Operand) && Facts.WithoutFault(e) is { } other)
            return Translate(other);
        FunctionForm form = FunctionForms.Of(e.Function);

        // What widens has no form for narrower types, of which C makes an int by itself.
        ScalarType operand = info.Widens && e.Operand != ScalarType.Q16 ? Arithmetic(e.Operand) : e.Operand;
        string name = form.IsAlone ? $"kml_{form.Stem}"
            : operand == ScalarType.Q16 ? $"kml_q16_{form.Stem}"
            : $"kml_{form.Stem}_{Suffix(operand)}";
        CExpression[] arguments = [.. e.Arguments.Select(Translate)];
        ScalarType result = CType(info.ResultOf(operand));
        return info.CanFault(e.Operand) ? Faulting(result, name, arguments) : Call(result, name, arguments);
    }
}
