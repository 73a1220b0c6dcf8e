using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.KmodGen.Bodies;

/// <summary>The bodies of a model as C functions, in two groups: those without floating point, and the others, which may call the former's functions.</summary>
internal sealed class BodyFiles
{
    private readonly BodyModel _model;
    private readonly ModelSpec _spec;
    private readonly ModelTraits _traits;
    private readonly IReadOnlyList<Method> _functions;

    /// <summary>Takes a model.</summary>
    /// <param name="model">The model.</param>
    public BodyFiles(BodyModel model)
    {
        _model = model;
        _spec = model.Spec;
        _traits = ModelTraits.Of(_spec);
        _functions = model.Functions.CalledBy([.. _spec.Updates, _spec.Features.Method, _spec.Label.Method, _spec.Verdict, _spec.Policy]);
    }

    /// <summary>The parts without floating point: tables, functions, then methods.</summary>
    public IReadOnlyList<BodyPart> Integer => File(useFloat: false);

    /// <summary>The parts with floating point; none if no body uses it.</summary>
    public IReadOnlyList<BodyPart> Float => File(useFloat: true);

    /// <summary>The headers that the functions of one of the two groups call into, beside those that every file of bodies includes.</summary>
    /// <param name="useFloat">Whether it is the group with floating point.</param>
    /// <returns>The names of the headers.</returns>
    public IReadOnlyList<string> Headers(bool useFloat) =>
        FunctionForms.HeadersOf([.. Functions(useFloat), .. useFloat ? default : _spec.Updates, .. Others(useFloat).Select(o => o.Method)]);

    private IEnumerable<Method> Functions(bool useFloat) => _functions.Where(f => FloatUse.In(f, _model.Functions) == useFloat);

    private IReadOnlyList<BodyPart> File(bool useFloat)
    {
        return
        [
            .. Tables(useFloat),
            .. Functions(useFloat).Select(f => new BodyPart($"method {Signature(f)}", FunctionPrinter.Text(_model.Translated(f.Name).Function))),
            .. useFloat ? [] : Updates(),
            .. Others(useFloat).Select(o => Of(o.Role, o.Attribute, _model.Names.Symbol(o.Role.ToString().ToLowerInvariant()), o.Method)),
        ];
    }

    // A table of numbers with a fraction is read by float bodies alone; others may be read by both, and stand where both see them.
    private IEnumerable<BodyPart> Tables(bool useFloat)
    {
        Method?[] methods = [.. _functions, .. _spec.Updates, _spec.Features.Method, _spec.Label.Method, _spec.Verdict, _spec.Policy];
        return TableText.In(methods.OfType<Method>())
            .Where(t => t.Element == ScalarType.F32 == useFloat)
            .Select(t => new BodyPart($"table {t.Name}", TableText.Of(t, _model.Symbol(t))));
    }

    private IEnumerable<BodyPart> Updates()
    {
        foreach (IGrouping<EventKind, Method> group in _spec.Updates.GroupBy(u => u.Parameters[0].Event!.Value).OrderBy(g => g.Key))
        {
            string symbol = _model.Names.Symbol("update_" + group.Key.Info().Word);
            Method[] updates = [.. group];
            if (updates.Length == 1)
            {
                yield return Of(BodyRole.Update, "Update", symbol, updates[0]);
                continue;
            }

            string[] steps = [.. updates.Select((_, i) => $"{symbol}_{(i + 1).ToString(CultureInfo.InvariantCulture)}")];
            for (int i = 0; i < updates.Length; i++)
                yield return Of(BodyRole.Update, "Update", steps[i], updates[i]);
            yield return new(
                $"the {updates.Length.ToString(CultureInfo.InvariantCulture)} methods with [Update] of {group.Key}, in their order",
                FunctionPrinter.Text(InOrder(symbol, CNames.Event(group.Key), _model.Names.State, steps)));
        }
    }

    private IEnumerable<(BodyRole Role, string Attribute, Method Method)> Others(bool useFloat)
    {
        if (_traits.FeaturesFloat == useFloat)
            yield return (BodyRole.Features, $"Features({_spec.Features.Count.ToString(CultureInfo.InvariantCulture)})", _spec.Features.Method);
        if (_traits.LabelFloat == useFloat)
            yield return (BodyRole.Label, "Label", _spec.Label.Method);
        if (_spec.Verdict is not null && _traits.VerdictFloat == useFloat)
            yield return (BodyRole.Verdict, "Verdict", _spec.Verdict);
        if (_spec.Policy is not null && _traits.PolicyFloat == useFloat)
            yield return (BodyRole.Policy, "Policy", _spec.Policy);
    }

    private BodyPart Of(BodyRole role, string attribute, string symbol, Method method)
    {
        string signature = $"[{attribute}] {Signature(method)}";
        return new($"method {signature}", FunctionPrinter.Text(BodyTranslator.Translate(_model, role, symbol, method, signature)));
    }

    private static string Signature(Method method)
    {
        string parameters = string.Join(", ", method.Parameters.Select(p => p.Kind switch
        {
            ParameterKind.Event => $"{p.Event} {p.Name}",
            ParameterKind.State => $"state {p.Name}",
            ParameterKind.Features => $"{CTypes.Name(p.Type)} {p.Name}[]",
            ParameterKind.Reference => $"ref {p.Name}",
            _ => $"{CTypes.Name(p.Type)} {p.Name}",
        }));
        return $"{method.Name}({parameters})";
    }

    /// <summary>A function that runs all updates of an event; as an exception would, a fault ends it.</summary>
    private static CFunction InOrder(string symbol, string eventStruct, string state, string[] steps)
    {
        CName fault = new("fault", ScalarType.I32);
        CExpression[] arguments = [new CName("e", ScalarType.U64), new CName("state", ScalarType.U64)];
        CCall Call(string step) => new(step, arguments, ScalarType.I32);

        CBlock body = new();
        body.Declare("int", "fault");
        foreach (string step in steps[..^1])
        {
            body.Add(new CAssign(fault, Call(step)));
            body.Add(new CIf(fault, CBlock.Of(new CReturn(fault)), new CBlock()));
        }

        body.Add(new CReturn(Call(steps[^1])));
        return new(symbol, [new($"const {eventStruct}", "*e"), new(state, "*state")], body);
    }
}
