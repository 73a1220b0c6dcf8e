using System;
using System.Globalization;
using System.IO;

namespace Kml.Training;

/// <summary>The machine-readable log: tab-separated, a header, a row an epoch.</summary>
internal sealed class EpochLog : IDisposable
{
    private readonly StreamWriter _writer;

    /// <summary>Begins a log, in place of an older one.</summary>
    /// <param name="path">The file; its folder is made if needed.</param>
    internal EpochLog(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _writer = new StreamWriter(path) { AutoFlush = true, NewLine = "\n" };
        _writer.WriteLine("epoch\ttrain_loss\tvalidation_loss\tbest_epoch\tlearning_rate\trows_per_second\tseconds");
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    /// <summary>Writes an epoch.</summary>
    /// <param name="report">The epoch.</param>
    internal void Write(EpochReport report) =>
        _writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Epoch}\t{report.TrainLoss:R}\t{report.ValidationLoss:R}\t{report.BestEpoch}\t{report.LearningRate:R}\t{report.RowsPerSecond:F0}\t{report.Elapsed.TotalSeconds:F3}"));
}
