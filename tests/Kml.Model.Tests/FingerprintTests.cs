using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.Model.Tests;

/// <summary>What keeps weights, and what costs them: names of the user's are free, anything else that is learned from is not.</summary>
public sealed partial class FingerprintTests
{
    private static readonly string[] Named =
        ["let", "declare", "method", "event", "state", "features", "scalar", "reference", "struct", "field", "table", "kml-model"];

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(300);

    /// <summary>Of a member that is there, each value counts (<see cref="ModelMemberTests"/>); a method or a state may also not be there at all.</summary>
    [Fact]
    public void A_model_without_a_part_that_it_may_lack_is_another_only_if_it_is_learned_from()
    {
        ModelSpec model = Models.Sample();
        string fingerprint = ModelText.Fingerprint(model);
        ModelText.Fingerprint(model with { Policy = null }).ShouldBe(fingerprint);
        ModelText.Fingerprint(model with { Verdict = null }).ShouldBe(fingerprint);
        ModelText.Fingerprint(model with { Updates = default }).ShouldNotBe(fingerprint);
        ModelText.Fingerprint(model with { State = null }).ShouldNotBe(fingerprint);
    }

    [Fact]
    public void Any_renaming_of_methods_parameters_locals_and_state_keeps_the_fingerprint() =>
        Check.One(Many, Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            ModelSpec model = Random(seed);
            string text = ModelText.Write(model);
            string[] names = Names(model);
            string[] others = [.. names.Select(n => n + "_other"), .. names];
            new Random(seed).Shuffle(others);
            Dictionary<string, string> map = names.Zip(others).ToDictionary();

            ModelSpec renamed = ModelText.Read(Word().Replace(text, w => map.GetValueOrDefault(w.Value, w.Value)));

            renamed.ShouldNotBe(model);
            ModelText.Fingerprint(renamed).ShouldBe(ModelText.Fingerprint(model));
            ModelText.RecordDifference(renamed, model).ShouldBeNull();
        }));

    [Fact]
    public void Records_differ_by_events_state_and_updates_alone()
    {
        ModelSpec model = Models.Sample();
        ModelText.RecordDifference(model with { Label = model.Label with { To = EventKind.BlockComplete } }, model).ShouldBe("events");
        StateSpec reversed = model.State! with { Fields = model.State.Fields.Reverse().ToEquatableArray() };
        ModelText.RecordDifference(model with { State = reversed }, model).ShouldBe("state");
        ModelText.RecordDifference(model with { Updates = model.Updates.Skip(1).ToEquatableArray() }, model).ShouldBe("updates of the state");
        ModelText.RecordDifference(model with { Observes = EquatableArray.Of(EventKind.BioQueue) }, model).ShouldBe("updates of the state");

        ModelSpec other = model with { Name = "other", Layers = default, Verdict = null, Policy = null, Ring = new RingSpec(64, RingWhenFull.Drop) };
        other = other with { Features = new FeaturesSpec(1, ScalarType.Q16, model.Features.Method), Label = model.Label with { Type = ScalarType.I32 } };
        ModelText.RecordDifference(other, model).ShouldBeNull();
    }

    [Fact]
    public void A_function_is_learned_from_if_something_that_is_calls_it()
    {
        ModelSpec model = Models.Sample();
        Constant half = new(ScalarType.F32, 0x3f000000), one = new(ScalarType.F32, 0x3f800000);
        ModelSpec With(Expression value) => model with
        {
            Functions = model.Functions.Append(new Method("Limit", default, new(EquatableArray.Of<Statement>(new Return(value))), ScalarType.F32))
                .ToEquatableArray(),
        };
        ModelText.Fingerprint(With(half)).ShouldBe(ModelText.Fingerprint(model));
        ModelText.RecordDifference(With(half), model).ShouldBeNull();

        Call call = new(ScalarType.F32, "Limit", default);
        Method labelled = model.Label.Method with { Body = new(EquatableArray.Of<Statement>(new Return(call))) };
        ModelSpec WithLabel(Expression value) => With(value) with { Label = model.Label with { Method = labelled } };
        ModelText.Fingerprint(WithLabel(half)).ShouldNotBe(ModelText.Fingerprint(WithLabel(one)));
        ModelText.RecordDifference(WithLabel(half), WithLabel(one)).ShouldBeNull();

        Method update = model.Updates[0] with { Body = new(EquatableArray.Of<Statement>(new Evaluate(call))) };
        ModelSpec WithUpdate(Expression value) => With(value) with { Updates = model.Updates.Append(update).ToEquatableArray() };
        ModelText.RecordDifference(WithUpdate(half), WithUpdate(one)).ShouldBe("updates of the state");
    }

    [Fact]
    public void Locals_of_two_blocks_may_share_a_name_or_not()
    {
        string alike = ModelText.Fingerprint(TwoBlocks("a", "a"));
        ModelText.Fingerprint(TwoBlocks("a", "b")).ShouldBe(alike);
        ModelText.Fingerprint(TwoBlocks("b", "a")).ShouldBe(alike);
    }

    // A word for another that can stand in its place: an operator, a constant, a type, a variable, a field, an index.
    [Fact]
    public void Any_other_word_in_what_is_learned_changes_the_fingerprint() =>
        Check.One(Many, Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            ModelSpec model = Random(seed);
            string text = ModelText.Write(model);
            List<(Match Word, string Role)> words = Learned(text);
            Random random = new(seed);
            (Match word, string role) = words[random.Next(words.Count)];
            string[] others = [.. words.Where(w => w.Role == role && w.Word.Value != word.Value).Select(w => w.Word.Value).Distinct()];
            if (others.Length == 0)
                return;

            string edited = text.Remove(word.Index, word.Length).Insert(word.Index, others[random.Next(others.Length)]);

            // Also of a text that is refused when it is read whole.
            ModelText.Fingerprint(ModelText.ReadParts(edited)).ShouldNotBe(ModelText.Fingerprint(model), edited);
        }));

    [Fact]
    public void Any_statement_less_changes_the_fingerprint() =>
        Check.One(Many, Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            ModelSpec model = Random(seed);
            foreach ((Method update, int at) in model.Updates.Select((u, i) => (u, i)))
            {
                for (int i = 0; i < update.Body.Statements.Count; i++)
                {
                    Block shorter = new(update.Body.Statements.Where((_, j) => j != i).ToEquatableArray());
                    EquatableArray<Method> updates = model.Updates.Select((u, j) => j == at ? u with { Body = shorter } : u).ToEquatableArray();
                    ModelText.Fingerprint(model with { Updates = updates }).ShouldNotBe(ModelText.Fingerprint(model));
                }
            }
        }));

    [Fact]
    public void Two_fields_of_the_state_that_change_places_change_the_fingerprint()
    {
        ModelSpec model = Models.Sample();
        StateSpec state = new(StateScope.PerDevice, EquatableArray.Of(new FieldSpec("A", ScalarType.U64), new FieldSpec("LastNs", ScalarType.U64)));
        StateSpec swapped = state with { Fields = state.Fields.Reverse().ToEquatableArray() };
        ModelText.Fingerprint(model with { State = swapped }).ShouldNotBe(ModelText.Fingerprint(model with { State = state }));
    }

    [GeneratedRegex(@"[^\s()]+")]
    private static partial Regex Word();

    /// <summary>A model whose label has a local in each of two blocks.</summary>
    private static ModelSpec TwoBlocks(string first, string second)
    {
        ModelSpec model = Models.Sample();
        Method label = model.Label.Method;
        static Block Of(string name, ulong value) => new(EquatableArray.Of<Statement>(new Let(name, new Constant(ScalarType.I32, value))));
        If branches = new(new Constant(ScalarType.Bool, 1), Of(first, 1), Of(second, 2));
        return model with { Label = model.Label with { Method = label with { Body = new(label.Body.Statements.Prepend(branches).ToEquatableArray()) } } };
    }

    private static ModelSpec Random(int seed)
    {
        RandomBodies bodies = new(seed);
        List<Method> functions = [];
        ModelSpec model = Models.Sample();
        Method first = Made(bodies.Update()), second = Made(bodies.Update());
        Method features = Made(bodies.Features(ScalarType.F32, 3)), label = Made(bodies.Label(ScalarType.F32));
        return model with
        {
            State = new StateSpec(StateScope.PerDevice, BodyState.Fields),
            Functions = new ModelFunctions(functions).CalledBy([first, second, features, label]).ToEquatableArray(),
            Updates = EquatableArray.Of(first, second),
            Features = new FeaturesSpec(3, ScalarType.F32, features),
            Label = model.Label with { To = EventKind.BlockComplete, Method = label },
        };

        // With the functions that can be called from it, which are others each time.
        Method Made(Method method)
        {
            functions.AddRange(bodies.Functions);
            return method;
        }
    }

    private static string[] Names(ModelSpec model) =>
    [
        .. model.Functions.Concat(model.Updates).Append(model.Features.Method).Append(model.Label.Method)
            .SelectMany(m => m.Parameters.Select(p => p.Name).Append(m.Name))
            .Concat(Regex.Matches(ModelText.Write(model), @"\((?:let|declare|struct|field|table) (\S+)").Select(m => m.Groups[1].Value))
            .Distinct(),
    ];

    /// <summary>
    /// The words of the learned part with the role of each: the head of its list and its place there. Heads and the names of declarations are left out.
    /// </summary>
    private static List<(Match Word, string Role)> Learned(string text)
    {
        List<(Match, string)> words = [];
        Stack<(string? Head, int Count)> lists = [];
        foreach (Match token in Regex.Matches(text, @"[^\s()]+|[()]"))
        {
            if (token.Value == ")")
            {
                lists.Pop();
                continue;
            }

            (string? Head, int Count) list = lists.Count == 0 ? default : lists.Pop();
            lists.Push((list.Head ?? token.Value, list.Count + 1));
            if (token.Value == "(")
                lists.Push(default);
            else if (list is { Head: { } head, Count: > 0 and var place } && !IsName(head, place) && lists.All(l => IsLearned(l.Head)))
                words.Add((token, $"{head} {place}"));
        }

        return words;
    }

    private static bool IsLearned(string? head) => head is not ("verdict" or "policy" or "ring" or "name");

    // And the number of the text's version.
    private static bool IsName(string head, int place) => place == 1 && Named.Contains(head);
}
