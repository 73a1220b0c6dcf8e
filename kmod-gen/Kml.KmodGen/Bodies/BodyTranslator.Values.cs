using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;
using Kml.Model.Lowering.Ranges;

namespace Kml.KmodGen.Bodies;

/// <content>Statements that compute and store, and what keeps them from doing so after a fault.</content>
internal sealed partial class BodyTranslator
{
    private void AddLet(Let s, CBlock block)
    {
        Expression value = Ready(s.Value, block);
        if (!_read.Contains(s.Name))
        {
            Discard(value, block);
            return;
        }

        int faults = _expressions.Faults;
        block.Declare(CTypes.Name(s.Value.Type), _names[s.Name].Name, _expressions.Translate(value));
        TestFault(faults, block);
    }

    private void AddAssign(Assign s, CBlock block)
    {
        Expression value = Ready(s.Value, block);
        if (!IsKept(s.Target))
        {
            Discard(value, block);
            DiscardIndices(s.Target, block);
            return;
        }

        CExpression place = _expressions.Translate(Within(s.Target, block)).Whole;
        int faults = _expressions.Faults;
        CExpression c = _expressions.Translate(value);
        if (_expressions.Faults == faults)
        {
            block.Add(Compound(place, value) ?? new CAssign(place, c));
        }
        else if (_references.Contains(Operands.Root(s.Target)!))
        {
            block.Add(new CAssign(place, Settled(value.Type, c, faults, "next", block)));
        }
        else
        {
            block.Add(Compound(place, value) ?? new CAssign(place, c));
            TestFault(faults, block);
        }
    }

    private void AddDeclare(Declare s, CBlock block)
    {
        if (_read.Contains(s.Name))
            block.Declare(_model.Structs.Declarator(s.Data, _names[s.Name].Name.Name), isZero: true);
    }

    /// <summary>Declares an array or a struct of which the next statement assigns all: nothing makes it zero before.</summary>
    private bool AddFilled(Declare s, Copy copy, CBlock block)
    {
        bool isFilled = copy.Target is VariablePlace { Name: var name } && name == s.Name
            && Operands.Root(copy.Source) != s.Name && !Operands.Of(copy).SelectMany(Operands.Roots).Contains(s.Name);
        if (!isFilled || !_read.Contains(s.Name))
            return false;
        CName variable = _names[s.Name].Name;
        if (s.Data is StructData type)
        {
            block.Declare(_model.Structs[type], variable, _expressions.Translate(Within(copy.Source, block)).Whole);
        }
        else
        {
            block.Declare(_model.Structs.Declarator(s.Data, variable.Name), isZero: false);
            AddCopy(copy, block);
        }

        _expressions.Facts.Pass(s);
        _expressions.Facts.Pass(copy);
        return true;
    }

    private void AddCopy(Copy s, CBlock block)
    {
        if (!IsKept(s.Target))
        {
            DiscardIndices(s.Source, block);
            DiscardIndices(s.Target, block);
            return;
        }

        CPlace from = _expressions.Translate(Within(s.Source, block)), to = _expressions.Translate(Within(s.Target, block));
        string function = MayOverlap(s) ? "__builtin_memmove" : "__builtin_memcpy";
        block.Add(s.Data is ArrayData
            ? new CEvaluate(new CCall(function, [to.Address, from.Address, SizeOf(s.Target, to)], ScalarType.U64))
            : new CAssign(to.Whole, from.Whole));
    }

    // Two fields are apart; parts of an array, and what two references lead to, may have elements in common.
    private bool MayOverlap(Copy s)
    {
        string to = Operands.Root(s.Target)!, from = Operands.Root(s.Source) ?? "";
        bool areFields = s.Target is MemberPlace && s.Source is MemberPlace && !Operands.Of(s).Any();
        if (to == from)
            return !areFields || s.Target == s.Source;
        return (_references.Contains(to) && _references.Contains(from))
            || (_moved.Contains(to) && _reached.Contains(from))
            || (_moved.Contains(from) && _reached.Contains(to));
    }

    private void AddClear(Clear s, CBlock block)
    {
        if (!IsKept(s.Target))
        {
            DiscardIndices(s.Target, block);
            return;
        }

        CPlace to = _expressions.Translate(Within(s.Target, block));
        block.Add(new CEvaluate(new CCall("kml_clear", [to.Address, SizeOf(s.Target, to)], ScalarType.U64)));
    }

    /// <summary>The size of a place: by its name where C knows how long it is, which it does not of a part of an array or of one that it was given.</summary>
    private CExpression SizeOf(Place place, CPlace c)
    {
        bool isShort = c.Data is ArrayData && (place is SlicePlace || place is VariablePlace { Name: var name } && !_own.Contains(name));
        if (!isShort)
            return new CCall("sizeof", [c.Whole], ScalarType.U64);
        int count = 1;
        DataType element = c.Data;
        for (; element is ArrayData array; element = array.Element)
            count *= array.Length;
        CCall one = new("sizeof", [new CName(_model.Structs.Declarator(element, "").TrimEnd(), ScalarType.U64)], ScalarType.U64);
        return new CInfix(new CInteger(count, "", ScalarType.I32), COperator.Multiply, one, ScalarType.U64);
    }

    private void AddReturn(Return s, CBlock block)
    {
        if (!_fault.IsVariable)
        {
            block.Add(new CReturn(s.Value is null ? null : _expressions.Translate(s.Value)));
            return;
        }

        int faults = _expressions.Faults;
        if (s.Value is not null)
            block.Add(new CAssign(new CPrefix("*", new CName(_signature.Result, ScalarType.U64), s.Value.Type), _expressions.Translate(s.Value)));
        block.Add(new CReturn(_expressions.Faults > faults ? _fault.Value : Zero));
    }

    private void AddLever(PullLever s, CBlock block)
    {
        LeverInfo lever = s.Lever.Info();
        CPrefix place = new("&", new CMember(_names[s.Event].Name, true, CNames.Snake(lever.Field), ScalarType.U32), ScalarType.U64);
        IEnumerable<CExpression> arguments = lever.Parameters.Select((p, i) => Settled(s.Arguments[i], p.Name, block));
        block.Add(new CEvaluate(new CCall($"kml_{CNames.Snake(lever.MethodName)}", [place, .. arguments], ScalarType.I32)));
    }

    /// <summary>Whether what is written to a place can be seen: by who gave it, or by something that reads it.</summary>
    private bool IsKept(Place target)
    {
        string root = Operands.Root(target)!;
        return !_own.Contains(root) || _read.Contains(root);
    }

    /// <summary>A call that can write, with arguments that have not faulted: where one has, the call is not made. Any other value as it is.</summary>
    private Expression Ready(Expression value, CBlock block)
    {
        if (value is not Call call || !_model.Functions.Written(call).Any())
            return value;
        return call with
        {
            Arguments = call.Arguments.Zip(_model.Functions[call.Name].Parameters, (argument, parameter) => argument switch
            {
                ValueArgument a => new ValueArgument(Kept(a.Value, "argument", block)),
                PlaceArgument a => new PlaceArgument(Within(a.Place, block)),
                _ => argument,
            }).ToEquatableArray(),
        };
    }

    /// <summary>A value that has not faulted, as an expression: where it can fault, it is a variable that was tested.</summary>
    private Expression Kept(Expression value, string stem, CBlock block)
    {
        int faults = _expressions.Faults;
        CExpression c = _expressions.Translate(value);
        return _expressions.Faults == faults ? value : Kept(value.Type, c, faults, stem, null, block);
    }

    private Read Kept(ScalarType type, CExpression value, int faults, string stem, IntegerRange? values, CBlock block)
    {
        string name = ((CName)Settled(type, value, faults, stem, block)).Name, hidden = " " + name;
        _names.Alias(hidden, name, CTypes.Computed(type));
        if (values is { } known)
            _expressions.Facts.Learn(hidden, known);
        return Read.Variable(type, hidden);
    }

    /// <summary>The short form of <c>x = x + y</c>, where there is one.</summary>
    private CStatement? Compound(CExpression place, Expression value)
    {
        if (value is not Binary { Left: Read } binary
            || _expressions.Translate(value) is not CInfix { Operator.Assigns: true } infix
            || infix.Left != place)
            return null;
        if (infix.Right is CInteger { Value: var step, Suffix: "" } && step == 1 && infix.Operator.Binding == Binding.Sum)
            return new CStep(place, infix.Operator);

        // The assignment converts, so the operand needs no suffix or cast; a shift's amount is the masked one.
        return new CCompound(place, infix.Operator, infix.Operator.Binding == Binding.Shift ? infix.Right : _expressions.Translate(binary.Right));
    }

    /// <summary>A value that has not faulted: where it can, it goes through a variable and a test.</summary>
    private CExpression Settled(Expression value, string stem, CBlock block)
    {
        int faults = _expressions.Faults;
        return Settled(value.Type, _expressions.Translate(value), faults, stem, block);
    }

    private CExpression Settled(ScalarType type, CExpression value, int faults, string stem, CBlock block)
    {
        if (_expressions.Faults == faults)
            return value;
        CName name = new(_names.Fresh(stem), CTypes.Computed(type));
        block.Declare(CTypes.Name(type), name, value);
        TestFault(faults, block);
        return name;
    }

    /// <summary>Computes a value for what else that does, a call or a fault; nothing where it does nothing else.</summary>
    private void Discard(Expression value, CBlock block)
    {
        int faults = _expressions.Faults;
        CExpression c = _expressions.Translate(value);
        int found = _expressions.Faults - faults;
        if (value is Read read)
        {
            DiscardIndices(read.Place, block);
        }
        else if (value is not Call && (found == 0 || IsOfOperands(value, found)))
        {
            // What cannot fault itself reads nothing, for what it reads may not be there.
            foreach (Expression operand in found == 0 ? [] : Operands.Of(value))
                Discard(operand, block);
        }
        else
        {
            block.Add(value is Call ? new CEvaluate(c) : new CDiscard(c));
            if (found > 0)
                block.Add(Tested());
        }
    }

    /// <summary>Whether all operands of an expression are evaluated, and it faults where one of them does alone.</summary>
    private bool IsOfOperands(Expression value, int faults)
    {
        if (value is Choice or Binary { Operator: BinaryOperator.AndAlso or BinaryOperator.OrElse })
            return false;
        int before = _expressions.Faults;
        foreach (Expression operand in Operands.Of(value))
            _expressions.Translate(operand);
        return _expressions.Faults - before == faults;
    }

    /// <summary>Tests for a fault, if there was a call since that can.</summary>
    private void TestFault(int faults, CBlock block)
    {
        if (_expressions.Faults > faults)
            block.Add(Tested());
    }

    private CIf Tested() => new(_fault.Value, CBlock.Of(_fault.IsVariable ? new CReturn(_fault.Value) : Abandoned), new CBlock());
}
