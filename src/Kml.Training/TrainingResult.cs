using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Reflection;
using Kml.Inference;
using Kml.Model;
using Kml.Model.Lowering;
using Kml.Training.Optimisation;
using Spectre.Console;

namespace Kml.Training;

/// <summary>Trained weights, how they came about, and how well the engines do with them: the very engines whose bits the kernel gives.</summary>
public sealed class TrainingResult
{
    private static readonly string ToolVersion =
        typeof(TrainingResult).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private readonly ProgramShape _shape;
    private readonly FloatEngine _float;
    private readonly IntegerEngine? _integer;

    internal TrainingResult(
        ModelSpec model,
        ProgramWeights weights,
        DescentResult fit,
        IReadOnlyList<TrainingWarning> warnings,
        Dataset train,
        Dataset validation,
        Dataset test)
    {
        Model = model;
        Weights = weights;
        Outcome = fit.Outcome;
        Epochs = fit.Epochs;
        BestEpoch = fit.BestEpoch;
        Warnings = warnings;
        Train = train;
        Validation = validation;
        Test = test;

        _shape = ProgramShape.Of(model);
        ModelProgram program = ModelProgram.For(_shape);
        byte[] packed = WeightPacker.Pack(program, weights);
        _float = new FloatEngine(program, packed);
        _integer = _shape.IntegerTwin ? new IntegerEngine(program, packed) : null;
        Dataset judged = test.ForEvaluation();
        Float = EngineMetrics.Of(_float, judged);
        Integer = _integer is null ? null : EngineMetrics.Of(_integer, judged);
        Baselines = model.Verdict is not null || model.Label.IsClassification ? DecisionBaselines.Fit(train) : null;
        BaselineScores = Baselines?.Score(judged);
    }

    /// <summary>The model.</summary>
    public ModelSpec Model { get; }

    /// <summary>The weights with the least validation loss.</summary>
    public ProgramWeights Weights { get; }

    /// <summary>Why training ended.</summary>
    public TrainingOutcome Outcome { get; }

    /// <summary>A report an epoch.</summary>
    public IReadOnlyList<EpochReport> Epochs { get; }

    /// <summary>The epoch of the weights; 0 if none was better than the first weights.</summary>
    public int BestEpoch { get; }

    /// <summary>What there is to know.</summary>
    public IReadOnlyList<TrainingWarning> Warnings { get; }

    /// <summary>The rows that were learned from.</summary>
    public Dataset Train { get; }

    /// <summary>The rows that decided when to stop.</summary>
    public Dataset Validation { get; }

    /// <summary>The rows that nothing was decided on.</summary>
    public Dataset Test { get; }

    /// <summary>The float engine on the rows of <see cref="Test"/> that count for evaluation: all, unless the policy was acting; then those held out.</summary>
    public EngineMetrics Float { get; }

    /// <summary>The integer twin on the same rows; null if the model has none.</summary>
    public EngineMetrics? Integer { get; }

    /// <summary>The baselines, fitted on <see cref="Train"/>; null for a regression without verdict.</summary>
    public DecisionBaselines? Baselines { get; }

    /// <summary>The baselines on the same rows.</summary>
    public BaselineScores? BaselineScores { get; }

    /// <summary>
    /// Writes the weights file, whole or not at all: tensors, fingerprint, golden vectors, and a version one above that of the file that it replaces.
    /// </summary>
    /// <param name="path">The file, by custom <c>weights/&lt;model&gt;.safetensors</c> beside the project.</param>
    /// <returns>The version.</returns>
    /// <exception cref="TrainingException">No epoch was better than the first weights: there is nothing to save.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there stays.</exception>
    public uint Save(string path)
    {
        if (BestEpoch == 0)
            throw new TrainingException($"Nothing was learned, so no weights are written to '{path}'. Use a smaller learning rate, or features that say more.");
        uint version = NextVersion(path);
        Dictionary<string, string> metadata = new()
        {
            [WeightsFile.ModelKey] = Model.Name,
            [WeightsFile.FingerprintKey] = ModelText.Fingerprint(Model),
            [WeightsFile.VersionKey] = version.ToString(CultureInfo.InvariantCulture),
            [WeightsFile.ToolKey] = $"KmlCompiler {ToolVersion}",
        };
        new WeightsFile(metadata, [.. ProgramTensors.Write(_shape, Weights), .. GoldenVectors.Of(Test, _float, _integer)]).Write(path);
        return version;
    }

    /// <summary>Prints what came of it: rows, outcome, warnings, and each engine beside each baseline.</summary>
    /// <param name="console">Where; null for the standard output.</param>
    public void Print(IAnsiConsole? console = null) => SideOutput.Print(console, to => TrainingReport.Print(this, to));

    private static uint NextVersion(string path)
    {
        try
        {
            uint last = WholeFile.IsThere(path) ? WeightsFile.Read(path).Version : 0;
            return last < uint.MaxValue
                ? last + 1
                : throw new TrainingException($"The weights in '{path}' have version {last}, after which there is none. "
                    + "Move that file away, or save to another one.");
        }
        catch (WeightsFormatException)
        {
            // A damaged file has no version to follow; it is replaced.
            return 1;
        }
    }
}
