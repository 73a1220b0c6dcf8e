using System;
using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Bodies.Names;
using Kml.KmodGen.Bodies.Signatures;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;
using Kml.Model.Lowering.Ranges;

namespace Kml.KmodGen.Bodies;

/// <summary>
/// Translates a method to a C function, which returns 0 or a <c>KML_FAULT_*</c>; and a function of the model's, which returns its value and, where it can
/// fault, says so by its last parameter. A statement that can fault is followed by a test and has no effect on the state before it; what earlier statements
/// wrote stays.
/// </summary>
internal sealed partial class BodyTranslator
{
    private static readonly CInteger Zero = new(0, "", ScalarType.I32);

    private readonly BodyModel _model;
    private readonly BodyNames _names = new();
    private readonly ExpressionTranslator _expressions;
    private readonly HashSet<string> _read;
    private readonly HashSet<string> _references;
    private readonly HashSet<string> _moved;
    private readonly HashSet<string> _reached;
    private readonly HashSet<string> _own;
    private readonly FaultPlace _fault;
    private readonly ISignature _signature;
    private readonly bool _abandonedValue;

    private BodyTranslator(BodyModel model, Method method, FaultPlace fault, Func<BodyNames, ISignature> sign, HashSet<string>? read)
    {
        _model = model;
        _fault = fault;
        _abandonedValue = method.Result is not null;
        _moved = References(method).Select(r => r.Name).ToHashSet(StringComparer.Ordinal);
        _references = method.Parameters.Where(p => p.Kind is ParameterKind.State or ParameterKind.Reference).Select(p => p.Name)
            .Concat(_moved)
            .ToHashSet(StringComparer.Ordinal);
        _reached = Operands.All(method.Body).OfType<Refer>().Select(r => Operands.Root(r.Place)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        _own = Operands.All(method.Body).Select(s => s switch { Let let => let.Name, Declare declare => declare.Name, _ => null }).OfType<string>()
            .Concat(method.Parameters.Where(p => p.Kind == ParameterKind.Scalar).Select(p => p.Name)).ToHashSet(StringComparer.Ordinal);
        _read = read ?? _own;
        _signature = sign(_names);
        foreach (Statement local in Operands.All(method.Body))
        {
            if (local is Let let)
                _names.Add(let.Name, new ScalarData(let.Value.Type));
            else if (local is Declare declare)
                _names.Add(declare.Name, declare.Data);
        }

        foreach (Refer reference in References(method))
            _names.Add(reference.Name, reference.Data, isReference: true);
        _expressions = new(model, _names, fault.Address, new Facts(method, model.Functions));
    }

    /// <summary>Translates a method.</summary>
    /// <param name="model">Its model.</param>
    /// <param name="role">What it is for.</param>
    /// <param name="symbol">The function's name.</param>
    /// <param name="method">The method.</param>
    /// <param name="comment">What is said before the function; null for nothing.</param>
    /// <returns>The function.</returns>
    public static CFunction Translate(BodyModel model, BodyRole role, string symbol, Method method, string? comment = null)
    {
        (IReadOnlyList<CParameter> parameters, CBlock body, _) =
            Translate(model, method, () => FaultPlace.Variable, names => new BodySignature(role, method, names, model));
        return new(symbol, parameters, body, comment);
    }

    /// <summary>Translates a function of the model's.</summary>
    /// <param name="model">The model.</param>
    /// <param name="function">The function.</param>
    /// <returns>The function in C.</returns>
    public static TranslatedFunction Function(BodyModel model, Method function)
    {
        (IReadOnlyList<CParameter> parameters, CBlock body, bool canFault) =
            Translate(model, WithoutLastReturn(function), () => FaultPlace.Parameter, names => new FunctionSignature(model, function, names));
        if (canFault)
            parameters = [.. parameters, new("int", "*" + FaultPlace.Name)];
        string comment = $"{function.Name}({string.Join(", ", function.Parameters.Select(p => p.Name))})";
        string returned = function.Result is { } type ? CTypes.Name(type) : "void";
        return new(new(model.Symbol(function.Name), parameters, body, comment, returned), canFault);
    }

    // C# returns a tuple or a struct by a statement, C by the end of the function.
    private static Method WithoutLastReturn(Method function) => function.Result is null && function.Body.Statements.LastOrDefault() is Return
        ? function with { Body = new Block(function.Body.Statements.Take(function.Body.Statements.Count - 1).ToEquatableArray()) }
        : function;

    /// <summary>
    /// Translates a method until every variable that is declared is read: what is stored in another is not emitted, and what that was computed from may then
    /// be read by nothing either.
    /// </summary>
    private static (IReadOnlyList<CParameter> Parameters, CBlock Body, bool CanFault) Translate(
        BodyModel model, Method method, Func<FaultPlace> fault, Func<BodyNames, ISignature> sign)
    {
        HashSet<string>? read = null;
        while (true)
        {
            BodyTranslator translator = new(model, method, fault(), sign, read);
            CBlock statements = new();
            translator.Add(method.Body, statements);
            CUses uses = new(statements);
            read = [.. translator._read.Where(name => uses.Reads(translator._names[name].Name.Name))];
            if (read.Count == translator._read.Count)
                return (translator._signature.Parameters, translator.Body(method, statements, uses), uses.Has(FaultPlace.Name));
        }
    }

    /// <summary>The names that stand for one place or another, each with a statement that says so.</summary>
    private static IEnumerable<Refer> References(Method method) => Operands.All(method.Body).OfType<Refer>().GroupBy(r => r.Name).Select(g => g.First());

    // What points to an array points to its first element.
    private static DataType Pointed(DataType data) => data is ArrayData array ? array.Element : data;

    private CBlock Body(Method method, CBlock statements, CUses uses)
    {
        CBlock body = new();
        if (_fault.IsVariable && uses.Has(FaultPlace.Name))
            body.Declare("int", new CName(FaultPlace.Name, ScalarType.I32), Zero);
        ISet<string> written = Operands.WrittenRoots(method.Body, _model.Functions);
        foreach (Refer reference in References(method))
        {
            string name = _names[reference.Name].Name.Name;
            string declarator = _model.Structs.Declarator(Pointed(reference.Data), Pointed(reference.Data) is ArrayData ? $"(*{name})" : "*" + name);
            body.Declare((written.Contains(reference.Name) ? "" : "const ") + declarator, isZero: false);
        }

        foreach (CParameter unused in _signature.Parameters.Where(p => !uses.Has(p.Name)))
            body.Add(new CDiscard(new CName(unused.Name, ScalarType.U64)));
        body.Append(statements);
        if (!Leaves(method.Body) && (_fault.IsVariable || method.Result is not null))
            body.Add(new CReturn(Zero));
        return body;
    }

    /// <summary>Whether control never goes on behind a statement: it returns, or fails, on every way.</summary>
    private static bool Leaves(Statement statement) => statement switch
    {
        Return or Fail => true,
        Block s => s.Statements.Any(Leaves),
        If s => Leaves(s.WhenTrue) && Leaves(s.WhenFalse),
        Switch s => s.Sections.Any(c => c.IsDefault)
            && s.Sections.All(c => (c.FallsThrough || Leaves(c.Body)) && !Operands.All(c.Body).Any(i => i is Break)),
        Loop s => s.Test is Constant { Bits: not 0 } && !Operands.All(s.Body).Any(i => i is Break),
        _ => false,
    };

    private void Add(Statement statement, CBlock block)
    {
        switch (statement)
        {
            case Block s:
                AddAll(s, block);
                return;
            case Let s:
                AddLet(s, block);
                break;
            case Declare s:
                AddDeclare(s, block);
                break;
            case Refer s:
                block.Add(new CAssign(_names[s.Name].Name, _expressions.Translate(s.Place).Address));
                break;
            case Assign s:
                AddAssign(s, block);
                break;
            case Copy s:
                AddCopy(s, block);
                break;
            case Clear s:
                AddClear(s, block);
                break;
            case If s:
                AddIf(s, block);
                return;
            case Switch s:
                AddSwitch(s, block);
                return;
            case Loop s:
                AddLoop(s, null, block);
                return;
            case Break:
                block.Add(new CJump("break"));
                break;
            case Continue:
                AddContinue(block);
                break;
            case Return s:
                AddReturn(s, block);
                break;
            case Evaluate s:
                Discard(Ready(s.Value, block), block);
                break;
            case Fail s:
                AddFailure(FaultPlace.Code(s.Fault), block);
                break;
            case PullLever s:
                AddLever(s, block);
                break;
            default:
                throw new InvalidOperationException($"No C for {statement.GetType().Name}.");
        }

        _expressions.Facts.Pass(statement);
    }

    private void AddAll(Block statements, CBlock block)
    {
        for (int i = 0; i < statements.Statements.Count; i++)
        {
            Statement? next = i + 1 < statements.Statements.Count ? statements.Statements[i + 1] : null;
            bool isBoth = (statements.Statements[i], next) switch
            {
                // A variable that a loop counts with gets its first value in the loop's head, and a struct that is copied the other's where it is declared.
                (Let first, Loop loop) => IsCountedBy(loop, first) && AddCounted(first, loop, block),
                (Declare local, Copy copy) => AddFilled(local, copy, block),
                _ => false,
            };
            if (isBoth)
                i++;
            else
                Add(statements.Statements[i], block);
        }
    }
}
