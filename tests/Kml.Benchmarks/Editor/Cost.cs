using System;

namespace Kml.Benchmarks.Editor;

/// <summary>Milliseconds of processor time.</summary>
/// <param name="Generator">The generator.</param>
/// <param name="Analyzer">The analyzer of models, after it.</param>
/// <param name="Alone">The analyzer of models, where it has to read for itself.</param>
internal readonly record struct Cost(double Generator, double Analyzer, double Alone)
{
    /// <summary>Measures.</summary>
    /// <param name="work">What is done once.</param>
    /// <returns>The processor time of this process, in milliseconds: the compiler has threads of its own.</returns>
    internal static double Of(Action work)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
    }
}
