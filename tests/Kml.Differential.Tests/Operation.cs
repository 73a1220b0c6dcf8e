using System;
using System.Text.RegularExpressions;

namespace Kml.Differential;

/// <summary>A C# operation on 64-bit words, and the C expression over <c>a</c>, <c>b</c>, <c>c</c> and <c>&amp;fault</c> that must equal it.</summary>
/// <param name="Argument">The C type of the arguments: a word is truncated to it; <c>float</c> takes the bits.</param>
/// <param name="Result">The C type of the result: it is extended to a word, a float gives its canonical bits.</param>
/// <param name="Expression">The C expression.</param>
/// <param name="Managed">The C# operation.</param>
internal sealed record Operation(string Argument, string Result, string Expression, Func<ulong, ulong, ulong, ulong> Managed)
{
    /// <summary>Whether it has one argument, and no fault.</summary>
    public bool IsUnary => !Regex.IsMatch(Expression, @"\b(b|c|fault)\b");

    /// <summary>Makes the C function that applies the operation to arrays.</summary>
    public string Source(string name) => $$"""
        void {{name}}(const kml_u64 *as, const kml_u64 *bs, const kml_u64 *cs, kml_u64 *results, int *faults, int n);
        void {{name}}(const kml_u64 *as, const kml_u64 *bs, const kml_u64 *cs, kml_u64 *results, int *faults, int n)
        {
        	int i;

        	for (i = 0; i < n; i++) {
        		{{Argument}} a = {{Read("as")}}, b = {{Read("bs")}}, c = {{Read("cs")}};
        		int fault = KML_FAULT_NONE;
        		{{Result}} r = {{Expression}};

        		(void)b;
        		(void)c;
        		results[i] = {{(Result == "float" ? "kml_f32_to_bits(r)" : "(kml_u64)r")}};
        		faults[i] = fault;
        	}
        }

        """;

    /// <summary>Runs the operation in C#.</summary>
    /// <returns>The result, 0 after a fault; and the fault's code, as in <c>kml_arith.h</c>.</returns>
    public (ulong Result, int Fault) Run(ulong a, ulong b, ulong c)
    {
        try
        {
            return (Managed(a, b, c), 0);
        }
        catch (DivideByZeroException)
        {
            return (0, 1);
        }
        catch (OverflowException)
        {
            return (0, 2);
        }
        catch (ArgumentException)
        {
            return (0, 3);
        }
        catch (ArithmeticException)
        {
            return (0, 4);
        }
        catch (IndexOutOfRangeException)
        {
            return (0, 5);
        }
    }

    private string Read(string array) => Argument == "float" ? $"kml_f32_from_bits((kml_u32){array}[i])" : $"({Argument}){array}[i]";
}
