using System;
using System.Collections.Generic;

namespace Kml.Training.Adapting;

/// <summary>A way to serve a new workload: what is learned from the old ones, and how few labelled rows of the new one are used.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Pretrain">Learns one or more starts from rows of old workloads, each a group.</param>
/// <param name="Adapt">Makes the learner for the new workload from the starts and from rows of it whose labels it does not look at.</param>
public sealed record FewShotMethod(
    string Name,
    Func<Samples, IReadOnlyList<NetworkPredictor>> Pretrain,
    Func<IReadOnlyList<NetworkPredictor>, Samples, ILearner> Adapt);
