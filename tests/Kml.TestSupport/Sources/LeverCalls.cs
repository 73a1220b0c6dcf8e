using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Kml.Model;

namespace Kml.TestSupport;

/// <summary>What a policy can call, in C#: from the rows of the levers, and the methods of the events that stand for them.</summary>
public static class LeverCalls
{
    private static readonly Dictionary<EventKind, MethodInfo[]> Methods = EventCatalog.All.ToDictionary(
        e => e.Kind,
        e => e.Levers.Select(l => typeof(BioQueue).Assembly.GetType(e.ClrName)!.GetMethod(l.MethodName)!).ToArray());

    /// <summary>The members of each enum that a lever takes.</summary>
    public static IReadOnlyDictionary<string, string[]> Enums { get; } = Methods.Values.SelectMany(m => m).SelectMany(m => m.GetParameters())
        .Select(p => p.ParameterType).Where(t => t.IsEnum).Distinct().ToDictionary(t => t.Name, Enum.GetNames);

    /// <summary>The methods of an event, each with the types of its arguments.</summary>
    public static IReadOnlyList<(string Method, string[] Types)> At(EventKind kind) =>
        [.. Methods[kind].Select(m => (m.Name, m.GetParameters().Select(p => Spelled(p.ParameterType)).ToArray()))];

    private static string Spelled(Type type) => type.IsEnum ? type.Name : Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => "bool",
        TypeCode.Int32 => "int",
        TypeCode.UInt32 => "uint",
        TypeCode.Int64 => "long",
        TypeCode.UInt64 => "ulong",
        _ => throw new NotSupportedException($"There is no random expression of type {type}."),
    };
}
