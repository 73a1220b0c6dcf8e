using System;
using System.Collections.Generic;
using System.Globalization;
using Spectre.Console;

namespace Kml.Training;

/// <summary>What fitting a network led to.</summary>
/// <param name="Predictor">The network with the least validation loss.</param>
/// <param name="Outcome">Why training ended.</param>
/// <param name="Epochs">A report an epoch.</param>
/// <param name="BestEpoch">The epoch of the predictor's weights; 0 if none was better than the first.</param>
/// <param name="Warnings">What there is to know: of the rows, then of the course.</param>
public sealed record NetworkFit(
    NetworkPredictor Predictor,
    TrainingOutcome Outcome,
    IReadOnlyList<EpochReport> Epochs,
    int BestEpoch,
    IReadOnlyList<TrainingWarning> Warnings)
{
    /// <summary>Prints what came of it.</summary>
    /// <param name="console">Where; null for the standard output.</param>
    public void Print(IAnsiConsole? console = null) => SideOutput.Print(console, PrintTo);

    private void PrintTo(IAnsiConsole console)
    {
        if (Epochs.Count > 0)
        {
            EpochReport last = Epochs[^1];
            string course = FormattableString.Invariant($"{OutcomeText.Of(Outcome)} after {Epochs.Count} epochs in {last.Elapsed.TotalSeconds:F1} s");
            Line($"{course}; weights of epoch {BestEpoch} with validation loss {last.BestLoss:G5}, {Predictor.SizeBytes} bytes");
        }
        else
        {
            Line($"{OutcomeText.Of(Outcome)} before the end of the first epoch");
        }

        foreach (TrainingWarning warning in Warnings)
            Line($"warning: {warning.Kind}: {warning.Message}");

        void Line(FormattableString text) => console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }
}
