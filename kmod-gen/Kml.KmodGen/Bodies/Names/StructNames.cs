using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Kml.Model;

namespace Kml.KmodGen.Bodies.Names;

/// <summary>The structs of a model in C: its state's, and those that state, locals and references are made of.</summary>
internal sealed class StructNames
{
    /// <summary>What the struct of the whole state is called in a body that has one of its own.</summary>
    public const string State = "State";

    private readonly CNames _names;
    private readonly UserNames _own = new();
    private readonly List<(StructData Struct, string Type, UserNames Members)> _structs = [];

    /// <summary>Names the structs of a model.</summary>
    /// <param name="names">The module's names.</param>
    /// <param name="model">The model.</param>
    public StructNames(CNames names, ModelSpec model)
    {
        _names = names;
        StructData state = new(State, model.State?.Fields ?? default);
        foreach (FieldSpec field in state.Fields)
            Add(field.Data);
        _structs.Add((state, names.State, Named(state)));

        Method?[] methods = [.. model.Functions, .. model.Updates, model.Features.Method, model.Label.Method, model.Verdict, model.Policy];
        foreach (Method method in methods.OfType<Method>())
        {
            foreach (Parameter parameter in method.Parameters.Where(p => p.Data is not null))
                Add(parameter.Data!);
            foreach (Declare local in Operands.All(method.Body).OfType<Declare>())
                Add(local.Data);
        }
    }

    /// <summary>The structs of the state and of all else, each after those that it holds.</summary>
    public IEnumerable<string> Definitions => _structs.Select(s => string.Join('\n', [
        s.Type + " {",
        .. s.Struct.Fields.Select(f => $"\t{Declarator(f.Data, s.Members[f.Name])};"),
        "};"]));

    /// <summary>Asserts that C lays the structs out as C# does.</summary>
    public IEnumerable<string> Assertions =>
        from s in _structs
        let layout = StructLayout.Of(s.Struct.Fields)
        where layout.Fields.Count > 0
        from line in layout.Fields
            .Select(f => $"KML_ASSERT_LAYOUT(__builtin_offsetof({s.Type}, {s.Members[f.Field.Name]}) == {Number(f.Offset)});")
            .Prepend($"KML_ASSERT_LAYOUT(sizeof({s.Type}) == {Number(layout.Size)});")
        select line;

    /// <summary>The type of a struct.</summary>
    /// <param name="data">The struct.</param>
    /// <returns>Such as <c>struct kml_issue_time_m_window</c>.</returns>
    public string this[StructData data] => Find(data).Type;

    /// <summary>The C name of a field.</summary>
    /// <param name="data">Its struct.</param>
    /// <param name="field">Its name in C#.</param>
    /// <returns>The member.</returns>
    public string Member(StructData data, string field) => Find(data).Members[field];

    /// <summary>A declaration without its semicolon.</summary>
    /// <param name="data">The type of what is declared.</param>
    /// <param name="name">Its name.</param>
    /// <returns>Such as <c>u32 m_strides[8]</c>.</returns>
    public string Declarator(DataType data, string name) => data switch
    {
        ScalarData d => $"{CTypes.Name(d.Type)} {name}",
        ArrayData d => Declarator(d.Element, $"{name}[{Number(d.Length)}]"),
        _ => $"{this[(StructData)data]} {name}",
    };

    /// <summary>The state's scalars as an initialiser names them.</summary>
    /// <returns>Such as <c>.m_strides[3]</c>, in the order of memory.</returns>
    public IEnumerable<(string Designator, ScalarType Type, int Offset)> StateScalars()
    {
        (StructData state, _, _) = _structs.Find(s => s.Type == _names.State);
        return Within(state, "", 0);
    }

    private IEnumerable<(string Designator, ScalarType Type, int Offset)> Within(DataType data, string path, int offset) => data switch
    {
        ScalarData d => [(path, d.Type, offset)],
        ArrayData d => Enumerable.Range(0, d.Length)
            .SelectMany(i => Within(d.Element, $"{path}[{Number(i)}]", offset + (i * StructLayout.SizeOf(d.Element)))),
        _ => StructLayout.Of(((StructData)data).Fields).Fields
            .SelectMany(f => Within(f.Field.Data, $"{path}.{Member((StructData)data, f.Field.Name)}", offset + f.Offset)),
    };

    private void Add(DataType data)
    {
        if (data is ArrayData array)
            Add(array.Element);
        if (data is not StructData type || Find(type).Type is not null)
            return;
        foreach (FieldSpec field in type.Fields)
            Add(field.Data);
        _structs.Add((type, $"struct {_names.Symbol(_own.AddAnother(type.Name))}", Named(type)));
    }

    // What is like the state is taken for it: its struct has a name of the user's where a local or a reference has its type.
    private (StructData Struct, string Type, UserNames Members) Find(StructData data) =>
        _structs.Find(s => s.Struct == data || (s.Type == _names.State && s.Struct.Fields == data.Fields));

    private static UserNames Named(StructData type)
    {
        UserNames names = new();
        foreach (FieldSpec field in type.Fields)
            names.Add(field.Name);
        return names;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
