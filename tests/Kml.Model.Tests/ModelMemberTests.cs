using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model.Lowering;
using Shouldly;
using Xunit;

namespace Kml.Model.Tests;

/// <summary>
/// Every member of a model is in its text, and in its fingerprint unless it is one of those that cost no training. A member that is new and was forgotten
/// in <see cref="ModelText"/> fails here: old weights would be taken for it.
/// </summary>
public class ModelMemberTests
{
    // What is not learned from (docs/architecture.md).
    private static readonly string[] Free = [nameof(ModelSpec.Name), nameof(ModelSpec.Verdict), nameof(ModelSpec.Policy), nameof(ModelSpec.Ring)];

    // What no network depends on, beside the bodies of methods and the events of the label.
    private static readonly string[] Around =
    [
        nameof(ModelSpec.Name), nameof(ModelSpec.Observes), nameof(ModelSpec.State), nameof(ModelSpec.Updates), nameof(ModelSpec.Ring),
        nameof(ModelSpec.Functions),
    ];

    // The user's names, which the fingerprint has by position: FingerprintTests renames all of them.
    private static readonly (Type, string)[] Names =
    [
        (typeof(Method), nameof(Method.Name)),
        (typeof(Parameter), nameof(Parameter.Name)),
        (typeof(FieldSpec), nameof(FieldSpec.Name)),
        (typeof(Let), nameof(Let.Name)),
        (typeof(Declare), nameof(Declare.Name)),
        (typeof(Refer), nameof(Refer.Name)),
        (typeof(StructData), nameof(StructData.Name)),
        (typeof(VariablePlace), nameof(VariablePlace.Name)),
        (typeof(MemberPlace), nameof(MemberPlace.Field)),
        (typeof(TablePlace), nameof(TablePlace.Name)),
        (typeof(Call), nameof(Call.Name)),
        (typeof(PullLever), nameof(PullLever.Event)),
    ];

    // What calls a function that is not there has no fingerprint.
    private const string WithoutFunction = nameof(ModelSpec.Functions) + "[^1] taken out";

    private static readonly ModelVariant[] All = [.. ModelVariants.Of(Models.Sample())];

    [Fact]
    public void The_sample_has_a_value_of_every_kind()
    {
        All.Select(v => v.Path.Split('.', '[')[0]).Distinct().ShouldBe(typeof(ModelSpec).GetConstructors().Single().GetParameters().Select(p => p.Name!));

        object[] values = [.. ModelVariants.Within(Models.Sample())];
        Type[] bases = [typeof(Statement), typeof(Expression), typeof(Place), typeof(Argument), typeof(DataType)];
        IEnumerable<Type> kinds = typeof(ModelSpec).Assembly.GetTypes().Where(t => bases.Any(t.IsSubclassOf));
        kinds.Except(values.Select(v => v.GetType())).ShouldBeEmpty();
        Enum.GetValues<Fault>().Except(values.OfType<Fault>()).ShouldBeEmpty();
        Enum.GetValues<ParameterKind>().Except(values.OfType<ParameterKind>()).ShouldBeEmpty();
    }

    [Fact]
    public void A_changed_member_changes_the_text_and_comes_back_from_it()
    {
        string text = ModelText.Write(Models.Sample());
        foreach (ModelVariant variant in All)
        {
            string changed = ModelText.Write(variant.Model);
            changed.ShouldNotBe(text, variant.Path);
            if (variant.IsReadable)
                ModelText.ReadParts(changed).ShouldBe(variant.Model, variant.Path);
        }
    }

    /// <summary>A member that was forgotten in <see cref="ProgramShape.Of"/> would be declared, and computed by no engine.</summary>
    [Fact]
    public void A_changed_member_of_the_network_changes_its_shape()
    {
        ProgramShape shape = ProgramShape.Of(Models.Sample());
        foreach (ModelVariant variant in All.Where(v => !IsAround(v)))
            ProgramShape.Of(variant.Model).ShouldNotBe(shape, variant.Path);
    }

    [Fact]
    public void A_changed_member_that_is_learned_from_changes_the_fingerprint()
    {
        string fingerprint = ModelText.Fingerprint(Models.Sample());
        foreach (ModelVariant variant in All.Where(v => !Names.Contains((v.Owners[^1], v.Member)) && v.Path != WithoutFunction))
        {
            bool isFree = Free.Contains(variant.Path.Split('.', '[')[0]);
            (ModelText.Fingerprint(variant.Model) == fingerprint).ShouldBe(isFree, variant.Path);
        }
    }

    private static bool IsAround(ModelVariant variant) =>
        Around.Contains(variant.Path.Split('.', '[')[0]) || variant.Owners.Contains(typeof(Method)) || variant.Path is "Label.From" or "Label.To";
}
