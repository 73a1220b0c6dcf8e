using System.Collections.Generic;

using Kml.Model;

namespace Kml.KmodGen.Bodies.Tree;

/// <summary>A declaration of a variable.</summary>
/// <param name="TypeName">Its C type.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its first value; null if a statement gives it.</param>
internal sealed record CDeclaration(string TypeName, string Name, CExpression? Value);

/// <summary>
/// A block of C in the kernel's style: declarations first, then statements. A declaration can have its first value only while no statement stands before it.
/// </summary>
internal sealed class CBlock
{
    private readonly List<CDeclaration> _initialised = [];
    private readonly List<CDeclaration> _declared = [];
    private readonly List<CStatement> _statements = [];

    /// <summary>A block of one statement.</summary>
    /// <param name="statement">The statement.</param>
    public static CBlock Of(CStatement statement)
    {
        CBlock block = new();
        block.Add(statement);
        return block;
    }

    /// <summary>The declarations, those with a value first.</summary>
    public IReadOnlyList<CDeclaration> Declarations => [.. _initialised, .. _declared];

    /// <summary>The statements.</summary>
    public IReadOnlyList<CStatement> Statements => _statements;

    /// <summary>Whether nothing is in it.</summary>
    public bool IsEmpty => _initialised.Count + _declared.Count + _statements.Count == 0;

    /// <summary>The statement of which alone it consists, or null.</summary>
    public CStatement? Only => _initialised.Count + _declared.Count == 0 && _statements.Count == 1 ? _statements[0] : null;

    /// <summary>Declares a variable without a value.</summary>
    /// <param name="typeName">Its C type.</param>
    /// <param name="name">Its name.</param>
    public void Declare(string typeName, string name) => _declared.Add(new(typeName, name, null));

    /// <summary>Declares a variable and gives it a value.</summary>
    /// <param name="typeName">Its C type.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="value">Its value.</param>
    public void Declare(string typeName, CName variable, CExpression value)
    {
        // What is declared without a value gets it in a statement; a value here could only see the variables before it.
        if (_statements.Count == 0)
        {
            _initialised.Add(new(typeName, variable.Name, value));
            return;
        }

        Declare(typeName, variable.Name);
        Add(new CAssign(variable, value));
    }

    /// <summary>Declares an array or a struct.</summary>
    /// <param name="declarator">Its type and its name.</param>
    /// <param name="isZero">Whether it begins all zero.</param>
    public void Declare(string declarator, bool isZero)
    {
        int name = declarator.LastIndexOf(' ');
        (isZero ? _initialised : _declared).Add(new(declarator[..name], declarator[(name + 1)..], isZero ? new CName("{ 0 }", ScalarType.U64) : null));
    }

    /// <summary>Adds all of another block.</summary>
    /// <param name="block">The block.</param>
    public void Append(CBlock block)
    {
        _initialised.AddRange(block._initialised);
        _declared.AddRange(block._declared);
        _statements.AddRange(block._statements);
    }

    /// <summary>Adds a statement.</summary>
    /// <param name="statement">The statement.</param>
    public void Add(CStatement statement) => _statements.Add(statement);
}
