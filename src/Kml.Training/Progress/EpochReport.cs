using System;

namespace Kml.Training;

/// <summary>Where training stands after an epoch.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="TrainLoss">The mean loss of its training rows, as they were met.</param>
/// <param name="ValidationLoss">The mean loss of the validation rows after it.</param>
/// <param name="BestEpoch">The epoch with the least validation loss so far; 0 is before the first.</param>
/// <param name="BestLoss">That loss.</param>
/// <param name="LearningRate">The learning rate that it had.</param>
/// <param name="RowsPerSecond">Training rows a second, in this epoch.</param>
/// <param name="Elapsed">Time since the start.</param>
/// <param name="AtMostLeft">Time left if training does not stop early.</param>
public sealed record EpochReport(
    int Epoch,
    double TrainLoss,
    double ValidationLoss,
    int BestEpoch,
    double BestLoss,
    float LearningRate,
    double RowsPerSecond,
    TimeSpan Elapsed,
    TimeSpan AtMostLeft);
