using System;
using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Bodies.Names;
using Kml.KmodGen.Bodies.Tree;
using Kml.Model;

namespace Kml.KmodGen.Bodies;

/// <summary>What the bodies of one model share: its names, structs, tables, and the functions that they call.</summary>
internal sealed class BodyModel
{
    // No struct of the user's has a name with a space.
    private const string EventMark = "event ";

    private readonly Dictionary<string, TranslatedFunction> _translated = new(StringComparer.Ordinal);
    private readonly UserNames _names = new();
    private readonly List<(TablePlace Table, string Symbol)> _tables = [];

    /// <summary>Takes a model.</summary>
    /// <param name="names">The names of its module.</param>
    /// <param name="model">The model.</param>
    public BodyModel(CNames names, ModelSpec model)
    {
        Names = names;
        Spec = model;
        Structs = new(names, model);
        Functions = new(model.Functions);
        foreach (string name in model.Functions.Select(f => f.Name).Distinct())
            _names.Add(name);
    }

    /// <summary>The names of its module.</summary>
    public CNames Names { get; }

    /// <summary>The model.</summary>
    public ModelSpec Spec { get; }

    /// <summary>Its structs.</summary>
    public StructNames Structs { get; }

    /// <summary>Its functions.</summary>
    public ModelFunctions Functions { get; }

    /// <summary>A function in C.</summary>
    /// <param name="name">Its name in C#.</param>
    /// <returns>The function, and whether it can fault.</returns>
    public TranslatedFunction Translated(string name)
    {
        if (!_translated.TryGetValue(name, out TranslatedFunction? function))
            _translated.Add(name, function = BodyTranslator.Function(this, Functions[name]));
        return function;
    }

    /// <summary>The symbol of a function.</summary>
    /// <param name="name">Its name in C#.</param>
    /// <returns>Such as <c>kml_issue_time_m_share</c>.</returns>
    public string Symbol(string name) => Names.Symbol(_names[name]);

    /// <summary>The symbol of a table.</summary>
    /// <param name="table">The table.</param>
    /// <returns>The symbol; the same for the same table.</returns>
    public string Symbol(TablePlace table)
    {
        (_, string? symbol) = _tables.Find(t => t.Table == table);
        if (symbol is null)
            _tables.Add((table, symbol = Names.Symbol(_names.AddAnother(table.Name + "Table"))));
        return symbol;
    }

    /// <summary>Whether a struct is an event, whose fields have the catalogue's names.</summary>
    /// <param name="data">The struct.</param>
    /// <returns>True if it is.</returns>
    public static bool IsEvent(StructData data) => data.Name.StartsWith(EventMark, StringComparison.Ordinal);

    /// <summary>The type of what a parameter is or refers to.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <returns>Its type.</returns>
    public DataType Data(Parameter parameter) => parameter.Kind switch
    {
        ParameterKind.Event => Event(parameter.Event!.Value),
        ParameterKind.State => new StructData(StructNames.State, Spec.State?.Fields ?? default),
        ParameterKind.Features => new ArrayData(new ScalarData(parameter.Type), Spec.Features.Count),
        ParameterKind.Reference => parameter.Data!,
        _ => new ScalarData(parameter.Type),
    };

    private static StructData Event(EventKind kind) => new(EventMark + kind, kind.Info().Fields);
}

/// <summary>A function of the model's in C.</summary>
/// <param name="Function">The function.</param>
/// <param name="CanFault">Whether it takes a last parameter by which it says that it has faulted.</param>
internal sealed record TranslatedFunction(CFunction Function, bool CanFault);
