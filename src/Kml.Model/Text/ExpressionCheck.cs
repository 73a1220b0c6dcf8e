using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Model.Text;

/// <summary>Refuses expressions and places that do not fit their method or each other.</summary>
internal sealed class ExpressionCheck
{
    private readonly ModelSpec _model;
    private readonly bool _isFunction;
    private readonly bool _writesState;
    private readonly ModelFunctions _functions;
    private readonly Dictionary<string, Parameter> _parameters = [];
    private readonly Dictionary<string, DataType> _variables = [];

    /// <summary>Prepares the check of what a method consists of.</summary>
    /// <param name="model">Its model.</param>
    /// <param name="isFunction">Whether it is a function, and not one of the model's own methods.</param>
    /// <param name="writesState">Whether it is one of these and an update.</param>
    public ExpressionCheck(ModelSpec model, bool isFunction, bool writesState)
    {
        _model = model;
        _isFunction = isFunction;
        _writesState = writesState;
        _functions = new(model.Functions);
    }

    /// <summary>Adds a parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    public void Add(Parameter parameter)
    {
        if (parameter.Kind == ParameterKind.Reference && !_isFunction)
            throw new FormatException($"Only functions are given references, such as '{parameter.Name}'.");
        _parameters.Add(parameter.Name, parameter);
        Add(parameter.Name, Data(parameter));
        if (parameter.Data is not null)
            ModelTextCheck.Check(parameter.Data);
    }

    /// <summary>Adds a variable.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="data">Its type.</param>
    public void Add(string name, DataType data) => _variables.Add(name, data);

    /// <summary>Removes a variable that is no longer seen.</summary>
    /// <param name="name">Its name.</param>
    public void Remove(string name) => _variables.Remove(name);

    /// <summary>Checks an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="mayWrite">Whether it may be a call that writes.</param>
    public void Check(Expression expression, bool mayWrite = false)
    {
        foreach (Expression operand in Operands.Of(expression))
            Check(operand);
        bool fits = expression switch
        {
            Constant e => ModelTextCheck.IsValue(e.Type, e.Bits),
            Read e => Of(e.Place) is ScalarData read && read.Type == e.Type,
            Unary { Operator: UnaryOperator.Not } e => e.Type == ScalarType.Bool,
            Unary { Operator: UnaryOperator.Complement } e => IsComputed(e.Type) && e.Type.IsInteger(),
            Unary e => IsComputed(e.Type) && e.Type is not ScalarType.U32 and not ScalarType.U64,
            Binary e => IsTyped(e),
            Conversion e => e.Type != ScalarType.Bool,
            Choice e => e.Test.Type == ScalarType.Bool && e.WhenTrue.Type == e.WhenFalse.Type,
            FunctionCall e => IsTyped(e),
            _ => true,
        };
        if (!fits)
            throw new FormatException($"The types of {BodyText.Write(expression)} do not fit.");
        if (expression is Call call)
            Check(call, mayWrite);
    }

    /// <summary>Checks a test.</summary>
    /// <param name="test">The expression.</param>
    public void CheckTest(Expression test)
    {
        Check(test);
        if (test.Type != ScalarType.Bool)
            throw new FormatException($"{BodyText.Write(test)} is no test.");
    }

    /// <summary>Checks that a place may be written.</summary>
    /// <param name="place">The place.</param>
    public void CheckWritten(Place place)
    {
        string? root = Operands.Root(place);
        bool may = root is not null && (!_parameters.TryGetValue(root, out Parameter? parameter) || parameter.Kind switch
        {
            ParameterKind.Scalar or ParameterKind.Features => true,
            ParameterKind.State when !_isFunction => _writesState,
            _ => _isFunction && parameter.IsWritten,
        });
        if (!may)
            throw new FormatException($"{PlaceText.Write(place)} is not to be written.");
    }

    /// <summary>Checks a pull of a lever.</summary>
    /// <param name="pull">The statement.</param>
    public void Check(PullLever pull)
    {
        foreach (Expression argument in pull.Arguments)
            Check(argument);
        bool fits = _parameters.TryGetValue(pull.Event, out Parameter? at) && at.Kind == ParameterKind.Event && (!_isFunction || at.IsWritten)
            && at.Event!.Value.Info().Levers.FirstOrDefault(l => l.Lever == pull.Lever) is { } lever
            && lever.Parameters.Select(p => p.Type).SequenceEqual(pull.Arguments.Select(a => a.Type));
        if (!fits)
            throw new FormatException($"'{pull.Event}' has no lever {pull.Lever} that takes what is asked for.");
    }

    /// <summary>The type of what lies at a place.</summary>
    /// <param name="place">The place.</param>
    /// <returns>The type. That of the state has no name.</returns>
    public DataType Of(Place place)
    {
        switch (place)
        {
            case VariablePlace p:
                return _variables.TryGetValue(p.Name, out DataType? data) ? data : throw new FormatException($"There is no '{p.Name}' here.");
            case MemberPlace p when Of(p.Of) is StructData whole && whole.Fields.FirstOrDefault(f => f.Name == p.Field) is { } field:
                return field.Data;
            case ElementPlace p when Of(p.Of) is ArrayData array && array.Length == p.Length && p.Index.Type == ScalarType.I32:
                return array.Element;
            case SlicePlace p when Of(p.Of) is ArrayData array && p.Start >= 0 && (long)p.Start + p.Length <= array.Length:
                return array with { Length = p.Length };
            case TablePlace p when p.Values.Count > 0 && p.Values.All(v => ModelTextCheck.IsValue(p.Element, v)):
                return new ArrayData(new ScalarData(p.Element), p.Values.Count);
            default:
                throw new FormatException($"{PlaceText.Write(place)} is no place here.");
        }
    }

    /// <summary>Checks that a type is the one that is asked for.</summary>
    /// <param name="asked">That one.</param>
    /// <param name="given">The type.</param>
    /// <param name="what">What is done with it, for the message.</param>
    public void Fits(DataType asked, DataType given, string what)
    {
        // The state's struct has a name in the user's code alone.
        if (given is StructData { Name: "" } state && asked is StructData named)
            given = state with { Name = named.Name };
        if (asked != given)
            throw new FormatException($"{what} where its type does not fit: {PlaceText.Write(given)}, not {PlaceText.Write(asked)}.");
    }

    private DataType Data(Parameter parameter) => parameter.Kind switch
    {
        ParameterKind.Event => new StructData(parameter.Name, parameter.Event!.Value.Info().Fields),
        ParameterKind.State => new StructData("", _model.State?.Fields ?? throw new FormatException("A method takes the state of a model that has none.")),
        ParameterKind.Features => new ArrayData(new ScalarData(parameter.Type), _model.Features.Count),
        ParameterKind.Reference => parameter.Data!,
        _ => new ScalarData(parameter.Type),
    };

    private void Check(Call call, bool mayWrite)
    {
        Method function = _functions[call.Name];
        if (call.Arguments.Count != function.Parameters.Count || call.Type != (function.Result ?? ScalarType.Bool))
            throw new FormatException($"{BodyText.Write(call)} does not fit its function.");
        foreach ((Argument argument, Parameter parameter) in call.Arguments.Zip(function.Parameters, (a, p) => (a, p)))
        {
            if (argument is ValueArgument value)
            {
                if (parameter.Kind != ParameterKind.Scalar || value.Value.Type != parameter.Type)
                    throw new FormatException($"{BodyText.Write(call)} does not give '{parameter.Name}' what it takes.");
                continue;
            }

            CheckReference(((PlaceArgument)argument).Place, parameter);
            if (parameter.IsWritten && !mayWrite)
                throw new FormatException($"{BodyText.Write(call)} can write, and does not stand alone.");
        }
    }

    private void CheckReference(Place place, Parameter parameter)
    {
        DataType data = Of(place);
        if (parameter.Kind == ParameterKind.Reference)
        {
            Fits(parameter.Data!, data, $"'{parameter.Name}' is given");
        }
        else if (place is not VariablePlace { Name: var name } || !_parameters.TryGetValue(name, out Parameter? given)
            || given.Kind != parameter.Kind || given.Event != parameter.Event || given.Kind == ParameterKind.Scalar)
        {
            throw new FormatException($"'{parameter.Name}' is given {PlaceText.Write(place)}.");
        }

        if (parameter.IsWritten)
            CheckWritten(place);
    }

    private static bool IsComputed(ScalarType type) =>
        type is ScalarType.I32 or ScalarType.U32 or ScalarType.I64 or ScalarType.U64 or ScalarType.F32 or ScalarType.Q16;

    private static bool IsTyped(Binary e)
    {
        ScalarType left = e.Left.Type, right = e.Right.Type;
        return e.Operator switch
        {
            BinaryOperator.AndAlso or BinaryOperator.OrElse => (e.Type, left, right) == (ScalarType.Bool, ScalarType.Bool, ScalarType.Bool),
            BinaryOperator.Equal or BinaryOperator.NotEqual => e.Type == ScalarType.Bool && left == right && (left == ScalarType.Bool || IsComputed(left)),
            >= BinaryOperator.Less and <= BinaryOperator.GreaterOrEqual => e.Type == ScalarType.Bool && left == right && IsComputed(left),
            BinaryOperator.ShiftLeft or BinaryOperator.ShiftRight => e.Type == left && left.IsInteger() && IsComputed(left) && right == ScalarType.I32,
            BinaryOperator.And or BinaryOperator.Or or BinaryOperator.Xor =>
                e.Type == left && left == right && (left == ScalarType.Bool || (left.IsInteger() && IsComputed(left))),
            _ => e.Type == left && left == right && IsComputed(left),
        };
    }

    private static bool IsTyped(FunctionCall e)
    {
        FunctionInfo info = e.Function.Info();
        return e.Arguments.Count == info.Arity
            && info.Operands.Contains(e.Operand)
            && e.Type == info.ResultOf(e.Operand)
            && info.ParametersOf(e.Operand).SequenceEqual(e.Arguments.Select(a => a.Type));
    }
}
