using System;
using System.IO;
using System.Linq;
using System.Threading;
using Kml.Inference;
using Kml.Model;
using Kml.Model.Lowering;
using Kml.Training.Losses;
using Kml.Training.Tests.Optimisation;
using Shouldly;
using Spectre.Console;
using Xunit;

namespace Kml.Training.Tests;

public sealed class TrainerTests : IDisposable
{
    private static readonly TrainingOptions Quick = new() { Console = null, MaxEpochs = 60, LearningRate = 0.01f };
    private static readonly Lazy<TrainingResult> Wait = new(() => Trainer.Train<WaitModel>(SyntheticRecords.Wait(6000), Quick));

    private readonly string _folder = Directory.CreateTempSubdirectory("kml-train").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void A_regression_beats_every_baseline_of_its_verdict()
    {
        TrainingResult result = Wait.Value;
        result.Float.Accuracy!.Value.ShouldBeGreaterThan(0.93);
        foreach (BaselineScore rival in result.BaselineScores!.Rivals)
            (result.Float.Accuracy!.Value - rival.Accuracy).ShouldBeGreaterThan(0.1, rival.Name);
        result.Float.MeanAbsoluteError!.Value.ShouldBeLessThan(25);
        (result.Float.Verdict!.Total + result.Float.Faulted).ShouldBe(result.Test.Count);
        (result.Train.Count, result.Validation.Count, result.Test.Count).ShouldBe((4200, 900, 900));
    }

    [Fact]
    public void A_classification_learns_its_classes()
    {
        TrainingResult result = Trainer.Train<SizeModel>(SyntheticRecords.Size(4000), Quick);
        result.Float.Accuracy!.Value.ShouldBeGreaterThan(0.97);
        result.Float.MeanAbsoluteError.ShouldBeNull();
        result.Float.Verdict.ShouldBeNull();
        result.BaselineScores!.Features.Count.ShouldBe(2);
        result.BaselineScores.BestFeature.Name.ShouldBe("feature 0 in 16 bins");
    }

    /// <summary>A label is certain, a prediction as sure as the network is.</summary>
    [Fact]
    public void A_verdict_by_confidence_is_measured_with_that_of_each_prediction()
    {
        TrainingResult result = Trainer.Train<SureModel>(SyntheticRecords.Size(4000), Quick with { MaxEpochs = 20 });
        string path = Path.Combine(_folder, "sure.safetensors");
        result.Save(path);
        ModelSpec model = ModelText.Read(SureModel.CanonicalText);
        ModelProgram program = ModelProgram.For(model);
        FloatEngine engine = new(program, WeightPacker.Pack(program, ProgramTensors.Read(program.Shape, WeightsFile.Read(path))));
        int large = 0, sure = 0;
        for (int row = 0; row < result.Test.Count; row++)
        {
            uint[] confidences = new uint[2];
            bool isLarge = engine.Predict(result.Test.FeatureBits(row), confidences) == (uint)Size.Large;
            large += isLarge ? 1 : 0;
            sure += isLarge && BitConverter.UInt32BitsToSingle(confidences[0]) > SureModel.Sure ? 1 : 0;
            result.Test.Verdict(row).ShouldBe(result.Test.LabelBits(row) == (uint)Size.Large);
        }

        // Some it is sure of, and some not.
        sure.ShouldBeInRange(1, large - 1);
        ((int)(result.Float.Verdict![0, 1] + result.Float.Verdict[1, 1])).ShouldBe(sure);
    }

    [Fact]
    public void A_model_with_an_integer_twin_gets_it_quantised_measured_and_into_its_golden_vectors()
    {
        // Collected by another model with the same events, state and updates: the rows are computed anew.
        TrainingResult result = Trainer.Train<TwinModel>(SyntheticRecords.Wait(6000), Quick);
        result.Float.Accuracy!.Value.ShouldBeGreaterThan(0.93);
        result.Integer!.Accuracy!.Value.ShouldBe(result.Float.Accuracy!.Value, 0.01);
        result.Integer.MeanAbsoluteError!.Value.ShouldBe(result.Float.MeanAbsoluteError!.Value, 1.0);

        string path = Path.Combine(_folder, "twin.safetensors");
        result.Save(path);
        WeightsFile file = WeightsProof.Load(TwinModel.Spec, path, out EquatableArray<WeightsFinding> findings)
            .ShouldNotBeNull(string.Join("; ", findings.Select(f => f.Message)));
        ModelProgram program = ModelProgram.For(TwinModel.Spec);
        IntegerEngine twin = new(program, WeightPacker.Pack(program, ProgramTensors.Read(program.Shape, file)));
        int[] features = file[WeightsNames.GoldenFeatures].ToArray<int>(), outputs = file[WeightsNames.GoldenInteger].ToArray<int>();
        outputs.Length.ShouldBeGreaterThanOrEqualTo(16);
        for (int i = 0; i < outputs.Length; i++)
            ((int)twin.Predict([.. features[(i * 3)..((i * 3) + 3)].Select(v => (uint)v)])).ShouldBe(outputs[i]);
    }

    [Fact]
    public void One_seed_gives_one_result_and_another_seed_another()
    {
        RecordSet records = SyntheticRecords.Wait(600);
        byte[] Bytes(ulong seed)
        {
            TrainingResult result = Trainer.Train<WaitModel>(records, Quick with { Seed = seed, MaxEpochs = 5 });
            return WeightPacker.Pack(ModelProgram.For(WaitModel.Spec), result.Weights);
        }

        Bytes(1).ShouldBe(Bytes(1));
        Bytes(1).ShouldNotBe(Bytes(2));
    }

    [Fact]
    public void The_parts_of_a_split_follow_one_another_in_time()
    {
        TrainingResult result = Wait.Value;
        Last(result.Train).ShouldBeLessThan(First(result.Validation));
        Last(result.Validation).ShouldBeLessThan(First(result.Test));

        static ulong First(Dataset rows) => rows.Source.Time(rows.Record(0));
        static ulong Last(Dataset rows) => rows.Source.Time(rows.Record(rows.Count - 1));
    }

    [Fact]
    public void Training_stops_early_with_the_best_weights()
    {
        TrainingResult result = Trainer.Train<WaitModel>(SyntheticRecords.Wait(600), Quick with { MaxEpochs = 2000, Patience = 8 });
        result.Outcome.ShouldBe(TrainingOutcome.Converged);
        result.Epochs.Count.ShouldBe(result.BestEpoch + 8);
        result.Epochs[^1].BestLoss.ShouldBe(result.Epochs.Min(e => e.ValidationLoss));
        result.Epochs[result.BestEpoch - 1].ValidationLoss.ShouldBe(result.Epochs[^1].BestLoss);
        result.Epochs[^1].LearningRate.ShouldBeLessThan(Quick.LearningRate);
    }

    [Fact]
    public void A_learning_rate_that_diverges_stops_with_advice()
    {
        TrainingResult result = Trainer.Train<WaitModel>(SyntheticRecords.Wait(2000), Quick with { LearningRate = 1e6f, Loss = new SquaredLoss() });
        result.Outcome.ShouldBe(TrainingOutcome.Diverged);
        result.Epochs.Count.ShouldBeLessThan(60);
        result.Warnings.Single(w => w.Kind == TrainingWarningKind.Diverged).Message.ShouldContain("Use a learning rate of 1E+05 or less");
        string path = Path.Combine(_folder, "w.safetensors");
        result.Warnings.ShouldContain(w => w.Kind == TrainingWarningKind.NothingLearned);
        Should.Throw<TrainingException>(() => result.Save(path)).Message.ShouldContain("Nothing was learned");
        File.Exists(path).ShouldBeFalse();
    }

    [Fact]
    public void A_training_that_was_cancelled_goes_on_to_the_same_weights()
    {
        RecordSet records = SyntheticRecords.Wait(1000);
        CutLoss loss = new();
        TrainingOptions options = Quick with { MaxEpochs = 10, CheckpointPath = Path.Combine(_folder, "wait.checkpoint") };
        TrainingResult whole = Trainer.Train<WaitModel>(records, options with { Loss = loss, CheckpointPath = null });
        using CancellationTokenSource stop = new();
        TrainingResult part = Trainer.Train<WaitModel>(records, options with { Loss = new CutLoss(loss.Runs / 2, stop) }, stop.Token);
        part.Outcome.ShouldBe(TrainingOutcome.Cancelled);
        part.Epochs.Count.ShouldBeInRange(1, 9);
        TrainingResult rest = Trainer.Train<WaitModel>(records, options with { Loss = new CutLoss() });
        rest.Outcome.ShouldBe(whole.Outcome);
        Packed(rest).ShouldBe(Packed(whole));

        static byte[] Packed(TrainingResult result) => WeightPacker.Pack(ModelProgram.For(WaitModel.Spec), result.Weights);
    }

    [Fact]
    public void What_is_saved_passes_the_check_and_its_golden_vectors_hold()
    {
        string path = Path.Combine(_folder, "weights", "wait.safetensors");
        Wait.Value.Save(path).ShouldBe(1u);
        Wait.Value.Save(path).ShouldBe(2u);
        WeightsFile file = WeightsProof.Load(WaitModel.Spec, path, out EquatableArray<WeightsFinding> findings)
            .ShouldNotBeNull(string.Join("; ", findings.Select(f => f.Message)));
        file.Version.ShouldBe(2u);
        file.Model.ShouldBe("wait");
        file.Metadata[WeightsFile.ToolKey].ShouldStartWith("KmlCompiler ");

        ModelProgram program = ModelProgram.For(WaitModel.Spec);
        FloatEngine network = new(program, WeightPacker.Pack(program, ProgramTensors.Read(program.Shape, file)));
        byte[] from = file[WeightsNames.GoldenFrom].ToArray<byte>(), state = file[WeightsNames.GoldenState].ToArray<byte>();
        int[] features = file[WeightsNames.GoldenFeatures].ToArray<int>(), outputs = file[WeightsNames.GoldenFloat].ToArray<int>();
        outputs.Length.ShouldBeGreaterThanOrEqualTo(16);
        outputs.Distinct().Count().ShouldBeGreaterThan(8);
        uint[] x = new uint[4];
        for (int i = 0; i < outputs.Length; i++)
        {
            WaitModel.TryFeatures(from.AsSpan(i * 48, 48), state.AsSpan(i * 8, 8), x).ShouldBeTrue();
            x.Select(v => (int)v).ShouldBe(features[(i * 4)..((i * 4) + 4)]);
            ((int)network.Predict(x)).ShouldBe(outputs[i]);
        }
    }

    [Fact]
    public void A_damaged_file_is_replaced_from_version_one()
    {
        string path = Path.Combine(_folder, "wait.safetensors");
        File.WriteAllText(path, "no weights");
        Wait.Value.Save(path).ShouldBe(1u);
    }

    [Fact]
    public void The_log_has_a_row_an_epoch()
    {
        string log = Path.Combine(_folder, "logs", "wait.tsv");
        TrainingResult result = Trainer.Train<WaitModel>(SyntheticRecords.Wait(600), Quick with { MaxEpochs = 7, LogPath = log });
        string[] lines = File.ReadAllLines(log);
        lines[0].ShouldBe("epoch\ttrain_loss\tvalidation_loss\tbest_epoch\tlearning_rate\trows_per_second\tseconds");
        lines.Length.ShouldBe(8);
        lines[7].Split('\t').Length.ShouldBe(7);
        double.Parse(lines[7].Split('\t')[2], System.Globalization.CultureInfo.InvariantCulture).ShouldBe(result.Epochs[6].ValidationLoss);
    }

    [Fact]
    public void Without_a_terminal_progress_is_a_line_every_tenth_epoch()
    {
        StringWriter text = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No });
        console.Profile.Width = 200;
        TrainingResult result = Trainer.Train<WaitModel>(SyntheticRecords.Wait(600), Quick with { MaxEpochs = 12, Console = console });
        string[] lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2);
        lines[0].ShouldStartWith("wait: epoch 10  loss ");
        lines[1].ShouldStartWith("wait: epoch 12  loss ");

        text.GetStringBuilder().Clear();
        result.Print(console);
        text.ToString().ShouldContain("600 rows of 600 records: 420 to learn from, 90 to stop on, 90 to test");
        text.ToString().ShouldContain("stopped at the epoch limit after 12 epochs");
        text.ToString().ShouldContain("warning: ConstantFeature: feature 3 is 7 in all 420 training rows and is ignored");
        text.ToString().ShouldContain("majority");
        text.ToString().ShouldContain("float network: mean absolute error");
    }

    [Fact]
    public void On_a_terminal_progress_is_live()
    {
        TerminalText text = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = text, Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes });
        Trainer.Train<WaitModel>(SyntheticRecords.Wait(600), Quick with { MaxEpochs = 3, Console = console });
        text.Writer.ToString()!.ShouldContain("training wait");
        text.Writer.ToString()!.ShouldContain("rows/s");
    }

    private sealed class TerminalText : IAnsiConsoleOutput
    {
        public TextWriter Writer { get; } = new StringWriter();

        public bool IsTerminal => true;

        public int Width => 100;

        public int Height => 40;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
