using System.Linq;

namespace Kml.Model.Lowering;

/// <summary>Finds floating point in translated bodies: a body without any can run where the vector registers cannot be used.</summary>
public static class FloatUse
{
    /// <summary>Whether a method computes in floating point anywhere, be it in a function that it calls.</summary>
    /// <param name="method">The method; null uses none.</param>
    /// <param name="functions">The model's functions.</param>
    /// <returns>True if a parameter, an expression or a place is of type F32.</returns>
    public static bool In(Method? method, ModelFunctions functions) =>
        method is not null && (In(method) || functions.CalledBy([method]).Any(In));

    private static bool In(Method method) =>
        method.Result == ScalarType.F32
        || method.Parameters.Any(p => p.Kind is ParameterKind.Scalar or ParameterKind.Features ? p.Type == ScalarType.F32 : p.Data is { } data && In(data))
        || Operands.All(method).Any(e => e.Type == ScalarType.F32)
        || Operands.All(method.Body).Any(s => s is Declare { Data: var local } && In(local));

    private static bool In(DataType data) => data switch
    {
        ScalarData d => d.Type == ScalarType.F32,
        ArrayData d => In(d.Element),
        _ => ((StructData)data).Fields.Any(f => In(f.Data)),
    };
}
