using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kml.Model.Lowering.Ranges;

/// <summary>What values the functions of a model return, whatever they are given: found where it is first asked for.</summary>
internal static class MethodResults
{
    private static readonly ConditionalWeakTable<ModelFunctions, ConditionalWeakTable<Method, object>> Known = new();

    /// <summary>The values that a call can have.</summary>
    /// <param name="call">A call of an integer type, Bool or Q16.</param>
    /// <param name="functions">The functions of the model.</param>
    /// <returns>The range; 0 is in it, which a function returns where it faults.</returns>
    public static IntegerRange Of(Call call, ModelFunctions functions) =>
        (IntegerRange)Known.GetOrCreateValue(functions).GetValue(functions[call.Name], m => Find(m, functions));

    private static object Find(Method method, ModelFunctions functions)
    {
        Returns returns = new();
        returns.Within(method.Body, new Facts(method, functions), BigInteger.One);
        return returns.Values;
    }

    private sealed class Returns : FactsWalk
    {
        public IntegerRange Values { get; private set; } = IntegerRange.Exactly(0);

        protected override void See(Statement statement, Facts facts, BigInteger? times)
        {
            if (statement is Return { Value: { } value })
                Values = Values.Union(facts.Of(value));
        }
    }
}
