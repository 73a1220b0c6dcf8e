using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Kml.Generators.Tests.Harness;

/// <summary>Looks through a value for objects of the compiler: one of them in a pipeline keeps a whole compilation alive.</summary>
internal static class CompilerObjects
{
    /// <summary>The compiler's objects that are reachable from a value.</summary>
    public static IReadOnlyList<string> In(object? value)
    {
        List<string> found = [];
        Walk(value, "value", new HashSet<object>(ReferenceEqualityComparer.Instance), found);
        return found;
    }

    private static void Walk(object? value, string path, HashSet<object> seen, List<string> found)
    {
        if (value is null or string or Enum or Type || value.GetType().IsPrimitive || (!value.GetType().IsValueType && !seen.Add(value)))
            return;
        if (value is ISymbol or SyntaxNode or SyntaxToken or SyntaxReference or SyntaxTree or Compilation
            or SemanticModel or Location or AttributeData or IOperation)
        {
            found.Add($"{path}: {value.GetType().Name}");
            return;
        }

        if (value is IEnumerable items)
        {
            foreach ((object? item, int i) in items.Cast<object?>().Select((item, i) => (item, i)))
                Walk(item, $"{path}[{i}]", seen, found);
        }

        for (Type? type = value.GetType(); type is not null; type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                Walk(field.GetValue(value), $"{path}.{field.Name}", seen, found);
        }
    }
}
