using System.Linq;

namespace Kml.Model.Lowering;

/// <summary>Finds floating point in translated bodies: a body without any can run where the vector registers cannot be used.</summary>
public static class FloatUse
{
    /// <summary>Whether a method computes in floating point anywhere.</summary>
    /// <param name="method">The method; null uses none.</param>
    /// <returns>True if a parameter or an expression is of type F32.</returns>
    public static bool In(Method? method) =>
        method is not null
        && (method.Parameters.Any(p => p.Kind is ParameterKind.Scalar or ParameterKind.Features && p.Type == ScalarType.F32) || In(method.Body));

    private static bool In(Statement statement) => statement switch
    {
        Let s => In(s.Value),
        AssignVariable s => In(s.Value),
        AssignState s => In(s.Value),
        AssignFeature s => In(s.Value),
        If s => In(s.Test) || In(s.WhenTrue) || In(s.WhenFalse),
        Block s => s.Statements.Any(In),
        Return s => s.Value is not null && In(s.Value),
        PullLever s => s.Arguments.Any(In),
        _ => throw new System.ArgumentException($"{statement.GetType().Name} is no known statement.", nameof(statement)),
    };

    private static bool In(Expression expression) =>
        expression.Type == ScalarType.F32 || expression switch
        {
            Constant or Variable or FieldRead => false,
            Unary e => In(e.Operand),
            Binary e => In(e.Left) || In(e.Right),
            Conversion e => In(e.Operand),
            Choice e => In(e.Test) || In(e.WhenTrue) || In(e.WhenFalse),
            FunctionCall e => e.Arguments.Any(In),
            _ => throw new System.ArgumentException($"{expression.GetType().Name} is no known expression.", nameof(expression)),
        };
}
