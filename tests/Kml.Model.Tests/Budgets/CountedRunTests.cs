using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.Inference.Bodies;
using Kml.Model.Lowering.Budgets;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.Model.Tests.Budgets;

/// <summary>No run of a body does more than its budget says.</summary>
public sealed class CountedRunTests
{
    private const int InputsABody = 6;

    [Fact]
    public void Random_bodies_do_no_more_than_their_budgets()
    {
        long most = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            RandomBodies bodies = new(seed);
            Method update = bodies.Update();
            ModelSpec model = SampleModels.Minimal() with
            {
                State = new(StateScope.PerDevice, BodyState.Fields.Append(CountedBodies.Field).ToEquatableArray()),
                Updates = EquatableArray.Of(update),
                Functions = bodies.Functions,
            };
            ModelSpec counting = model with
            {
                Updates = EquatableArray.Of(CountedBodies.Update(update)),
                Functions = model.Functions.Select(CountedBodies.Function).ToEquatableArray(),
            };
            StructLayout state = StructLayout.Of(model.State!.Fields);
            PlacedScalar counter = state.Scalars.Single(s => s.Path == CountedBodies.Field.Name);
            long budget = BodyBudget.Of(model)[0].Operations;
            for (int i = 0; i < InputsABody; i++)
            {
                BodyInput input = BodyMemory.Input(update, model, bodies.Bits);
                ScalarBytes.Write(input.Memory["q"].AsSpan(counter.Offset, sizeof(ulong)), 0);
                BodyOutcome outcome = BodyInterpreter.Run(counting, counting.Updates[0], input);
                long done = (long)BodyMemory.Read(state, outcome.Memory["q"], counter.Path);
                done.ShouldBeLessThanOrEqualTo(budget, $"{seed}: {ModelText.Write(model)}");
                most = long.Max(most, 1000 * done / long.Max(budget, 1));
            }
        }));

        // A budget that no run comes near would bound nothing.
        most.ShouldBeInRange(700, 1000);
    }
}
