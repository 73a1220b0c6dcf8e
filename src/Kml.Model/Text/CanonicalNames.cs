using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Kml.Model.Text;

/// <summary>
/// A model with its names by position: what the fingerprint sees, so that a rename keeps the weights. Methods, parameters, locals and fields of the state
/// are the user's to rename: weights and records refer to none of them, and find a field of the state by its place among the others, which stays.
/// Events and their fields are the catalogue's words, and features have only their index.
/// </summary>
internal static class CanonicalNames
{
    /// <summary>Names the learned parts of a model by position.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The same model in canonical names; verdict and policy, which are outside the fingerprint, keep theirs.</returns>
    public static ModelSpec Of(ModelSpec model) => model with
    {
        State = model.State is null ? null : model.State with { Fields = model.State.Fields.Select((f, i) => f with { Name = At('f', i) }).ToEquatableArray() },
        Updates = model.Updates.Select(u => Of(u, model.State)).ToEquatableArray(),
        Features = model.Features with { Method = Of(model.Features.Method, model.State) },
        Label = model.Label with { Method = Of(model.Label.Method, model.State) },
    };

    private static Method Of(Method method, StateSpec? state) => new Renaming(method, state).Renamed();

    private static string At(char kind, int position) => kind + position.ToString(CultureInfo.InvariantCulture);

    /// <summary>The names of one method.</summary>
    private sealed class Renaming(Method method, StateSpec? state)
    {
        private readonly Dictionary<string, string> _variables = [];
        private readonly Dictionary<string, string> _parameters = Positions('p', method.Parameters.Select(p => p.Name));
        private readonly HashSet<string> _states = [.. method.Parameters.Where(p => p.Kind == ParameterKind.State).Select(p => p.Name)];
        private readonly Dictionary<string, string> _fields = Positions('f', (state?.Fields ?? default).Select(f => f.Name));
        private int _locals;

        public Method Renamed() => new(
            "m",
            method.Parameters.Select(p => p with { Name = _parameters[p.Name] }).ToEquatableArray(),
            Of(method.Body));

        // A text from elsewhere may give one name twice; the first then counts.
        private static Dictionary<string, string> Positions(char kind, IEnumerable<string> names) =>
            names.Select((name, i) => (Name: name, New: At(kind, i))).GroupBy(n => n.Name).ToDictionary(g => g.Key, g => g.First().New);

        private Block Of(Block block) => new(block.Statements.Select(Of).ToEquatableArray());

        private Statement Of(Statement statement) => statement switch
        {
            Let s => s with { Value = Of(s.Value), Name = Declared(s.Name) },
            AssignVariable s => s with { Value = Of(s.Value), Name = Variable(s.Name) },
            AssignState s => new AssignState(Parameter(s.Parameter), Field(s.Parameter, s.Field), Of(s.Value)),
            AssignFeature s => s with { Value = Of(s.Value) },
            If s => new If(Of(s.Test), Of(s.WhenTrue), Of(s.WhenFalse)),
            Block s => Of(s),
            Return { Value: { } value } => new Return(Of(value)),
            PullLever s => s with { Arguments = s.Arguments.Select(Of).ToEquatableArray() },
            _ => statement,
        };

        private Expression Of(Expression expression) => expression switch
        {
            Variable e => e with { Name = Variable(e.Name) },
            FieldRead e => e with { Parameter = Parameter(e.Parameter), Field = Field(e.Parameter, e.Field) },
            Unary e => e with { Operand = Of(e.Operand) },
            Binary e => e with { Left = Of(e.Left), Right = Of(e.Right) },
            Conversion e => e with { Operand = Of(e.Operand) },
            Choice e => new Choice(Of(e.Test), Of(e.WhenTrue), Of(e.WhenFalse)),
            FunctionCall e => e with { Arguments = e.Arguments.Select(Of).ToEquatableArray() },
            _ => expression,
        };

        // Each declaration is a local of its own, also where another block had one of that name.
        private string Declared(string name) => _variables[name] = At('v', _locals++);

        // A scalar parameter is read as a local is. What was not declared can come in a text from elsewhere alone.
        private string Variable(string name) =>
            _parameters.TryGetValue(name, out string? known) || _variables.TryGetValue(name, out known) ? known : Declared(name);

        private string Parameter(string name) => _parameters.TryGetValue(name, out string? known) ? known : name;

        private string Field(string parameter, string field) =>
            _states.Contains(parameter) && _fields.TryGetValue(field, out string? known) ? known : field;
    }
}
