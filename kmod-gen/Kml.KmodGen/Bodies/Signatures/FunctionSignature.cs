using System.Collections.Generic;
using Kml.KmodGen.Bodies.Names;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;

namespace Kml.KmodGen.Bodies.Signatures;

/// <summary>The signature of a function of the model's: the parameters that the user gave it.</summary>
internal sealed class FunctionSignature : ISignature
{
    private readonly BodyModel _model;
    private readonly BodyNames _names;
    private readonly List<CParameter> _parameters = [];

    /// <summary>Names the parameters of a function.</summary>
    /// <param name="model">Its model.</param>
    /// <param name="function">The function.</param>
    /// <param name="names">The names within it, to which its parameters' are added.</param>
    public FunctionSignature(BodyModel model, Method function, BodyNames names)
    {
        _model = model;
        _names = names;
        foreach (Parameter parameter in function.Parameters)
            Add(parameter);
    }

    /// <summary>The parameters, in order.</summary>
    public IReadOnlyList<CParameter> Parameters => _parameters;

    /// <summary>Nothing: the function returns its result itself.</summary>
    public string Result => "";

    private void Add(Parameter parameter)
    {
        DataType data = _model.Data(parameter);
        string constant = parameter.IsWritten ? "" : "const ";
        string name;
        switch (parameter.Kind)
        {
            case ParameterKind.Event:
                name = _names.Bind(parameter.Name, "e", data);
                _parameters.Add(new(constant + CNames.Event(parameter.Event!.Value), "*" + name));
                break;
            case ParameterKind.State:
                name = _names.Bind(parameter.Name, "state", data);
                _parameters.Add(new(constant + _model.Names.State, "*" + name));
                break;
            case ParameterKind.Scalar:
                name = _names.Add(parameter.Name, data);
                _parameters.Add(new(CTypes.Name(parameter.Type), name));
                break;
            default:
                name = _names.Add(parameter.Name, data, isReference: true);
                string[] words = (constant + _model.Structs.Declarator(data, data is ArrayData ? name : "*" + name)).Split(' ');
                _parameters.Add(new(string.Join(' ', words[..^1]), words[^1]));
                break;
        }
    }
}
