using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kml.Runtime;

namespace IssueTimeSample.Demo;

/// <summary>What a phase found, as it travels from the guest to the report.</summary>
internal static class PhaseFile
{
    // A share of nothing, as the accuracy of an engine that was not asked, is NaN.
    private static readonly JsonSerializerOptions Options = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static void Write<T>(string folder, string name, T value) =>
        File.WriteAllText(Path.Combine(folder, name), JsonSerializer.Serialize(value, Options));

    public static CounterValues Counters(string folder, string name) => CounterValues.Of(Read<Dictionary<string, ulong>>(folder, name));

    public static T Read<T>(string folder, string name) =>
        JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine(folder, name)), Options) ?? throw new DemoException($"{name} is empty.");
}
