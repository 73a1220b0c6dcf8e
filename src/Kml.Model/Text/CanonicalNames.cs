using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Kml.Model.Text;

/// <summary>
/// A model with its names by position: what the fingerprint sees, so that a rename keeps the weights. Methods, functions, parameters, locals, tables, structs
/// and fields of the state are the user's to rename: weights and records refer to none of them, and find a field of the state by its place among the others,
/// which stays. Events and their fields are the catalogue's words, and features have only their index.
/// </summary>
internal static class CanonicalNames
{
    /// <summary>Names the learned parts of a model by position.</summary>
    /// <param name="model">The model.</param>
    /// <returns>
    /// The same model in canonical names, with the functions that updates, features and label call, in the order in which they do; verdict and policy, which
    /// are outside the fingerprint, keep theirs.
    /// </returns>
    public static ModelSpec Of(ModelSpec model)
    {
        IReadOnlyList<Method> called = new ModelFunctions(model.Functions).CalledBy([.. model.Updates, model.Features.Method, model.Label.Method]);
        Dictionary<string, string> functions = called.Select((f, i) => (f.Name, New: At('g', i))).ToDictionary(f => f.Name, f => f.New);
        DataType? state = model.State is null ? null : new StructData("state", model.State.Fields);

        Method Named(Method method, string name) => new Renaming(method, state, functions).Renamed(name);

        return model with
        {
            State = model.State is null ? null : model.State with { Fields = ((StructData)Of(state!)).Fields },
            Functions = called.Select(f => Named(f, functions[f.Name])).ToEquatableArray(),
            Updates = model.Updates.Select(u => Named(u, "m")).ToEquatableArray(),
            Features = model.Features with { Method = Named(model.Features.Method, "m") },
            Label = model.Label with { Method = Named(model.Label.Method, "m") },
        };
    }

    private static string At(char kind, int position) => kind + position.ToString(CultureInfo.InvariantCulture);

    /// <summary>A type with its names by position.</summary>
    private static DataType Of(DataType data) => data switch
    {
        ArrayData array => array with { Element = Of(array.Element) },
        StructData type => new StructData("s", type.Fields.Select((f, i) => new FieldSpec(At('f', i), Of(f.Data))).ToEquatableArray()),
        _ => data,
    };

    /// <summary>The names of one method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="state">The state's type; null without one.</param>
    /// <param name="functions">The functions' new names by their own.</param>
    private sealed class Renaming(Method method, DataType? state, IReadOnlyDictionary<string, string> functions)
    {
        private readonly Dictionary<string, string> _names = Parameters(method);
        private readonly Dictionary<string, DataType?> _types = Types(method, state);
        private readonly Dictionary<string, string> _tables = [];
        private int _locals;

        public Method Renamed(string name) => method with
        {
            Name = name,
            Parameters = method.Parameters
                .Select(p => p with { Name = _names[p.Name], Data = p.Data is null ? null : CanonicalNames.Of(p.Data) })
                .ToEquatableArray(),
            Body = Of(method.Body),
        };

        // A text from elsewhere may give one name twice; the first then counts.
        private static Dictionary<string, string> Parameters(Method method) =>
            method.Parameters.Select((p, i) => (p.Name, New: At('p', i))).GroupBy(n => n.Name).ToDictionary(g => g.Key, g => g.First().New);

        // Of what has fields that the user named; an event's are the catalogue's.
        private static Dictionary<string, DataType?> Types(Method method, DataType? state) =>
            method.Parameters.GroupBy(p => p.Name).ToDictionary(g => g.Key, g => g.First().Kind == ParameterKind.State ? state : g.First().Data);

        private Block Of(Block block) => new(block.Statements.Select(Of).ToEquatableArray());

        private Statement Of(Statement statement) => statement switch
        {
            Let s => s with { Value = Of(s.Value), Name = Declared(s.Name, null) },
            Refer s => new Refer(_names.TryGetValue(s.Name, out string? known) ? known : Declared(s.Name, s.Data), Of(s.Place), CanonicalNames.Of(s.Data)),
            Declare s => new Declare(Declared(s.Name, s.Data), CanonicalNames.Of(s.Data)),
            Assign s => new Assign(Of(s.Target), Of(s.Value)),
            Copy s => new Copy(Of(s.Target), Of(s.Source), CanonicalNames.Of(s.Data)),
            Clear s => new Clear(Of(s.Target), CanonicalNames.Of(s.Data)),
            If s => new If(Of(s.Test), Of(s.WhenTrue), Of(s.WhenFalse)),
            Switch s => new Switch(Of(s.Value), s.Sections.Select(c => c with { Body = Of(c.Body) }).ToEquatableArray()),
            Loop s => s with { Test = Of(s.Test), Body = Of(s.Body), Step = Of(s.Step) },
            Block s => Of(s),
            Return { Value: { } value } => new Return(Of(value)),
            Evaluate s => new Evaluate(Of(s.Value)),
            PullLever s => s with { Event = Variable(s.Event), Arguments = s.Arguments.Select(Of).ToEquatableArray() },
            _ => statement,
        };

        private Expression Of(Expression expression) => expression switch
        {
            Read e => e with { Place = Of(e.Place) },
            Unary e => e with { Operand = Of(e.Operand) },
            Binary e => e with { Left = Of(e.Left), Right = Of(e.Right) },
            Conversion e => e with { Operand = Of(e.Operand) },
            Choice e => new Choice(Of(e.Test), Of(e.WhenTrue), Of(e.WhenFalse)),
            FunctionCall e => e with { Arguments = e.Arguments.Select(Of).ToEquatableArray() },
            Call e => e with { Name = functions[e.Name], Arguments = e.Arguments.Select(Of).ToEquatableArray() },
            _ => expression,
        };

        private Argument Of(Argument argument) =>
            argument is ValueArgument value ? new ValueArgument(Of(value.Value)) : new PlaceArgument(Of(((PlaceArgument)argument).Place));

        private Place Of(Place place) => Typed(place).Place;

        /// <summary>A place in canonical names, and its type in the user's; null where the type has no fields of the user's.</summary>
        private (Place Place, DataType? Data) Typed(Place place)
        {
            switch (place)
            {
                case VariablePlace p:
                    string name = Variable(p.Name);
                    return (new VariablePlace(name), _types.TryGetValue(p.Name, out DataType? known) ? known : null);
                case MemberPlace p:
                    (Place whole, DataType? data) = Typed(p.Of);
                    int at = data is StructData type ? type.Fields.Select(f => f.Name).ToList().IndexOf(p.Field) : -1;
                    return at < 0
                        ? (new MemberPlace(whole, p.Field), null)
                        : (new MemberPlace(whole, At('f', at)), ((StructData)data!).Fields[at].Data);
                case ElementPlace p:
                    (Place array, DataType? elements) = Typed(p.Of);
                    return (new ElementPlace(array, Of(p.Index), p.Length), (elements as ArrayData)?.Element);
                case SlicePlace p:
                    (Place sliced, DataType? part) = Typed(p.Of);
                    return (p with { Of = sliced }, part);
                case TablePlace p:
                    if (!_tables.TryGetValue(p.Name, out string? table))
                        _tables.Add(p.Name, table = At('t', _tables.Count));
                    return (p with { Name = table }, null);
                default:
                    return (place, null);
            }
        }

        // Each declaration is a local of its own, also where another block had one of that name.
        private string Declared(string name, DataType? data)
        {
            _types[name] = data;
            return _names[name] = At('v', _locals++);
        }

        // What was not declared can come in a text from elsewhere alone.
        private string Variable(string name) => _names.TryGetValue(name, out string? known) ? known : Declared(name, null);
    }
}
