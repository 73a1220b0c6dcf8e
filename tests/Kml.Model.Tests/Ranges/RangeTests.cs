using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Kml.Inference.Bodies;
using Kml.Model.Lowering.Ranges;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.Model.Tests.Ranges;

/// <summary>What is known of values and of loops is true: whatever a body does, no value is outside its range, and no loop takes a turn more.</summary>
public sealed class RangeTests
{
    private const int InputsABody = 6;

    // Turns of a loop whose bound was wrong: it may not end at all.
    private const int Many = 1000;

    // A loop with more turns takes long, and shows no more.
    private const int MostTurns = 600;

    [Fact]
    public void Random_loops_keep_their_bounds()
    {
        int proven = 0, drawn = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1500), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            RandomLoops loops = new(seed);
            ModelSpec model = Model([loops.Update()], []);
            List<int> unproven = [];
            Method method = LoopBounds.Prove(model.Updates[0], new(model.Functions), unproven);
            drawn++;
            if (unproven.Count > 0)
                return;
            proven++;
            if (Operands.All(method.Body).OfType<Loop>().Any(l => l.Bound > MostTurns))
                return;
            (Method caller, Method function) = RandomLoops.Apart(method);
            ModelSpec called = Model([caller], [function]);
            (Method asserted, _) = RangeAssertions.Add(method, new(model.Functions));
            (Method assertedCaller, _) = RangeAssertions.Add(caller, new(called.Functions));
            for (int i = 0; i < InputsABody; i++)
            {
                BodyInput input = BodyMemory.Input(method, model, loops.Bits);
                BodyInterpreter.Run(model, method, input).Faulted.ShouldBeFalse($"{seed}: a turn more in {Text(model, method)}");
                BodyInterpreter.Run(model, asserted, input).Faulted.ShouldBeFalse($"{seed}: a value in {Text(model, asserted)}");
                BodyInterpreter.Run(called, assertedCaller, input).Faulted.ShouldBeFalse($"{seed}: a result in {Text(called, assertedCaller)}");
            }
        }));

        // Loops that nothing is known of would test nothing.
        (10 * proven).ShouldBeGreaterThan(drawn, $"{proven} of {drawn}");
    }

    [Fact]
    public void Random_bodies_keep_their_bounds_and_their_ranges()
    {
        int tests = 0, runs = 0, ended = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            RandomBodies bodies = new(seed);
            ModelSpec model = Model([bodies.Update()], bodies.Functions);
            ModelSpec unbounded = model with
            {
                Functions = model.Functions.Select(Unbounded).ToEquatableArray(),
                Updates = model.Updates.Select(Unbounded).ToEquatableArray(),
            };
            ModelFunctions functions = new(model.Functions);
            Method Asserted(Method method)
            {
                (Method asserted, int added) = RangeAssertions.Add(method, functions);
                tests += added;
                return asserted;
            }

            ModelSpec asserted = model with
            {
                Functions = model.Functions.Select(Asserted).ToEquatableArray(),
                Updates = model.Updates.Select(Asserted).ToEquatableArray(),
            };
            for (int i = 0; i < InputsABody; i++)
            {
                BodyInput input = BodyMemory.Input(model.Updates[0], model, bodies.Bits);
                BodyOutcome outcome = BodyInterpreter.Run(model, model.Updates[0], input);
                Same(outcome, BodyInterpreter.Run(unbounded, unbounded.Updates[0], input), $"{seed}: a turn more");
                Same(outcome, BodyInterpreter.Run(asserted, asserted.Updates[0], input), $"{seed}: a value");
                runs++;
                ended += outcome.Faulted ? 0 : 1;
            }
        }));
        tests.ShouldBeGreaterThan(500);
        (3 * ended).ShouldBeGreaterThan(runs, $"{ended} of {runs} ran to their ends");
    }

    private static string Text(ModelSpec model, Method update) => ModelText.Write(model with { Updates = EquatableArray.Of(update) });

    private static void Same(BodyOutcome outcome, BodyOutcome other, string what)
    {
        other.Faulted.ShouldBe(outcome.Faulted, what);
        other.Memory["q"].ShouldBe(outcome.Memory["q"], what);
    }

    /// <summary>A method whose proven loops have turns beyond their bounds.</summary>
    private static Method Unbounded(Method method) => method with { Body = Unbounded(method.Body) };

    private static Block Unbounded(Block block) => new(block.Statements.Select(s => s switch
    {
        Block inner => Unbounded(inner),
        If branch => new If(branch.Test, Unbounded(branch.WhenTrue), Unbounded(branch.WhenFalse)),
        Switch choice => choice with { Sections = choice.Sections.Select(c => c with { Body = Unbounded(c.Body) }).ToEquatableArray() },
        Loop loop => loop with { Body = Unbounded(loop.Body), Step = Unbounded(loop.Step), Bound = loop.IsStated ? loop.Bound : Many },
        _ => s,
    }).ToEquatableArray());

    private static ModelSpec Model(IEnumerable<Method> updates, IEnumerable<Method> functions) => SampleModels.Minimal() with
    {
        State = new(StateScope.PerDevice, BodyState.Fields),
        Updates = updates.ToEquatableArray(),
        Functions = functions.ToEquatableArray(),
    };
}
