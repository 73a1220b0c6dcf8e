using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.Training.Layers;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests.Layers;

public sealed class RecurrentLayerTests
{
    private static readonly Gen<Case> Small = Cases(3, 5, 6);

    private static readonly Gen<Case> Large = Cases(6, 19, 21);

    [Fact]
    public void Both_follow_their_definitions() =>
        Prop.ForAll(Large.ToArbitrary(), c =>
        {
            using LayerBed<float> bed = c.Bed<float>();
            bed.Forward();
            double[] expected = NaiveRecurrent.Outputs(bed, c);
            for (int i = 0; i < expected.Length; i++)
                ((double)bed.Y[i]).ShouldBe(expected[i], 2e-5, $"{c}, output {i}");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Gradients_are_slopes() =>
        Prop.ForAll(Small.ToArbitrary(), c =>
        {
            using LayerBed<double> bed = c.Bed<double>();
            bed.ShouldAgreeWithFiniteDifferences();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Gradients_stop_at_a_carried_state() =>
        Prop.ForAll(Small.ToArbitrary(), c =>
        {
            using LayerBed<double> bed = (c with { Carries = true }).Bed<double>();
            double[] first = [.. bed.X.Select(x => 1 - x)], parameters = [.. bed.Parameters];
            double[] dx = new double[bed.X.Length], gradient = new double[parameters.Length];
            Run();
            bed.Pass.Backward(bed.Parameters, bed.X, bed.Y, [.. bed.Slopes], dx, gradient);
            for (int i = 0; i < gradient.Length; i++)
                gradient[i].ShouldBe(Slope(bed.Parameters, i), 1e-6, $"{c}, parameter {i}");
            for (int i = 0; i < dx.Length; i++)
                dx[i].ShouldBe(Slope(bed.X, i), 1e-6, $"{c}, input {i}");

            // The state comes from a batch with the parameters as they were.
            double Run()
            {
                bed.Pass.Reset([.. Enumerable.Repeat(true, bed.Pass.Rows)]);
                bed.Pass.Forward(parameters, first, bed.Y, training: true);
                bed.Forward();
                return bed.Y.Zip(bed.Slopes, (y, slope) => y * slope).Sum();
            }

            double Slope(double[] values, int i)
            {
                double at = values[i];
                values[i] = at + 1e-5;
                double above = Run();
                values[i] = at - 1e-5;
                double below = Run();
                values[i] = at;
                return (above - below) / 2e-5;
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Two_batches_are_one_of_twice_the_length() =>
        Prop.ForAll(Large.ToArbitrary(), c =>
        {
            using LayerBed<float> whole = (c with { Steps = 2 * c.Steps, Every = true }).Bed<float>();
            using LayerBed<float> half = (c with { Every = true, Carries = true }).Bed<float>();
            whole.Forward();
            for (int part = 0; part < 2; part++)
            {
                half.Pass.Forward(whole.Parameters, whole.X.AsSpan(part * half.X.Length, half.X.Length), half.Y, training: true);
                half.Y.ShouldBe(whole.Y[(part * half.Y.Length)..((part + 1) * half.Y.Length)], c.ToString());
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_row_that_begins_anew_forgets_and_the_others_do_not() =>
        Prop.ForAll(Large.ToArbitrary(), c =>
        {
            using LayerBed<float> bed = (c with { Carries = true }).Bed<float>();
            bed.Forward();
            float[] first = [.. bed.Y];
            bed.Forward();
            float[] second = [.. bed.Y];
            bool[] fresh = [.. Enumerable.Range(0, c.Rows).Select(row => (row + (c.Seed % 7)) % 3 == 0)];
            bed.Pass.Reset([.. Enumerable.Repeat(true, c.Rows)]);
            bed.Forward();
            bed.Pass.Reset(fresh);
            bed.Forward();
            for (int i = 0; i < bed.Y.Length; i++)
                bed.Y[i].ShouldBe(fresh[i % c.Rows] ? first[i] : second[i], $"{c}, output {i}");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Sequences_of_their_own_know_nothing_of_each_other() =>
        Prop.ForAll(Large.ToArbitrary(), c =>
        {
            using LayerBed<float> bed = (c with { Carries = false }).Bed<float>();
            bed.Forward();
            float[] first = [.. bed.Y];
            bed.Forward();
            bed.Y.ShouldBe(first);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_last_step_is_the_end_of_every_step() =>
        Prop.ForAll(Large.ToArbitrary(), c =>
        {
            using LayerBed<float> every = (c with { Every = true }).Bed<float>(), last = (c with { Every = false }).Bed<float>();
            every.Forward();
            last.Pass.Forward(every.Parameters, every.X, last.Y, training: true);
            last.Y.ShouldBe(every.Y[^last.Y.Length..]);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_bits_of_a_row_do_not_depend_on_the_others() =>
        Prop.ForAll(Large.ToArbitrary(), c =>
        {
            using LayerBed<float> bed = c.Bed<float>(), one = (c with { Rows = 16 }).Bed<float>();
            bed.Forward();
            for (int unit = 0; unit < c.Steps * c.Inputs; unit++)
                bed.X.AsSpan((unit * c.Rows) + c.Rows - 16, 16).CopyTo(one.X.AsSpan(unit * 16));
            one.Pass.Forward(bed.Parameters, one.X, one.Y, training: true);
            for (int i = 0; i < one.Y.Length; i++)
                one.Y[i].ShouldBe(bed.Y[(i / 16 * c.Rows) + c.Rows - 16 + (i % 16)], $"{c}, output {i}");
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_step_allocates_nothing(bool every)
    {
        Allocations.ShouldBeNoneOfSteps(new LstmLayer(9) { EveryStep = every }, new(4, 5));
        Allocations.ShouldBeNoneOfSteps(new GruLayer(9) { EveryStep = every, CarriesState = true }, new(4, 5));
    }

    [Fact]
    public void A_layer_without_units_is_refused()
    {
        Should.Throw<TrainingException>(() => new LstmLayer(0).Output(new(3, 2))).Message.ShouldContain("LSTM");
        Should.Throw<TrainingException>(() => new GruLayer(-1).Output(new(3, 2))).Message.ShouldContain("GRU");
    }

    [Fact]
    public void First_weights_are_small_and_the_forget_gate_is_open()
    {
        using LayerBed<float> bed = new(new LstmLayer(16), new(1, 4), 16, 1);
        bed.Pass.Initialise(bed.Parameters, new Randomness(1));
        float[] weights = bed.Parameters[..(4 * 16 * 20)], biases = bed.Parameters[(4 * 16 * 20)..];
        weights.ShouldAllBe(w => MathF.Abs(w) <= 0.25f);
        weights.Select(w => w * w).Average().ShouldBe(1 / 48f, 0.002f);
        biases.Select((b, i) => b == (i is >= 16 and < 32 ? 1f : 0f)).ShouldAllBe(right => right);
    }

    private static Gen<Case> Cases(int steps, int inputs, int units) =>
        from lstm in Gen.Elements(false, true)
        from every in Gen.Elements(false, true)
        from s in Gen.Choose(1, steps)
        from i in Gen.Choose(1, inputs)
        from u in Gen.Choose(1, units)
        from rows in Gen.Choose(1, 3)
        from seed in Gen.Choose(0, int.MaxValue)
        select new Case(lstm, every, false, s, i, u, 16 * rows, seed);

    internal sealed record Case(bool Lstm, bool Every, bool Carries, int Steps, int Inputs, int Units, int Rows, int Seed)
    {
        internal Layer Layer => Lstm
            ? new LstmLayer(Units) { EveryStep = Every, CarriesState = Carries }
            : new GruLayer(Units) { EveryStep = Every, CarriesState = Carries };

        internal LayerBed<T> Bed<T>()
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => new(Layer, new(Steps, Inputs), Rows, Seed);
    }
}
