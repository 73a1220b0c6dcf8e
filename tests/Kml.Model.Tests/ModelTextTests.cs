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
    public void Text_of_another_version_is_refused_with_the_remedy() =>
        Should.Throw<FormatException>(() => ModelText.Read(Text.Replace("(kml-model 2", "(kml-model 3", StringComparison.Ordinal)))
            .Message.ShouldContain("Rebuild with one version");

    [Fact]
    public void A_part_that_is_not_known_is_refused_and_not_skipped() =>
        Should.Throw<FormatException>(() => ModelText.Read(Text.Replace("(ring ", "(another 2) (ring ", StringComparison.Ordinal)))
            .Message.ShouldContain("'another'");

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
