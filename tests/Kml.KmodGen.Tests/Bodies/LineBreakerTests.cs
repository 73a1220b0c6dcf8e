using Kml.KmodGen.Bodies.Tree;
using Shouldly;
using Xunit;

namespace Kml.KmodGen.Tests.Bodies;

/// <summary>Where a line of C that is too long goes on in the next.</summary>
public class LineBreakerTests
{
    [Fact]
    public void What_follows_stands_below_its_own_parenthesis_though_that_was_opened_two_lines_above() =>
        Broken(new CodeLine().Add(Name('a', 30)).Open().Add(Name('b', 50)).Add(",").Break().Add(Name('c', 50)).Add(",").Break().Add(Name('d', 40)).Close())
            .ShouldBe(
        [
            $"{Name('a', 30)}({Name('b', 50)},",
            $"{LineBreaker.Indent(8 + 31)}{Name('c', 50)},",
            $"{LineBreaker.Indent(8 + 31)}{Name('d', 40)})",
        ]);

    [Fact]
    public void A_line_breaks_behind_the_operator_that_binds_loosest() =>
        Broken(new CodeLine().Add(Name('a', 30)).Add(" ?").Break(Binding.Conditional)
            .Add(Name('b', 30)).Add(" :").Break(Binding.Conditional)
            .Add(Name('c', 20)).Add(" -").Break(Binding.Sum).Add(Name('d', 30)))
            .ShouldBe(
        [
            $"{Name('a', 30)} ? {Name('b', 30)} :",
            $"{LineBreaker.Indent(24)}{Name('c', 20)} - {Name('d', 30)}",
        ]);

    [Fact]
    public void What_a_parenthesis_far_to_the_right_holds_stands_below_one_with_room() =>
        Broken(new CodeLine().Add(Name('a', 30)).Open().Add(Name('b', 50)).Open().Add(Name('c', 20)).Add(",").Break().Add(Name('d', 60)).Close().Close())
            .ShouldBe(
        [
            $"{Name('a', 30)}({Name('b', 50)}({Name('c', 20)},",
            $"{LineBreaker.Indent(8 + 31)}{Name('d', 60)}))",
        ]);

    private static string[] Broken(CodeLine line) => [.. LineBreaker.Break(line, depth: 1, less: 0)];

    private static string Name(char letter, int length) => new(letter, length);
}
