using System;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Kml.Model.Tests;

public sealed class ModelTextTests
{
    private static readonly string Text = ModelText.Write(Models.Sample());

    [Fact]
    public void A_model_comes_back_from_its_text() => ModelText.Read(Text).ShouldBe(Models.Sample());

    [Fact]
    public void Equal_models_have_equal_text_and_hashes()
    {
        ModelText.Write(Models.Sample()).ShouldBe(Text);
        Models.Sample().GetHashCode().ShouldBe(Models.Sample().GetHashCode());
    }

    [Fact]
    public void What_is_not_learned_leaves_the_fingerprint_alone()
    {
        ModelSpec model = Models.Sample();
        string fingerprint = ModelText.Fingerprint(model);
        ModelText.Fingerprint(model with { Policy = null }).ShouldBe(fingerprint);
        ModelText.Fingerprint(model with { Verdict = null }).ShouldBe(fingerprint);
        ModelText.Fingerprint(model with { Name = "other" }).ShouldBe(fingerprint);
        ModelText.Fingerprint(model with { Ring = new RingSpec(64, RingWhenFull.Drop) }).ShouldBe(fingerprint);
    }

    [Fact]
    public void What_is_learned_changes_the_fingerprint()
    {
        ModelSpec model = Models.Sample();
        string fingerprint = ModelText.Fingerprint(model);
        ModelText.Fingerprint(model with { Updates = default }).ShouldNotBe(fingerprint);
        ModelText.Fingerprint(model with { State = null }).ShouldNotBe(fingerprint);
        ModelText.Fingerprint(model with { Layers = EquatableArray.Of(new LayerSpec(1, LayerActivation.Identity)) }).ShouldNotBe(fingerprint);
        ModelText.Fingerprint(model with { Features = model.Features with { Type = ScalarType.Q16 } }).ShouldNotBe(fingerprint);
        ModelText.Fingerprint(model with { Label = model.Label with { To = EventKind.BlockComplete } }).ShouldNotBe(fingerprint);
    }

    [Fact]
    public void Text_of_another_version_is_refused_with_the_remedy() =>
        Should.Throw<FormatException>(() => ModelText.Read(Text.Replace("(kml-model 1", "(kml-model 2", StringComparison.Ordinal)))
            .Message.ShouldContain("Rebuild with one version");

    [Fact]
    public void Deep_nesting_is_refused_and_does_not_exhaust_the_stack() =>
        Should.Throw<FormatException>(() => ModelText.Read(new string('(', 1_000_000)));

    [Fact]
    public void Damaged_text_is_refused_or_read_but_never_breaks_the_reader() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(
            Gen.Choose(0, Text.Length - 1).Zip(Gen.Choose(32, 126)).ToArbitrary(),
            damage =>
            {
                char[] damaged = Text.ToCharArray();
                damaged[damage.Item1] = (char)damage.Item2;
                ReadsOrRefuses(new string(damaged));
                ReadsOrRefuses(Text[..damage.Item1]);
            }));

    private static void ReadsOrRefuses(string text)
    {
        try
        {
            ModelText.Read(text);
        }
        catch (FormatException)
        {
            // The one exception that a reader of text may throw.
        }
    }
}
