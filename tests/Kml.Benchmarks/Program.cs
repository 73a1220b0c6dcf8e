using System;
using System.Collections.Generic;
using Kml.Benchmarks;

Dictionary<string, Action<string>> benchmarks = new()
{
    ["accuracy"] = AccuracyBenchmark.Run,
    ["adapting"] = AdaptingBenchmark.Run,
    ["editor"] = EditorBenchmark.Run,
    ["inference"] = InferenceBenchmark.Run,
    ["online"] = OnlineBenchmark.Run,
    ["training"] = TrainingBenchmark.Run,
};

if (args is not [string name, string table] || !benchmarks.TryGetValue(name, out Action<string>? run))
{
    Console.Error.WriteLine($"usage: Kml.Benchmarks {string.Join('|', benchmarks.Keys)} <table.tsv>");
    return 2;
}

run(table);
return Environment.ExitCode;
