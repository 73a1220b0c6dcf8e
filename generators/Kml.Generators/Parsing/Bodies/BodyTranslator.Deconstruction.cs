using System.Collections.Generic;
using System.Linq;
using Kml.Generators.Parsing.Refusals;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies;

/// <content>Deconstruction: all places first, then all values, then all at once.</content>
internal sealed partial class BodyTranslator
{
    /// <summary>Assigns each part of a tuple, or of a record struct, to a place of its own.</summary>
    private void Deconstruct(IDeconstructionAssignmentOperation deconstruction)
    {
        IOperation target = Declared(deconstruction.Target);
        if (target is not ITupleOperation { Elements: var targets })
        {
            _refuser.Refuse(deconstruction);
            return;
        }

        if (targets.FirstOrDefault(t => Declared(t) is ITupleOperation) is { } inner)
        {
            _refuser.Refuse(inner, new Refusal("A tuple within this one", "deconstruct it in a statement of its own"));
            return;
        }

        IOperation value = deconstruction.Value is IConversionOperation { Operand: ITupleOperation converted } ? converted : deconstruction.Value;
        if (value is ITupleOperation { Elements: var elements } && elements.Length == targets.Length)
            DeconstructLiteral(targets, elements);
        else if (!HasPlainParts(value.Type) || !DeconstructPlace(targets, value))
            RefuseDeconstruction(value);
    }

    private void RefuseDeconstruction(IOperation value)
    {
        if (Data(value.Type) is not null)
            _refuser.Refuse(value, new Refusal("This deconstruction", "take the parts by their names"));
    }

    // The parts of a tuple and of a positional record struct are its fields; a Deconstruct of the user's own is code.
    private static bool HasPlainParts(ITypeSymbol? type) => type is { IsTupleType: true }
        || (type is { IsRecord: true } && type.GetMembers("Deconstruct").All(m => m.IsImplicitlyDeclared));

    private void DeconstructLiteral(IReadOnlyList<IOperation> targets, IReadOnlyList<IOperation> elements)
    {
        // Places first, then values, then all at once: (a, b) = (b, a) changes them about.
        List<Binding?> places = PlacesOf(targets);
        List<Expression?> scalars = [];
        List<Binding?> wholes = [];
        bool isDeclaring = targets.All(t => IsDeclaring(t) || Declared(t) is IDiscardOperation);
        foreach (IOperation element in elements)
        {
            int before = _scope.Statements.Count;
            bool isScalar = Data(element.Type) is ScalarData or null;
            Expression? value = isScalar ? Translate(element) : null;
            wholes.Add(isScalar ? null : Aggregate(element, Data(element.Type)!, "part"));
            KeepBefore(scalars, before);
            scalars.Add(value is null || isDeclaring ? value : _scope.Keep(value, "part"));
        }

        for (int i = 0; i < scalars.Count; i++)
            AssignPart(targets[i], places[i], scalars[i], wholes[i]);
    }

    /// <summary>Deconstructs what lies somewhere: all of it is read before any of it is assigned.</summary>
    private bool DeconstructPlace(IReadOnlyList<IOperation> targets, IOperation value)
    {
        List<Binding?> places = PlacesOf(targets);
        if (Place(value) is not { Data: StructData parts } whole || parts.Fields.Count != targets.Count)
            return false;

        // What a call returned lies where nobody else reaches it.
        bool isReached = IsVariable(value), isKept = isReached && !targets.All(t => IsDeclaring(t) || Declared(t) is IDiscardOperation);
        List<Expression?> scalars = [];
        List<Binding?> wholes = [];
        foreach (FieldSpec field in parts.Fields)
        {
            Binding part = whole.Member(field.Name)!;
            Expression? scalar = part.Scalar is { } type ? new Read(type, part.Place) : null;
            scalars.Add(scalar is not null && isKept ? _scope.Keep(scalar, "part") : scalar);
            wholes.Add(scalar is null && isReached ? CopyOf(part) : part);
        }

        for (int i = 0; i < targets.Count; i++)
            AssignPart(targets[i], places[i], scalars[i], wholes[i]);
        return true;
    }

    private List<Binding?> PlacesOf(IReadOnlyList<IOperation> targets) => [.. targets.Select(t =>
        Declared(t) is not (IDiscardOperation or ILocalReferenceOperation) && Writable(t) is { } place ? Settled(place) : null)];

    private void AssignPart(IOperation target, Binding? place, Expression? scalar, Binding? whole)
    {
        IOperation declared = Declared(target);
        if (declared is IDiscardOperation)
            Discard(scalar);
        if (declared is IDiscardOperation || (scalar is null && whole is null))
            return;
        if (IsDeclaring(target) && declared is ILocalReferenceOperation { Local: var local } && scalar is not null)
        {
            ScalarType type = Scalar(local.Type) ?? scalar.Type;
            Emit(new Let(Name(_scope.Local(local, new ScalarData(type))), Arithmetic.ConvertTo(type, scalar)));
        }
        else if (IsDeclaring(target) && declared is ILocalReferenceOperation { Local: var aggregate })
        {
            _scope.Bind(aggregate, whole!);
        }
        else if ((place ?? Writable(target)) is { } found)
        {
            Emit(scalar is not null
                ? new Assign(found.Place, Arithmetic.ConvertTo(found.Scalar!.Value, scalar))
                : new Copy(found.Place, whole!.Place, found.Data));
        }
    }

    private static bool IsDeclaring(IOperation target) => Declared(target) is ILocalReferenceOperation { IsDeclaration: true };

    private static IOperation Declared(IOperation target) => target is IDeclarationExpressionOperation declaration ? declaration.Expression : target;
}
