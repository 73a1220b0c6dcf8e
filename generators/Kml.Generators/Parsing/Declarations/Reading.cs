using System.Collections.Generic;
using System.Linq;
using Kml.Generators.Parsing.Refusals;
using Kml.Model;
using Kml.Model.Lowering.Budgets;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing.Declarations;

/// <summary>What was read of a class marked [KernelModel].</summary>
/// <param name="Model">The model; null if anything is an error.</param>
/// <param name="Surface">What other code calls of the class, if it is no model; null where the class can have no other part.</param>
/// <param name="Findings">What is to be reported.</param>
/// <param name="IsLeftToCompiler">Whether some of it was no C#, of which the compiler speaks.</param>
/// <param name="Budgets">What the model's methods take; none without a model.</param>
/// <param name="Methods">The names of the model's methods, in the order of <see cref="BodyBudget.Methods"/>; none without a model.</param>
/// <param name="State">The model's state; null without one, and without a model.</param>
/// <param name="Limits">What the class states of its limits.</param>
internal sealed record Reading(
    ParsedModel? Model,
    Surface? Surface,
    IReadOnlyList<Finding> Findings,
    bool IsLeftToCompiler,
    EquatableArray<BodyBudget> Budgets,
    IReadOnlyList<Location> Methods,
    ReadState? State,
    Limits Limits);

/// <summary>The state of a model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">What it takes.</param>
/// <param name="Place">Its name in the source.</param>
internal sealed record ReadState(string Name, long Bytes, Location Place);

/// <summary>What other code calls of a class: it stays while the class is being typed, so that a mistake in one body is one error.</summary>
/// <param name="Taken">Names among those of <c>IKernelModel</c>, and Predict, that the class or a base has given to members of its own.</param>
/// <param name="Predict">How the typed Predict is called; null where too little is known.</param>
internal sealed record Surface(EquatableArray<string> Taken, PredictSignature? Predict);

/// <summary>How the typed Predict is called.</summary>
/// <param name="From">The event that it takes.</param>
/// <param name="StateType">The C# name of the state that it takes, fully qualified; null where the features do not read it.</param>
/// <param name="Result">The C# name of the label's type.</param>
/// <param name="Accessibility">How far it can be seen: no farther than what it takes and returns.</param>
internal sealed record PredictSignature(EventKind From, string? StateType, string Result, Accessibility Accessibility)
{
    /// <summary>How the Predict of a model is called, be it without errors or not.</summary>
    public static PredictSignature Of(ParsedModel model)
    {
        bool readsState = model.Spec.Features.Method.Parameters.Any(p => p.Kind == ParameterKind.State);
        Accessibility least = model.Label.Accessibility;
        if (readsState && model.StateAccessibility < least)
            least = model.StateAccessibility;
        return new PredictSignature(model.Spec.From, readsState ? model.StateType : null, model.Label.ClrType, least);
    }
}
