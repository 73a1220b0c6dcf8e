using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model.Lowering.Budgets;

namespace Kml.Model.Text;

/// <summary>
/// Refuses a model whose parts do not fit each other. The generator writes none, but a text can come from elsewhere; what works on a model later does not ask
/// again.
/// </summary>
internal static class ModelTextCheck
{
    /// <summary>More bytes than any state or variable may have, by far: sizes stay within their numbers.</summary>
    private const long MostBytes = 1 << 24;

    /// <summary>Checks a model.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="FormatException">A part does not fit; the message says which.</exception>
    public static void Check(ModelSpec model)
    {
        if (model.State is { } state)
            CheckFields(state.Fields, "state");
        CheckFunctions(model);
        foreach (Method function in model.Functions)
            new MethodCheck(function, function.Result, new(model, isFunction: true, writesState: false)).Check();
        foreach (Method update in model.Updates)
            Own(update, null, writesState: true);
        Own(model.Features.Method, null);
        Own(model.Label.Method, model.Label.Type);
        if (model.Verdict is not null)
            Own(model.Verdict, ScalarType.Bool);
        if (model.Policy is not null)
            Own(model.Policy, null);

        CheckConfidences(model);

        void Own(Method method, ScalarType? result, bool writesState = false) =>
            new MethodCheck(method, result, new(model, isFunction: false, writesState)).Check();
    }

    /// <summary>Checks a type.</summary>
    /// <param name="data">The type.</param>
    public static void Check(DataType data)
    {
        if (data is ArrayData array)
        {
            Check(array.Element);
        }
        else if (data is StructData type)
        {
            if (type.Fields.Count == 0)
                throw new FormatException($"The struct '{type.Name}' has no field.");
            CheckFields(type.Fields, type.Name);
        }

        if (DataBytes.Of(data) > MostBytes)
            throw new FormatException("A type takes more memory than anything may.");
    }

    /// <summary>Whether some bits are a value of a type, as a constant has them.</summary>
    /// <param name="type">The type.</param>
    /// <param name="bits">The bits.</param>
    /// <returns>False for bits that the type's size or sign does not allow.</returns>
    public static bool IsValue(ScalarType type, ulong bits)
    {
        if (type is ScalarType.U64 or ScalarType.I64)
            return true;
        if (type == ScalarType.Bool)
            return bits <= 1;
        int unused = 64 - (8 * type.Size());
        return bits == (type.IsSigned() || type == ScalarType.Q16
            ? unchecked((ulong)((long)(bits << unused) >> unused))
            : bits << unused >> unused);
    }

    private static void CheckFields(EquatableArray<FieldSpec> fields, string of)
    {
        if (fields.GroupBy(f => f.Name).FirstOrDefault(g => g.Count() > 1) is { Key: var twice })
            throw new FormatException($"'{of}' has more than one field '{twice}'.");
        foreach (FieldSpec field in fields)
            Check(field.Data);
    }

    private static void CheckConfidences(ModelSpec model)
    {
        foreach (Method method in new[] { model.Verdict, model.Policy }.OfType<Method>())
        {
            Confidence[] taken = [.. ConfidenceCatalog.Of(method)];
            if (taken.Length > 0 && !model.Label.IsClassification)
                throw new FormatException($"'{method.Name}' takes a confidence of a label that is no class.");
            if (taken.Distinct().Count() < taken.Length
                || method.Parameters.Any(p => p.Confidence is not null && (p.Kind, p.Type) != (ParameterKind.Scalar, ScalarType.F32)))
                throw new FormatException($"'{method.Name}' takes a confidence twice, or as no f32.");
        }

        IEnumerable<Method> others = model.Functions.Concat(model.Updates).Append(model.Features.Method).Append(model.Label.Method);
        if (others.FirstOrDefault(m => ConfidenceCatalog.Of(m).Any()) is { } other)
            throw new FormatException($"'{other.Name}' takes a confidence, which a verdict or a policy may.");
    }

    private static void CheckFunctions(ModelSpec model)
    {
        ModelFunctions functions = new(model.Functions);
        functions.CalledBy([.. model.Functions, .. model.Updates, model.Features.Method, model.Label.Method, model.Verdict, model.Policy]);
        HashSet<string> known = [];
        foreach (Method function in model.Functions)
        {
            if (Operands.All(function).OfType<Call>().FirstOrDefault(c => !known.Contains(c.Name)) is { } early)
                throw new FormatException($"The function '{early.Name}' stands behind '{function.Name}', which calls it.");
            if (!known.Add(function.Name))
                throw new FormatException($"The text has more than one function '{function.Name}'.");
        }
    }
}
