using System.Collections.Generic;
using System.Linq;
using Kml.Generators.Parsing.Symbols;
using Kml.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Kml.Generators.Parsing.Bodies;

/// <content>References; values and places as they were when they were found.</content>
internal sealed partial class BodyTranslator
{
    private readonly HashSet<ISymbol> _reassigned = new(SymbolEqualityComparer.Default);

    /// <summary>A place whose indices are found, and checked, once and for all: a reference to it.</summary>
    private Binding Settled(Binding binding)
    {
        Place settled = Kept(binding.Place, _scope.Statements.Count, isChecked: true);
        return binding with { Place = settled };
    }

    /// <summary>A settled place that stays where it is when a reference that it was found through is moved: then it has a reference of its own.</summary>
    private Binding Pinned(Binding binding)
    {
        Binding settled = Settled(binding);
        if (Operands.Root(settled.Place) is not { } root || !_scope.Moved.Contains(root))
            return settled;
        Binding pinned = settled with { Place = new VariablePlace(_scope.Fresh("part")) };
        _scope.Referred.UnionWith([Name(pinned), root]);
        Emit(new Refer(Name(pinned), settled.Place, settled.Data));
        return pinned;
    }

    /// <summary>A place that was found before some statements, as it was then.</summary>
    private Binding SettledBefore(Binding binding, int before)
    {
        if (_scope.Statements.Count == before || !Operands.Of(binding.Place).Any(i => i is not Constant))
            return binding;
        return binding with { Place = Kept(binding.Place, before, isChecked: true) };
    }

    /// <summary>What lay at a place before some statements.</summary>
    private Binding CopiedBefore(Binding binding, int before)
    {
        if (_scope.Statements.Count == before || binding.Scalar is not null)
            return binding;
        (Binding copy, List<Statement> statements) = _scope.Apart(() => CopyOf(binding));
        _scope.Statements.InsertRange(before, statements);
        return copy;
    }

    private Binding CopyOf(Binding part)
    {
        Binding copy = new(new VariablePlace(_scope.Fresh("part")), part.Data, CanWrite: true);
        Emit(new Declare(Name(copy), part.Data));
        Emit(new Copy(copy.Place, part.Place, part.Data));
        return copy;
    }

    /// <summary>Whether C# reads an expression as a value, of which it changes or hands over a copy: a property, and what is part of one.</summary>
    private static bool IsValue(IOperation operation) => operation switch
    {
        IParenthesizedOperation parenthesized => IsValue(parenthesized.Operand),
        IPropertyReferenceOperation { Property.RefKind: RefKind.None } => true,
        IFieldReferenceOperation { Instance: { } instance } => IsValue(instance),
        IInlineArrayAccessOperation element => IsValue(element.Instance),
        _ => false,
    };

    /// <summary>Notes which variables a reference may lead to that is moved anywhere in the body.</summary>
    private void FindMovable(IBlockOperation body)
    {
        _reassigned.UnionWith(body.Descendants().OfType<ISimpleAssignmentOperation>().Where(a => a.IsRef).Select(a => a.Target)
            .OfType<ILocalReferenceOperation>().Select(t => t.Local));
        foreach (IOperation operation in body.Descendants())
        {
            (ISymbol Reference, IOperation To)? moved = operation switch
            {
                ISimpleAssignmentOperation { IsRef: true, Target: ILocalReferenceOperation { Local: var local }, Value: var to } => (local, to),
                IVariableDeclaratorOperation { Symbol: { RefKind: not RefKind.None } local, Initializer.Value: var to } when IsMoved(local, to) => (local, to),
                _ => null,
            };
            if (moved is not var (reference, place))
                continue;
            _scope.Movable.Add(reference);
            foreach (IOperation within in place.DescendantsAndSelf())
            {
                if (within is ILocalReferenceOperation { Local: var of })
                    _scope.Movable.Add(of);
                else if ((within is IParameterReferenceOperation { Parameter: var parameter } ? _scope.Place(parameter) : null) is { } given)
                    _scope.Referred.Add(Operands.Root(given.Place) ?? string.Empty);
                else if (within is IInstanceReferenceOperation && _scope.This is { } self)
                    _scope.Referred.Add(Operands.Root(self.Place) ?? string.Empty);
            }
        }
    }

    /// <summary>Whether a reference may lead to one place or another.</summary>
    private bool IsMoved(ILocalSymbol local, IOperation initializer) => initializer is IConditionalOperation || _reassigned.Contains(local);

    private void Refer(ILocalSymbol local, IOperation initializer)
    {
        if (local.Type.SpanElement() is not null || Data(local.Type) is not { } data)
        {
            _refuser.Refuse(initializer, Refuser.TypeRefusal(local.Type));
            return;
        }

        Binding reference = _scope.Local(local, data) with { CanWrite = local.RefKind == RefKind.Ref };
        _scope.Bind(local, reference);
        _scope.Moved.Add(Name(reference));
        Refer(reference, initializer);
    }

    /// <summary>Lets a reference lead to a place.</summary>
    private void Refer(Binding reference, IOperation to)
    {
        if (to is IConditionalOperation { WhenFalse: { } otherwise } choice)
        {
            Expression? test = Translate(choice.Condition);
            Block whenTrue = Apart(() => Refer(reference, choice.WhenTrue)), whenFalse = Apart(() => Refer(reference, otherwise));
            if (test is not null)
                Emit(new If(test, whenTrue, whenFalse));
        }
        else if (Place(to) is { } place && place.Data == reference.Data)
        {
            Binding settled = Settled(place);
            _scope.Referred.UnionWith([Name(reference), Operands.Root(settled.Place) ?? Name(reference)]);
            Emit(new Refer(Name(reference), settled.Place, reference.Data));
        }
    }

    /// <summary>A place whose indices can be read twice.</summary>
    private Binding Repeatable(Binding binding) => binding with { Place = Kept(binding.Place, _scope.Statements.Count, isChecked: false) };

    private Place Kept(Place place, int at, bool isChecked)
    {
        switch (place)
        {
            case MemberPlace p:
                return p with { Of = Kept(p.Of, at, isChecked) };
            case SlicePlace p:
                return p with { Of = Kept(p.Of, at, isChecked) };
            case ElementPlace { Index: not Constant } p:
                int count = _scope.Statements.Count;
                Place of = Kept(p.Of, at, isChecked);
                at += _scope.Statements.Count - count;
                bool isPlain = p.Index is Read { Place: VariablePlace };
                Expression index = isPlain && !isChecked ? p.Index : _scope.Keep(p.Index, "index", at);
                ElementPlace element = new(of, index, p.Length);
                if (isChecked)
                    _scope.Statements.Insert(at + 1, Check(index, p.Length));
                return element;
            case ElementPlace p:
                return p with { Of = Kept(p.Of, at, isChecked) };
            default:
                return place;
        }
    }

    private static If Check(Expression index, int length) => new(
        new Binary(
            ScalarType.Bool,
            BinaryOperator.GreaterOrEqual,
            new Conversion(ScalarType.U32, index),
            new Constant(ScalarType.U32, (ulong)length)),
        new Block(EquatableArray.Of<Statement>(new Fail(Fault.Index))),
        new Block(default));

    /// <summary>Keeps values that were found before some statements, as they were then.</summary>
    private void KeepBefore(List<Expression?> values, int before)
    {
        if (_scope.Statements.Count == before)
            return;
        HashSet<string> written = [.. Written(before)];
        if (written.Overlaps(_scope.Referred))
            written.UnionWith(_scope.Referred);
        for (int i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value || IsUntouched(value, written))
                continue;
            values[i] = _scope.Keep(value, "kept", before);
            before++;
        }
    }

    private IEnumerable<string> Written(int from) => _scope.Statements.Skip(from).SelectMany(Operands.All)
        .SelectMany(s => Operands.Written(s, _functions.Known)).Select(Operands.Root).OfType<string>();

    // What can fault has to do so before anything is done after it.
    private static bool IsUntouched(Expression value, HashSet<string> written) => value switch
    {
        Constant => true,
        Read { Place: var place } => !Operands.Of(place).Any() && Operands.Root(place) is { } root && !written.Contains(root),
        Conversion e => IsUntouched(e.Operand, written),
        _ => false,
    };
}
