using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Shouldly;

namespace Kml.Model.Tests;

/// <summary>A model with one value in it changed.</summary>
/// <param name="Path">Where: <c>Label.From</c>, <c>Updates[0].Body.Statements[1].Value.Type</c>.</param>
/// <param name="Owners">The records on the way there; it is a member of the last.</param>
/// <param name="Member">The member.</param>
/// <param name="IsReadable">Whether a text can say it; a member that an enum does not have can be written alone.</param>
/// <param name="Model">The model.</param>
internal sealed record ModelVariant(string Path, IReadOnlyList<Type> Owners, string Member, bool IsReadable, ModelSpec Model);

/// <summary>
/// Changes each value that a model holds, one at a time, by reflection over the records of which it is made: a member that is new is changed without a line
/// here.
/// </summary>
internal static class ModelVariants
{
    // Kinds of parameters have members of their own: another kind, or a value that the kind has not, is no parameter.
    private static readonly Dictionary<string, ParameterKind[]> OfKind = new()
    {
        [nameof(Parameter.Kind)] = [],
        [nameof(Parameter.Event)] = [ParameterKind.Event],
        [nameof(Parameter.Type)] = [ParameterKind.Features, ParameterKind.Scalar],
        [nameof(Parameter.Data)] = [ParameterKind.Reference],
    };

    /// <summary>The variants of a model.</summary>
    public static IEnumerable<ModelVariant> Of(ModelSpec model) =>
        OfRecord(model).Select(c => new ModelVariant(c.Path, c.Owners, c.Member, c.IsReadable, (ModelSpec)c.Value!));

    /// <summary>A value and all values within it.</summary>
    public static IEnumerable<object> Within(object? value) => value switch
    {
        null => [],
        string or (ValueType and not IEnumerable) => [value],
        IEnumerable items => items.Cast<object>().SelectMany(Within),
        _ => Members(value.GetType()).SelectMany(m => Within(m.GetValue(value))).Prepend(value),
    };

    // Of a record that can be made in several ways: by its members.
    private static ConstructorInfo Constructor(Type type) =>
        type.GetConstructors().Single(c => c.GetParameters().All(p => type.GetProperty(p.Name!) is not null));

    private static PropertyInfo[] Members(Type type) => [.. Constructor(type).GetParameters().Select(p => type.GetProperty(p.Name!)!)];

    private static IEnumerable<Change> OfRecord(object record)
    {
        Type type = record.GetType();
        ConstructorInfo constructor = Constructor(type);
        // One that the constructor does not take would be changed by no variant.
        type.GetProperties().Where(p => p.DeclaringType == type && p.SetMethod is not null).Select(p => p.Name)
            .Except(constructor.GetParameters().Select(p => p.Name!)).ShouldBeEmpty(type.Name);
        PropertyInfo[] members = Members(type);
        object?[] values = [.. members.Select(m => m.GetValue(record))];
        for (int i = 0; i < members.Length; i++)
        {
            string member = members[i].Name;
            if (record is Parameter p && OfKind.TryGetValue(member, out ParameterKind[]? kinds) && !kinds.Contains(p.Kind))
                continue;
            foreach (Change change in OfValue(values[i]))
            {
                object?[] others = [.. values];
                others[i] = change.Value;
                yield return new(
                    member + change.Path,
                    [type, .. change.Owners],
                    change.Owners.Length == 0 ? member : change.Member,
                    change.IsReadable,
                    constructor.Invoke(others));
            }
        }
    }

    private static IEnumerable<Change> OfValue(object? value)
    {
        switch (value)
        {
            case null:
                return [];
            case string text:
                return [Change.To(text + "_other")];
            case bool flag:
                return [Change.To(!flag)];
            case int number:
                return [Change.To(number + 1)];
            case ulong bits:
                return [Change.To(bits ^ 1)];
            case float number:
                return [Change.To(number + 1)];
            case Enum member:
                object? other = Enum.GetValues(member.GetType()).Cast<object>().FirstOrDefault(m => !m.Equals(member));
                return [Change.To(other ?? Enum.ToObject(member.GetType(), 99)) with { IsReadable = other is not null }];
            case IEnumerable items:
                return OfItems(value.GetType(), [.. items.Cast<object>()]);
            default:
                return OfRecord(value).Select(c => c with { Path = "." + c.Path });
        }
    }

    private static IEnumerable<Change> OfItems(Type array, object[] items)
    {
        if (items.Length > 0)
            yield return Change.To(Array(array, items[..^1])) with { Path = "[^1] taken out" };
        for (int i = 0; i < items.Length; i++)
        {
            foreach (Change change in OfValue(items[i]))
                yield return change with { Path = $"[{i}]{change.Path}", Value = Array(array, [.. items[..i], change.Value!, .. items[(i + 1)..]]) };
        }
    }

    private static object Array(Type array, object[] items)
    {
        System.Array typed = System.Array.CreateInstance(array.GetGenericArguments()[0], items.Length);
        items.CopyTo(typed, 0);
        return Activator.CreateInstance(array, typed)!;
    }

    private sealed record Change(string Path, Type[] Owners, string Member, bool IsReadable, object? Value)
    {
        public static Change To(object value) => new("", [], "", true, value);
    }
}
