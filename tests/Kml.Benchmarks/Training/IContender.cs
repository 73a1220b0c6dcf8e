using System;

namespace Kml.Benchmarks.Training;

/// <summary>Somebody who trains a case, an epoch (or a fit) at a time, on the cores of the thread that makes and runs it.</summary>
internal interface IContender : IDisposable
{
    /// <summary>Trains on.</summary>
    /// <returns>What it took.</returns>
    Lap Run();
}

/// <summary>An epoch, or a fit.</summary>
/// <param name="Seconds">What it took.</param>
/// <param name="Loss">The training loss, or another figure that tells whether it learns.</param>
internal readonly record struct Lap(double Seconds, double Loss);
