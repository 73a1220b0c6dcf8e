using System;

namespace Kml.Benchmarks.Training;

/// <summary>Two contenders on the same rows, in alternation.</summary>
/// <param name="Name">The task.</param>
/// <param name="Variant">How we do it.</param>
/// <param name="Ours">Makes ours.</param>
/// <param name="Reference">What it is measured against.</param>
/// <param name="Theirs">Makes that; null when it is absent.</param>
/// <param name="Threads">Threads, hence cores, that ours may use.</param>
/// <param name="TheirThreads">Threads, hence cores, that the reference may use.</param>
/// <param name="Goal">The ratio that we want to reach; 0 for none.</param>
internal sealed record TrainingCase(
    string Name,
    string Variant,
    Func<IContender> Ours,
    string Reference,
    Func<IContender?> Theirs,
    int Threads = 1,
    int TheirThreads = 1,
    double Goal = 0);
