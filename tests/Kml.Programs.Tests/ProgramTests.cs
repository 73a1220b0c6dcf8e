using System.Linq;
using Shouldly;
using Xunit;

namespace Kml.Programs.Tests;

/// <summary>C# methods drawn at random do in C, under every flavour, what they do in .NET: values, features, state, levers and faults.</summary>
public class ProgramTests
{
    private const int Programs = 20_000;

    // `make test-programs` tries more, from 1 on.
    private const int FirstSeed = 1_000_000;

    [Fact]
    public void Drawn_programs_do_in_C_what_they_do_in_dotnet()
    {
        Tally tally = Campaign.Run(FirstSeed, Programs / ProgramSet.Programs);

        tally.Refused.ShouldBeEmpty();
        tally.Differences.DistinctBy(f => f.Program)
            .Select(f => $"{f}; make test-programs COUNT=1 SEED={f.Seed} makes it small")
            .ShouldBeEmpty();
        tally.Programs.ShouldBe(Programs);

        // What faults has no values to compare.
        tally.Ended.ShouldBeGreaterThan(tally.Inputs * 3 / 4);
        tally.Roles.ShouldBe(5);
    }
}
