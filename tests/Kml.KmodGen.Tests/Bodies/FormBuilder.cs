using Kml.KmodGen.Bodies;
using Kml.Model;
using Kml.TestSupport;
using static Kml.Model.EquatableArray;

namespace Kml.KmodGen.Tests.Bodies;

/// <summary>Short words for the form of a body, so that a test of what becomes of it can be read.</summary>
internal static class FormBuilder
{
    public static readonly ScalarData U32 = new(ScalarType.U32);

    public static Place Var(string name) => new VariablePlace(name);

    public static Place Dot(this Place of, string field) => new MemberPlace(of, field);

    public static Place At(this Place of, Expression index, int length) => new ElementPlace(of, index, length);

    public static Read Get(this Place place, ScalarType type = ScalarType.U32) => new(type, place);

    public static Read Int(string name) => Read.Variable(ScalarType.I32, name);

    public static Read UInt(string name) => Read.Variable(ScalarType.U32, name);

    public static Constant Num(long value, ScalarType type = ScalarType.U32) => new(type, (ulong)value);

    public static Constant Num32(int value) => Num(value, ScalarType.I32);

    public static Binary Op(this Expression left, BinaryOperator operation, Expression right) => new(
        operation is >= BinaryOperator.Equal and <= BinaryOperator.OrElse ? ScalarType.Bool : left.Type,
        operation,
        left,
        right);

    public static Binary Plus(this Expression left, Expression right) => left.Op(BinaryOperator.Add, right);

    public static Binary Below(this Expression left, Expression right) => left.Op(BinaryOperator.Less, right);

    public static Expression As(this Expression e, ScalarType type) => new Conversion(type, e);

    public static Assign Set(this Place place, Expression value) => new(place, value);

    public static Block Do(params Statement[] statements) => new(Of(statements));

    public static If When(Expression test, params Statement[] then) => new(test, Do(then), Do());

    /// <summary>A loop that counts from 0 to a number.</summary>
    public static Statement[] Count(string name, int below, params Statement[] body) =>
    [
        new Let(name, Num32(0)),
        new Loop(Int(name).Below(Num32(below)), false, Do(body), Do(Var(name).Set(Int(name).Plus(Num32(1)))), below, false),
    ];

    public static Parameter Scalar(string name, ScalarType type = ScalarType.U32) => new(name, ParameterKind.Scalar, null, type);

    public static Parameter In(string name, DataType data) => new(name, ParameterKind.Reference, Data: data);

    public static Parameter Ref(string name, DataType data) => new(name, ParameterKind.Reference, Data: data, IsWritten: true);

    public static Method Function(string name, ScalarType? result, Parameter[] parameters, params Statement[] body) =>
        new(name, Of(parameters), Do(body), result);

    public static Call Calls(Method function, params Argument[] arguments) => new(function.Result ?? ScalarType.Bool, function.Name, Of(arguments));

    public static Argument By(Expression value) => new ValueArgument(value);

    public static Argument By(Place place) => new PlaceArgument(place);

    /// <summary>An update of a model that has a state and some functions.</summary>
    public static BodyCase Update(FieldSpec[] state, Method[] functions, params Statement[] body)
    {
        Method method = new("On", Of(new Parameter("e", ParameterKind.Event, EventKind.BioQueue), new Parameter("q", ParameterKind.State)), Do(body));
        return new(BodyRole.Update, method, SampleModels.Minimal() with
        {
            State = new(StateScope.PerDevice, Of(state)),
            Updates = Of(method),
            Functions = functions.ToEquatableArray(),
        });
    }
}
