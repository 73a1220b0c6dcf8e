using System;
using Kml.Benchmarks;

if (args is not ["inference", string table])
{
    Console.Error.WriteLine("usage: Kml.Benchmarks inference <table.tsv>");
    return 2;
}

InferenceBenchmark.Run(table);
return 0;
