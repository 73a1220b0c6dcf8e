using System;
using System.Collections.Generic;
using System.Linq;
using Kml.TestSupport;
using Kml.Training.Adapting;
using Kml.Training.Linear;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Adapting;

/// <summary>A start from old workloads makes few labels of a new one enough.</summary>
public class FewShotTests
{
    private const int Shots = 40, Draws = 6, New = 50;

    private static readonly Samples Old = WorkloadRows.Join([.. Enumerable.Range(1, 6).Select(w => WorkloadRows.Of(w, 400))]);
    private static readonly Samples Unlabelled = WorkloadRows.Of(New, 600), Test = WorkloadRows.Of(New, 3000, draw: 1);

    private static readonly NetworkPredictor[] Starts = [.. Enumerable.Range(1, 4).Select(seed => new Reptile { Seed = (ulong)seed }.Train(Old))];
    private static readonly NetworkPredictor Start = Starts[0].For(Unlabelled);

    private static readonly NetworkLearner Plain = new() { Hidden = [16, 16], Options = new FitOptions { Console = null, Threads = 1 } };

    [Fact]
    public void Few_labels_recover_most_of_what_a_new_workload_costs_the_old_model()
    {
        double old = WorkloadRows.Accuracy(Plain.Fit(Old), Test), full = WorkloadRows.Accuracy(Plain.Fit(Unlabelled), Test);
        (full - old).ShouldBeGreaterThan(0.1);
        double scratch = Mean(Plain),
            tuned = Mean(new FineTune(Start) { Penalty = 10 }),
            distilled = Mean(new Distilled(Starts, Unlabelled) { TeacherPenalty = 10 });
        tuned.ShouldBeGreaterThan(old + (0.8 * (full - old)));
        tuned.ShouldBeGreaterThan(scratch + 0.03);
        distilled.ShouldBeGreaterThan(tuned);
        Mean(FineTune.Head(Start)).ShouldBeGreaterThan(old + (0.5 * (full - old)));
        Mean(new Prototypes(Start)).ShouldBeGreaterThan(old);
    }

    [Fact]
    public void A_regression_is_tuned_as_well()
    {
        Samples old = WorkloadRows.Join([.. Enumerable.Range(1, 6).Select(w => WorkloadRows.Of(w, 400, regression: true))]);
        Samples rows = WorkloadRows.Of(New, 600, regression: true), test = WorkloadRows.Of(New, 2000, 1, regression: true);
        NetworkPredictor[] starts = [.. Enumerable.Range(1, 3).Select(seed => new Reptile { Seed = (ulong)seed, StepRate = 0.05 }.Train(old))];
        Samples few = LeaveOneWorkloadOut.Draw(rows, Shots, 3);
        double Error(IPredictor model) => Evaluation.RowOf("model", model, test).Regression!.MeanAbsoluteError;
        double before = Error(starts[0].For(rows)), tuned = Error(new FineTune(starts[0].For(rows)) { Penalty = 1 }.Fit(few));
        tuned.ShouldBeLessThan(before * 0.8);
        Error(new Distilled(starts, rows) { TeacherPenalty = 1 }.Fit(few)).ShouldBeLessThan(before * 0.8);
        Error(Plain.Fit(few)).ShouldBeGreaterThan(tuned);
    }

    [Fact]
    public void A_start_is_the_same_to_the_bit_for_a_seed()
    {
        Reptile reptile = new() { Rounds = 50 };
        reptile.Train(Old).Parameters.ToArray().ShouldBe(reptile.Train(Old).Parameters.ToArray());
        (reptile with { Seed = 2 }).Train(Old).Parameters.ToArray().ShouldNotBe(reptile.Train(Old).Parameters.ToArray());
    }

    [Fact]
    public void A_new_normalisation_undoes_a_change_of_units_and_nothing_else()
    {
        float[] features = Test.Features.ToArray();
        for (int i = 0; i < features.Length; i++)
            features[i] = (features[i] * 37) - 11;
        Samples changed = new(Test.Names, features, Test.Labels.ToArray(), 2);
        Predict(Starts[0].For(changed), changed).ShouldBe(Predict(Starts[0].For(Test), Test), 1e-3);
        Starts[0].For(changed).Parameters.ToArray().ShouldBe(Starts[0].Parameters.ToArray());

        // Rows of weight 0 do not count for it.
        Samples far = WorkloadRows.Weighted(WorkloadRows.Join(Test, changed), row => row < Test.Count ? 2 : 0);
        Predict(Starts[0].For(far), Test).ShouldBe(Predict(Starts[0].For(Test), Test), 1e-3);
    }

    [Fact]
    public void Frozen_layers_keep_their_bits_and_a_heavy_penalty_keeps_all()
    {
        Samples few = LeaveOneWorkloadOut.Draw(Unlabelled, Shots, 1);
        NetworkPredictor head = FineTune.Head(Start).Tune(few), second = new FineTune(Start) { FrozenLayers = 1 }.Tune(few);
        for (int layer = 0; layer < 3; layer++)
        {
            Same(head, layer).ShouldBe(layer < 2);
            Same(second, layer).ShouldBe(layer < 1);
        }

        Predict(new FineTune(Start) { Penalty = 1e9 }.Fit(few), Test).ShouldBe(Predict(Start, Test), 1e-3);

        static bool Same(NetworkPredictor tuned, int layer) => tuned.LayerParameters(layer).SequenceEqual(Start.LayerParameters(layer));
    }

    [Fact]
    public void A_new_head_is_the_best_one_for_its_rows()
    {
        // Every tenth label is wrong, so that no plane separates the classes.
        Samples clean = LeaveOneWorkloadOut.Draw(Unlabelled, 400, 1);
        Samples rows = new(clean.Names, clean.Features.ToArray(), [.. clean.Labels.ToArray().Select((label, row) => row % 10 == 0 ? 1 - label : label)], 2);
        float[] embedding = new float[Start.EmbeddingWidth * rows.Count];
        Start.Embed(rows.Features, rows.Count, embedding);
        Samples embedded = new([.. Enumerable.Range(0, Start.EmbeddingWidth).Select(i => $"e{i}")], embedding, rows.Labels.ToArray(), 2);

        // Both are convex, and nearly without a penalty the same; the logistic one is another solver, by Newton's method.
        double ours = Loss(Predict((FineTune.Head(Start) with { Penalty = 0.01, MostSteps = 3000 }).Fit(rows), rows), rows);
        double newton = Loss(Predict(new LogisticRegression { Penalty = 1e-6 }.Fit(embedded), embedded), rows);
        ours.ShouldBe(newton, 0.01 * newton);
    }

    [Fact]
    public void Weights_count_but_their_scale_does_not()
    {
        Samples few = LeaveOneWorkloadOut.Draw(Unlabelled, Shots, 1);
        float[] plain = Predict(new FineTune(Start).Fit(few), Test);
        Predict(new FineTune(Start).Fit(WorkloadRows.Weighted(few, _ => 8)), Test).ShouldBe(plain, 1e-4);

        // Rows of weight 0 are as if they had not been; a row of much weight is fitted at the cost of others.
        Samples wrong = new(few.Names, few.Features.ToArray(), [.. few.Labels.ToArray().Select(label => 1 - label)], 2);
        Predict(new FineTune(Start).Fit(WorkloadRows.Weighted(WorkloadRows.Join(few, wrong), row => row < Shots ? 1 : 0)), Test).ShouldBe(plain, 1e-4);
        Prototype(WorkloadRows.Weighted(WorkloadRows.Join(few, wrong), row => row < Shots ? 1 : 0)).ShouldBe(Prototype(few), 1e-4);
        int[] repeated = [.. Enumerable.Range(0, Shots).SelectMany(row => Enumerable.Repeat(row, 1 + (row % 3)))];
        Prototype(WorkloadRows.Weighted(few, row => 1 + (row % 3))).ShouldBe(Prototype(few.Select(repeated)), 1e-4);

        float[] Prototype(Samples rows) => Predict(new Prototypes(Start).Fit(rows), Test);
    }

    [Fact]
    public void The_nearest_mean_decides_and_a_class_without_rows_never_does()
    {
        Samples rows = new(["x"], [0, 2, 10, 12, 1], [0, 0, 2, 2, 1], 3, [1, 1, 1, 1, 0]);
        NormalisedFeatures scale = new(rows);
        float[] p = Predict(new Prototypes(scale).Fit(rows), new Samples(["x"], [1, 5.9f, 6.1f, 30], new float[4], 3));
        p[..4].ShouldBe([1, 0.6f, 0.4f, 0], 0.35);
        p[4..8].ShouldAllBe(one => one == 0);
        (p[1] > 0.5f && p[2] < 0.5f).ShouldBeTrue();
        for (int row = 0; row < 4; row++)
            (p[row] + p[8 + row]).ShouldBe(1, 1e-5);
    }

    [Fact]
    public void Predictions_allocate_nothing()
    {
        Samples few = LeaveOneWorkloadOut.Draw(Unlabelled, Shots, 1);
        IPredictor[] models = [new FineTune(Start).Fit(few), new Prototypes(Start).Fit(few), new Prototypes(new NormalisedFeatures(Unlabelled)).Fit(few)];
        float[] outputs = new float[2 * Test.Count];
        AllocationRounds.ShouldAllocateNothing(() =>
        {
            foreach (IPredictor model in models)
                model.Predict(Test.Features, Test.Count, outputs);
        });
    }

    [Fact]
    public void Leaving_a_workload_out_tells_the_better_method()
    {
        int pretrained = 0;
        Func<Samples, IReadOnlyList<NetworkPredictor>> pretrain = rows =>
        {
            pretrained++;
            rows.Groups.ToArray().Distinct().Count().ShouldBe(5);
            return [new Reptile().Train(rows)];
        };
        double[] losses = LeaveOneWorkloadOut.Losses(
            Old,
            [new("tuned", pretrain, (starts, rows) => new FineTune(starts[0].For(rows)) { Penalty = 10 }), new("scratch", pretrain, (_, _) => Plain)],
            Shots,
            draws: 2,
            seed: 5);
        pretrained.ShouldBe(6);
        losses[0].ShouldBeLessThan(losses[1]);
    }

    [Fact]
    public void Draws_are_without_repetition_and_fixed_by_their_seed()
    {
        ulong[] times = LeaveOneWorkloadOut.Draw(Unlabelled, 100, 4).Times.ToArray();
        times.Distinct().Count().ShouldBe(100);
        LeaveOneWorkloadOut.Draw(Unlabelled, 100, 4).Times.ToArray().ShouldBe(times);
        LeaveOneWorkloadOut.Draw(Unlabelled, 100, 5).Times.ToArray().ShouldNotBe(times);
    }

    [Fact]
    public void What_cannot_work_is_refused_with_advice()
    {
        Samples few = LeaveOneWorkloadOut.Draw(Unlabelled, Shots, 1), none = WorkloadRows.Weighted(few, _ => 0);
        Samples one = few.Select([.. Enumerable.Range(0, Shots).Where(row => few.Labels[row] == 1)]);
        Samples narrow = new(["x"], [1, 2], [0, 1], 2);
        Refused(() => new FineTune(Start).Fit(none), "weight");
        Refused(() => new FineTune(Start).Fit(narrow), "4 features");
        Refused(() => new FineTune(Start) { Penalty = -1 }.Fit(few), "penalty");
        Refused(() => new FineTune(Start) { FrozenLayers = 3 }.Fit(few), "frozen");
        Refused(() => Start.For(narrow), "4 features");
        Refused(() => Start.For(none), "weight");
        Refused(() => new Prototypes(Start).Fit(one), "Label more rows");
        Refused(() => new Prototypes(Start).Fit(WorkloadRows.Of(1, 20, regression: true)), "number");
        Refused(() => new Distilled([Start], Unlabelled).Fit(few), "at least 2");
        Refused(() => new Reptile { StepRows = 20 }.Train(Old), "multiple of 16");
        Refused(() => new Reptile { StepRate = 0 }.Train(Old), "rate");
        Refused(() => new Reptile().Train(none), "weight");
        Refused(() => new Reptile { StepRate = 1e30 }.Train(Old), "diverged");
        Refused(() => LeaveOneWorkloadOut.Losses(few, [], Shots, 1, 1), "at least 2");
        Refused(() => LeaveOneWorkloadOut.Draw(few, Shots + 1, 1), "fewer");

        static void Refused(Action what, string advice) => Should.Throw<TrainingException>(what).Message.ShouldContain(advice);
    }

    private static double Mean(ILearner learner) =>
        Enumerable.Range(0, Draws).Average(draw => WorkloadRows.Accuracy(learner.Fit(LeaveOneWorkloadOut.Draw(Unlabelled, Shots, (ulong)draw)), Test));

    private static float[] Predict(IPredictor model, Samples rows)
    {
        float[] outputs = new float[rows.Count * Math.Max(1, model.Classes)];
        model.Predict(rows.Features, rows.Count, outputs);
        return outputs;
    }

    private static double Loss(float[] probabilities, Samples rows) =>
        Enumerable.Range(0, rows.Count).Average(row => -Math.Log(Math.Max(1e-12, probabilities[((int)rows.Labels[row] * rows.Count) + row])));
}
