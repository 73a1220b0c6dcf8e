using System;
using System.Globalization;

namespace Kml.KmodGen.Bodies.Tree;

/// <summary>Prints expressions, with parentheses where they are needed.</summary>
internal static class ExpressionPrinter
{
    /// <summary>An expression on one line.</summary>
    /// <param name="expression">The expression.</param>
    /// <returns>Its text.</returns>
    public static string Text(CExpression expression)
    {
        CodeLine line = new CodeLine().Add(expression);
        return line.Text(0, line.Parts.Count);
    }

    /// <summary>Prints an expression where something that binds at least so tightly must stand.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="least">How tightly.</param>
    /// <param name="line">Where it is added.</param>
    public static void Print(CExpression expression, Binding least, CodeLine line)
    {
        if (expression.Binding < least)
            Enclose(expression, line);
        else
            Print(expression, line);
    }

    private static void Print(CExpression expression, CodeLine line)
    {
        switch (expression)
        {
            case CName e:
                line.Add(e.Name);
                break;
            case CMember e:
                line.Add(e.Of, Binding.Primary).Add((e.IsPointer ? "->" : ".") + e.Field);
                break;
            case CElement e:
                line.Add(e.Array, Binding.Primary).Add("[").Add(e.Index).Add("]");
                break;
            case CInteger e:
                line.Add(e.Value.ToString(CultureInfo.InvariantCulture) + e.Suffix);
                break;
            case CFloat e:
                line.Add(e.IsNegative ? "-" + e.Magnitude : e.Magnitude);
                break;
            case CCall e:
                PrintCall(e, line);
                break;
            case CPrefix e:
                PrintPrefix(e, line);
                break;
            case CCast e:
                line.Add($"({e.TypeName})").Add(e.Operand, Binding.Prefix);
                break;
            case CInfix e:
                // gcc takes !a == b for a slip, and !a & b.
                bool isSlip = e.Left is CPrefix { Symbol: "!" } && (e.Operator.Opposite is not null || e.Operator.Symbol is "&" or "|");
                line.Add(e.Left, isSlip ? Binding.Primary : e.Operator.LeastLeft).Add(" " + e.Operator.Symbol)
                    .Break(e.Operator.Binding).Add(e.Right, e.Operator.LeastRight);
                break;
            case CConditional e:
                line.Add(e.Test, Binding.Or).Add(" ?").Break(Binding.Conditional)
                    .Add(e.WhenTrue, Binding.Or).Add(" :").Break(Binding.Conditional).Add(e.WhenFalse);
                break;
            case CEnclosed e:
                Enclose(e.Inner, line);
                break;
            default:
                throw new InvalidOperationException($"No text for {expression.GetType().Name}.");
        }
    }

    private static void PrintCall(CCall e, CodeLine line)
    {
        line.Add(e.Function).Open();
        for (int i = 0; i < e.Arguments.Count; i++)
        {
            if (i > 0)
                line.Add(",").Break();
            line.Add(e.Arguments[i]);
        }

        line.Close();
    }

    private static void PrintPrefix(CPrefix e, CodeLine line)
    {
        line.Add(e.Symbol);

        // Two minus signs would become one decrement.
        if (e.Operand is CInteger { Value: var value } && value < 0 || e.Operand is CFloat { IsNegative: true } or CPrefix { Symbol: "-" })
            Enclose(e.Operand, line);
        else
            line.Add(e.Operand, Binding.Prefix);
    }

    private static void Enclose(CExpression expression, CodeLine line)
    {
        line.Open();
        Print(expression, line);
        line.Close();
    }
}
