using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;

namespace Kml.KmodGen.Bodies;

/// <summary>The signature of a body's function: the parameters that its role has, whether or not the user's method takes all of them.</summary>
internal sealed class BodySignature
{
    private readonly Method _method;
    private readonly BodyRole _role;
    private readonly BodyNames _names;
    private readonly ISet<string> _read;
    private readonly List<string> _unused = [];
    private readonly List<CParameter> _parameters = [];

    /// <summary>Names the parameters of a body.</summary>
    /// <param name="role">What the body is for.</param>
    /// <param name="method">The user's method.</param>
    /// <param name="names">The names within the function, to which its parameters' are added.</param>
    /// <param name="read">The names in C# that the method reads.</param>
    /// <param name="model">Its model.</param>
    /// <param name="stateType">The type of the model's state in C.</param>
    public BodySignature(BodyRole role, Method method, BodyNames names, ISet<string> read, ModelSpec model, string stateType)
    {
        _method = method;
        _role = role;
        _names = names;
        _read = read;
        AddEvents();
        if (role is BodyRole.Update or BodyRole.Features)
            AddState(stateType);
        if (role == BodyRole.Features)
            AddFeatures(model.Features);
        if (role is BodyRole.Verdict or BodyRole.Policy)
            AddValue(model.Label.Type);
        if (role is BodyRole.Label or BodyRole.Verdict)
            AddResult(model.Label.Type);
    }

    /// <summary>The parameters, in order.</summary>
    public IReadOnlyList<CParameter> Parameters => _parameters;

    /// <summary>Those of which the compiler would say that they are unused.</summary>
    public IReadOnlyList<string> Unused => _unused;

    /// <summary>Where the result goes: the label, the verdict, the features; empty if there is none.</summary>
    public string Result { get; private set; } = "";

    private void AddEvents()
    {
        Parameter[] events = [.. _method.Parameters.Where(p => p.Kind == ParameterKind.Event)];
        bool written = Operands.All(_method.Body).OfType<PullLever>().Any();
        for (int i = 0; i < events.Length; i++)
        {
            string name = Named(events[i], _role != BodyRole.Label ? "e" : i == 0 ? "from" : "to", written);
            _parameters.Add(new($"{(_role == BodyRole.Policy ? "" : "const ")}{CNames.Event(events[i].Event!.Value)}", $"*{name}"));
        }
    }

    private void AddState(string type)
    {
        Parameter? state = _method.Parameters.FirstOrDefault(p => p.Kind == ParameterKind.State);
        bool assigned = Operands.All(_method.Body).OfType<AssignState>().Any();
        _parameters.Add(new($"{(_role == BodyRole.Update ? "" : "const ")}{type}", $"*{Named(state, "state", assigned)}"));
    }

    private void AddFeatures(FeaturesSpec spec)
    {
        Result = _names.Bind(_method.Parameters.Single(p => p.Kind == ParameterKind.Features).Name, "x");
        _parameters.Add(new(CTypes.Name(spec.Type), $"{Result}[{spec.Count}]"));
    }

    private void AddValue(ScalarType type)
    {
        Parameter value = _method.Parameters.Single(p => p.Kind == ParameterKind.Scalar);
        string name = _names.Add(value.Name);
        if (!_read.Contains(value.Name))
            _unused.Add(name);
        _parameters.Add(new(CTypes.Name(type), name));
    }

    private void AddResult(ScalarType label)
    {
        Result = _names.Fresh(_role == BodyRole.Label ? "label" : "verdict");
        _parameters.Add(new(_role == BodyRole.Label ? CTypes.Name(label) : "bool", $"*{Result}"));
    }

    private string Named(Parameter? parameter, string name, bool written)
    {
        string c = parameter is null ? _names.Fresh(name) : _names.Bind(parameter.Name, name);
        if (!written && (parameter is null || !_read.Contains(parameter.Name)))
            _unused.Add(c);
        return c;
    }
}
