using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Bodies.Names;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;

namespace Kml.KmodGen.Bodies.Signatures;

/// <summary>The signature of a body's function: the parameters that its role has, whether or not the user's method takes all of them.</summary>
internal sealed class BodySignature : ISignature
{
    private readonly BodyModel _model;
    private readonly Method _method;
    private readonly BodyRole _role;
    private readonly BodyNames _names;
    private readonly List<CParameter> _parameters = [];

    /// <summary>Names the parameters of a body.</summary>
    /// <param name="role">What the body is for.</param>
    /// <param name="method">The user's method.</param>
    /// <param name="names">The names within the function, to which its parameters' are added.</param>
    /// <param name="model">Its model.</param>
    public BodySignature(BodyRole role, Method method, BodyNames names, BodyModel model)
    {
        _model = model;
        _method = method;
        _role = role;
        _names = names;
        AddEvents();
        if (role is BodyRole.Update or BodyRole.Features)
            AddState();
        if (role == BodyRole.Features)
            AddFeatures(model.Spec.Features);
        if (role is BodyRole.Verdict or BodyRole.Policy)
            AddValues();
        if (role is BodyRole.Label or BodyRole.Verdict)
            AddResult(model.Spec.Label.Type);
    }

    /// <summary>The parameters, in order.</summary>
    public IReadOnlyList<CParameter> Parameters => _parameters;

    /// <summary>Where the result goes: the label, the verdict, the features; empty if there is none.</summary>
    public string Result { get; private set; } = "";

    private void AddEvents()
    {
        Parameter[] events = [.. _method.Parameters.Where(p => p.Kind == ParameterKind.Event)];
        for (int i = 0; i < events.Length; i++)
        {
            string name = Named(events[i], _role != BodyRole.Label ? "e" : i == 0 ? "from" : "to");
            _parameters.Add(new($"{(_role == BodyRole.Policy ? "" : "const ")}{CNames.Event(events[i].Event!.Value)}", $"*{name}"));
        }
    }

    private void AddState()
    {
        Parameter? state = _method.Parameters.FirstOrDefault(p => p.Kind == ParameterKind.State);
        _parameters.Add(new($"{(_role == BodyRole.Update ? "" : "const ")}{_model.Names.State}", $"*{Named(state, "state")}"));
    }

    private void AddFeatures(FeaturesSpec spec)
    {
        Parameter features = _method.Parameters.Single(p => p.Kind == ParameterKind.Features);
        Result = _names.Bind(features.Name, "x", _model.Data(features));
        _parameters.Add(new(CTypes.Name(spec.Type), $"{Result}[{spec.Count}]"));
    }

    // The value, and behind it the confidences that the method takes.
    private void AddValues()
    {
        foreach (Parameter value in _method.Parameters.Where(p => p.Kind == ParameterKind.Scalar))
        {
            string name = _names.Add(value.Name, new ScalarData(value.Type));
            _parameters.Add(new(CTypes.Name(value.Type), name));
        }
    }

    private void AddResult(ScalarType label)
    {
        Result = _names.Fresh(_role == BodyRole.Label ? "label" : "verdict");
        _parameters.Add(new(_role == BodyRole.Label ? CTypes.Name(label) : "bool", $"*{Result}"));
    }

    private string Named(Parameter? parameter, string name) =>
        parameter is null ? _names.Fresh(name) : _names.Bind(parameter.Name, name, _model.Data(parameter));
}
