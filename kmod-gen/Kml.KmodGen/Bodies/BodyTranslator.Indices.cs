using Kml.KmodGen.Bodies.Tree;
using Kml.Model;
using Kml.Model.Lowering.Ranges;

namespace Kml.KmodGen.Bodies;

/// <content>Indices of places that are written, copied or given away: none is used that has faulted.</content>
internal sealed partial class BodyTranslator
{
    /// <summary>A place with indices that have not faulted: where one can, it is tested before.</summary>
    private Place Within(Place place, CBlock block)
    {
        switch (place)
        {
            case MemberPlace p:
                return p with { Of = Within(p.Of, block) };
            case SlicePlace p:
                return p with { Of = Within(p.Of, block) };
            case ElementPlace p:
                Place array = Within(p.Of, block);
                if (TestIndex(p, block))
                    return p with { Of = array };
                int faults = _expressions.Faults;
                CExpression index = _expressions.Bounded(p.Index, p.Length);
                return _expressions.Faults == faults
                    ? p with { Of = array }
                    : new ElementPlace(array, Kept(ScalarType.I32, index, faults, "index", new IntegerRange(0, p.Length - 1), block), p.Length);
            default:
                return place;
        }
    }

    /// <summary>Tests an index that is a variable by that itself, so that the variable can stand as the index from there on.</summary>
    private bool TestIndex(ElementPlace p, CBlock block)
    {
        if (p.Index is not Read { Place: VariablePlace variable } || _expressions.Facts.IsWithin(p.Index, p.Length))
            return false;
        CBlock outside = new();
        AddFailure(FaultPlace.Code(Fault.Index), outside);
        CExpression index = _expressions.Translate(p.Index);
        if (_expressions.Facts.Of(p.Index).Min < 0)
            index = new CCast("u32", index, ScalarType.U32);
        block.Add(new CIf(new CInfix(index, COperator.GreaterOrEqual, new CInteger(p.Length, "", ScalarType.I32), ScalarType.Bool), outside, new CBlock()));
        _expressions.Facts.Learn(variable.Name, new IntegerRange(0, p.Length - 1));
        return true;
    }

    /// <summary>Computes the indices of a place that is not used for the faults that they can have.</summary>
    private void DiscardIndices(Place place, CBlock block)
    {
        switch (place)
        {
            case MemberPlace p:
                DiscardIndices(p.Of, block);
                break;
            case SlicePlace p:
                DiscardIndices(p.Of, block);
                break;
            case ElementPlace p:
                DiscardIndices(p.Of, block);
                if (TestIndex(p, block))
                    break;
                int faults = _expressions.Faults;
                CExpression index = _expressions.Bounded(p.Index, p.Length);
                if (_expressions.Faults == faults)
                    break;
                block.Add(new CDiscard(index));
                TestFault(faults, block);
                break;
        }
    }
}
