using System;
using System.Collections.Generic;
using FsCheck;
using FsCheck.Fluent;
using Kml.TestSupport;
using Kml.Training.Layers;
using Kml.Training.Losses;
using Kml.Training.Networks;
using Kml.Training.Optimisation;
using Kml.Training.Sequences;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Sequences;

public sealed class TruncatedPassTests
{
    [Fact]
    public void Windows_with_carried_state_are_whole_sequences() =>
        Prop.ForAll(SequenceData.Cases.ToArbitrary(), c =>
        {
            LaneWindows<double> windows = new(c.Samples, c.Steps);
            using TruncatedPass<double> pass = new(Form(c.Steps, 2, carries: true), new SquaredLoss(), c.Steps, c.Lanes, 1);
            double[] parameters = new double[pass.ParameterLength];
            pass.Initialise(parameters, new Randomness((ulong)c.Seed));
            LaneSchedule schedule = LaneSchedule.Of(windows, c.Lanes);
            schedule.Begin(new Randomness(3));
            BatchLoss loss = pass.Loss(windows, schedule, parameters);

            double sum = 0, weight = 0;
            foreach (int[] rows in SequenceData.InOrder(c.Samples))
                sum += LossOf(c.Samples, rows, parameters, ref weight);
            loss.Weight.ShouldBe(weight, 1e-9);
            loss.Sum.ShouldBe(sum, 1e-9 * sum);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_a_sequence_began_with_is_remembered_beyond_a_window()
    {
        Samples samples = FirstNumbers(256, 12);
        LossAfterTraining(samples, carries: true).ShouldBeLessThan(0.05);

        // Without state, 8 of 12 rows can only guess: 1 times 8 / 12.
        LossAfterTraining(samples, carries: false).ShouldBeInRange(0.5, 0.9);
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        LaneWindows<float> windows = new(FirstNumbers(200, 9), 4);
        Trained(1).ShouldBe(Trained(2));

        float[] Trained(int threads)
        {
            using TruncatedPass<float> pass = new(Form(4, 2, carries: true), new SquaredLoss(), 4, 96, threads);
            float[] parameters = GC.AllocateArray<float>(pass.ParameterLength, pinned: true);
            pass.Initialise(parameters, new Randomness(1));
            Epochs(pass, windows, parameters, 3);
            return parameters;
        }
    }

    [Fact]
    public void An_epoch_allocates_nothing()
    {
        LaneWindows<float> windows = new(FirstNumbers(100, 9), 4);
        using TruncatedPass<float> pass = new(Form(4, 2, carries: true), new SquaredLoss(), 4, 48, 1);
        float[] parameters = new float[pass.ParameterLength];
        pass.Initialise(parameters, new Randomness(1));
        LaneSchedule schedule = LaneSchedule.Of(windows, 48);
        OptimiserState<float> state = new Adam().Start<float>(parameters.Length);
        Randomness random = new(1);
        AllocationRounds.ShouldAllocateNothing(() =>
        {
            schedule.Begin(random);
            pass.Train(windows, schedule, parameters, state, 0.001, 1);
        });
    }

    [Fact]
    public void Steps_that_do_not_fit_are_refused()
    {
        Should.Throw<TrainingException>(() => new TruncatedPass<float>(Form(4, 2, carries: true), new SquaredLoss(), 5, 16, 1))
            .Message.ShouldContain("declare its input with 5");
        NetworkForm last = new(new LayerShape(4, 2), new([new LstmLayer(3) { CarriesState = true }, new DenseLayer(1)]));
        Should.Throw<TrainingException>(() => new TruncatedPass<float>(last, new SquaredLoss(), 4, 16, 1)).Message.ShouldContain("every step");
    }

    private static NetworkForm Form(int steps, int features, bool carries) =>
        new(new LayerShape(steps, features), new([new LstmLayer(6) { EveryStep = true, CarriesState = carries }, new DenseLayer(1)]));

    /// <summary>Loss of an entity run as one long sequence.</summary>
    private static double LossOf(Samples samples, int[] rows, double[] parameters, ref double weight)
    {
        using Network<double> network = new(Form(rows.Length, 2, carries: false), new SquaredLoss(), 16);
        for (int step = 0; step < rows.Length; step++)
        {
            for (int f = 0; f < 2; f++)
                network.Input[step, f][5] = samples.Column(f)[rows[step]];
            network.Targets[(step * 16) + 5] = samples.Labels[rows[step]];
            network.Weights[(step * 16) + 5] = samples.Weights[rows[step]];
            weight += samples.Weights[rows[step]];
        }

        return network.Forward(parameters, 1, training: false);
    }

    /// <summary>Sequences whose first row holds -1 or 1, later ones 0; each row's label is that number.</summary>
    private static Samples FirstNumbers(int entities, int length)
    {
        Random random = new(5);
        List<float> shown = [], first = [], labels = [];
        List<int> groups = [];
        for (int entity = 0; entity < entities; entity++)
        {
            float number = random.Next(2) == 0 ? -1 : 1;
            for (int step = 0; step < length; step++)
            {
                shown.Add(step == 0 ? number : 0);
                first.Add(step == 0 ? 1 : 0);
                labels.Add(number);
                groups.Add(entity);
            }
        }

        return new Samples(["number", "first"], [.. shown, .. first], [.. labels], 0, groups: [.. groups]);
    }

    private static double LossAfterTraining(Samples samples, bool carries)
    {
        LaneWindows<float> windows = new(samples, 4);
        using TruncatedPass<float> pass = new(Form(4, 2, carries), new SquaredLoss(), 4, 32, 1);
        float[] parameters = new float[pass.ParameterLength];
        pass.Initialise(parameters, new Randomness(1));
        return Epochs(pass, windows, parameters, 60);
    }

    private static double Epochs(TruncatedPass<float> pass, LaneWindows<float> windows, float[] parameters, int epochs)
    {
        LaneSchedule schedule = LaneSchedule.Of(windows, pass.Lanes);
        OptimiserState<float> state = new Adam().Start<float>(parameters.Length);
        Randomness random = new(2);
        BatchLoss loss = default;
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            schedule.Begin(random);
            loss = pass.Train(windows, schedule, parameters, state, 0.01, 1);
        }

        return loss.Sum / loss.Weight;
    }
}
