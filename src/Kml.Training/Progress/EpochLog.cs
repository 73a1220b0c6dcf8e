using System;
using System.Globalization;
using System.IO;

namespace Kml.Training;

/// <summary>The log of a training: a tab-separated file with a header and a row an epoch. One that cannot be written is a warning.</summary>
/// <param name="path">The file, in place of an older one; its folder is made if needed. Null for none.</param>
internal sealed class EpochLog(string? path) : IDisposable
{
    private const string Header = "epoch\ttrain_loss\tvalidation_loss\tbest_epoch\tlearning_rate\trows_per_second\tseconds";

    private StreamWriter? _writer;

    /// <summary>What became of it.</summary>
    internal SideOutput Output { get; } = new($"The log '{path}'");

    /// <inheritdoc/>
    public void Dispose()
    {
        Output.Write(() => _writer?.Dispose());

        // What a writer could not write it tries once more at its end.
        new SideOutput("").Write(() => _writer?.Dispose());
    }

    /// <summary>Begins the file.</summary>
    internal void Begin()
    {
        if (path is null)
            return;
        Output.Write(() =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            _writer = new StreamWriter(path) { AutoFlush = true, NewLine = "\n" };
            _writer.WriteLine(Header);
        });
    }

    /// <summary>Writes an epoch.</summary>
    /// <param name="report">The epoch.</param>
    internal void Write(EpochReport report) => Output.Write(() => _writer?.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{report.Epoch}\t{report.TrainLoss:R}\t{report.ValidationLoss:R}\t{report.BestEpoch}\t{report.LearningRate:R}\t"
            + $"{report.RowsPerSecond:F0}\t{report.Elapsed.TotalSeconds:F3}")));
}
