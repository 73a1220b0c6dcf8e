using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.KmodGen.Bodies.Tree;

/// <summary>Which names C reads, and which it only writes: the compiler warns of a variable of which it only sees the latter.</summary>
internal sealed class CUses
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    /// <summary>Finds the names that a block uses.</summary>
    /// <param name="block">The block.</param>
    public CUses(CBlock block) => Add(block);

    /// <summary>Whether the value of a variable is used.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>False where it is only written, and where it does not occur.</returns>
    public bool Reads(string name) => _read.Contains(name);

    /// <summary>Whether a name occurs.</summary>
    /// <param name="name">The name.</param>
    /// <returns>True if it does.</returns>
    public bool Has(string name) => _read.Contains(name) || _written.Contains(name);

    private void Add(CBlock block)
    {
        foreach (CExpression value in block.Declarations.Select(d => d.Value).OfType<CExpression>())
            Read(value);
        foreach (CStatement statement in block.Statements)
            Add(statement);
    }

    private void Add(CStatement statement)
    {
        switch (statement)
        {
            case CAssign s:
                Write(s.Place);
                Read(s.Value);
                break;
            case CCompound s:
                Write(s.Place);
                Read(s.Value);
                break;
            case CStep s:
                Write(s.Place);
                break;
            case CDiscard s:
                Read(s.Value);
                break;
            case CEvaluate s:
                Read(s.Value);
                break;
            case CReturn { Value: { } value }:
                Read(value);
                break;
            case CIf s:
                Read(s.Test);
                Add(s.WhenTrue);
                Add(s.WhenFalse);
                break;
            case CFor s:
                foreach (CStatement part in s.Steps.Concat(s.First is null ? [] : [s.First]))
                    Add(part);
                if (s.Test is not null)
                    Read(s.Test);
                Add(s.Body);
                break;
            case CDo s:
                Read(s.Test);
                Add(s.Body);
                break;
            case CSwitch s:
                Read(s.Value);
                foreach (CSection section in s.Sections)
                    Add(section.Body);
                break;
        }
    }

    /// <summary>Takes note of a place that is assigned to: of what it lies in, and of what leads there.</summary>
    private void Write(CExpression place)
    {
        switch (place)
        {
            case CName e:
                _written.Add(e.Name);
                break;
            case CMember { IsPointer: false } e:
                Write(e.Of);
                break;
            case CElement e:
                Write(e.Array);
                Read(e.Index);
                break;
            default:
                Read(place);
                break;
        }
    }

    private void Read(CExpression expression)
    {
        switch (expression)
        {
            case CName e:
                _read.Add(e.Name);
                break;
            case CMember e:
                Read(e.Of);
                break;
            case CElement e:
                Read(e.Array);
                Read(e.Index);
                break;
            case CCall e:
                foreach (CExpression argument in e.Arguments)
                    Read(argument);
                break;
            case CPrefix e:
                Read(e.Operand);
                break;
            case CCast e:
                Read(e.Operand);
                break;
            case CInfix e:
                Read(e.Left);
                Read(e.Right);
                break;
            case CConditional e:
                Read(e.Test);
                Read(e.WhenTrue);
                Read(e.WhenFalse);
                break;
            case CEnclosed e:
                Read(e.Inner);
                break;
        }
    }
}
