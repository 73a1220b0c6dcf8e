using System.Linq;
using Kml.Generators.Parsing.Bodies.Functions;
using Kml.Generators.Parsing.Refusals;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies;

/// <content>The event as a whole: what is handed over, and its levers.</content>
internal sealed partial class BodyTranslator
{
    private Binding? EventParameter(IOperation operation) =>
        operation is IParameterReferenceOperation reference && _scope.Parameter(reference.Parameter) is { Kind: ParameterKind.Event } parameter
            ? new Binding(new VariablePlace(parameter.Name), FunctionRegistry.EventData(parameter.Event!.Value), reference.Parameter.RefKind == RefKind.Ref)
            : null;

    private LeverInfo? Lever(IInvocationOperation call) =>
        call.Instance is IParameterReferenceOperation instance
        && _scope.Parameter(instance.Parameter) is { Kind: ParameterKind.Event, Event: { } kind }
        && IsMember(call.TargetMethod, instance)
            ? kind.Info().Levers.FirstOrDefault(l => l.MethodName == call.TargetMethod.Name)
            : null;

    private void Pull(IInvocationOperation call, LeverInfo lever)
    {
        IParameterSymbol e = ((IParameterReferenceOperation)call.Instance!).Parameter;
        if (e.RefKind != RefKind.Ref)
        {
            _refuser.Refuse(call, new Refusal($"'{lever.MethodName}' outside a policy", "call it in the [Policy] method"));
            return;
        }

        if (InOrder(call.Arguments) is not { } arguments)
            return;
        Emit(new PullLever(_scope.Parameter(e)!.Name, lever.Lever, arguments.ToEquatableArray()));
    }
}
