using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;

namespace Kml.KmodGen.Bodies;

/// <summary>Tables of constants in C.</summary>
internal static class TableText
{
    private const int Limit = 80;

    /// <summary>The tables that some methods read.</summary>
    /// <param name="methods">The methods.</param>
    /// <returns>Each once.</returns>
    public static IEnumerable<TablePlace> In(IEnumerable<Method> methods) =>
        methods.SelectMany(m => Operands.All(m).SelectMany(Operands.Places).Concat(Operands.All(m.Body).OfType<Copy>().Select(c => c.Source)))
            .SelectMany(In).Distinct();

    private static IEnumerable<TablePlace> In(Place place) => place switch
    {
        TablePlace p => [p],
        ElementPlace p => In(p.Of),
        SlicePlace p => In(p.Of),
        _ => [],
    };

    /// <summary>Writes a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="symbol">Its symbol.</param>
    /// <returns>Its definition, without a line feed at the end.</returns>
    public static string Of(TablePlace table, string symbol)
    {
        string[] values = [.. table.Values.Select(v => ExpressionPrinter.Text(CLiteral.Of(new Constant(table.Element, v))))];
        string head = $"static const {CTypes.Name(table.Element)} {symbol}[{values.Length.ToString(CultureInfo.InvariantCulture)}] = {{";
        string line = $"{head} {string.Join(", ", values)} }};";
        if (line.Length <= Limit)
            return line;

        StringBuilder text = new(head);
        int column = Limit;
        foreach (string value in values)
        {
            if (column + value.Length + 2 > Limit)
            {
                text.Append("\n\t");
                column = 8;
            }
            else
            {
                text.Append(' ');
                column++;
            }

            text.Append(value).Append(',');
            column += value.Length + 1;
        }

        return text.Append("\n};").ToString();
    }
}
