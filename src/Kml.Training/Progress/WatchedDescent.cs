using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using Kml.Training.Optimisation;

namespace Kml.Training;

/// <summary>Fitting as people see it: display, log, and what there is to say about how it went.</summary>
internal static class WatchedDescent
{
    /// <summary>Fits.</summary>
    /// <param name="name">Whose network.</param>
    /// <param name="task">What is to be fitted to what.</param>
    /// <param name="cancellation">Stops training before its next step.</param>
    /// <param name="warnings">Receives warnings.</param>
    /// <returns>The result.</returns>
    internal static DescentResult Run(string name, DescentTask task, CancellationToken cancellation, List<TrainingWarning> warnings)
    {
        using Descent descent = new(task);
        using EpochLog log = new(task.Options.LogPath);
        SideOutput progress = new("The progress");
        log.Begin();

        // Those before a checkpoint; the log is one of the whole training.
        foreach (EpochReport epoch in descent.State.Epochs)
            log.Write(epoch);
        DescentResult fitted = TrainingDisplay.Run(task.Options.Console, name, task.Options.MaxEpochs, progress, report => descent.Run(
            epoch =>
            {
                log.Write(epoch);
                report(epoch);
            },
            cancellation));
        log.Dispose();
        warnings.AddRange([.. log.Output.Warnings, .. progress.Warnings, .. Course(fitted, task.Options)]);
        return fitted;
    }

    private static IEnumerable<TrainingWarning> Course(DescentResult fit, FitOptions options)
    {
        if (fit.Unsaved is not null)
            yield return new TrainingWarning(TrainingWarningKind.CheckpointNotWritten, fit.Unsaved);
        if (fit.Outcome == TrainingOutcome.Diverged)
        {
            EpochReport last = fit.Epochs[^1];
            yield return new TrainingWarning(
                TrainingWarningKind.Diverged,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the loss grew to {last.TrainLoss:G4}, and {last.ValidationLoss:G4} on the validation rows, in epoch {fit.Epochs.Count}; ")
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $"the weights of epoch {fit.BestEpoch} are kept. "
                        + $"Use a learning rate of {options.LearningRate / 10:G3} or less, not {options.LearningRate:G3}"));
        }

        if (fit.BestEpoch == 0 && fit.Outcome != TrainingOutcome.Cancelled)
        {
            yield return new TrainingWarning(
                TrainingWarningKind.NothingLearned,
                "no epoch was better on the validation rows than the first weights: use a smaller learning rate, or features that say more");
        }
    }
}
