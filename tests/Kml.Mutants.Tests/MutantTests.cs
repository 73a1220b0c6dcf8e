using System.Collections.Generic;
using System.Linq;
using Kml.Mutants.Bodies;
using Kml.Mutants.Headers;
using Shouldly;
using Xunit;

namespace Kml.Mutants.Tests;

/// <summary>Some mutants, each of which must be killed; <c>make test-mutants</c> tries all.</summary>
public class MutantTests
{
    [Fact]
    public void Every_function_of_the_headers_is_reached_by_an_operation() => HeaderTrial.Unreached().ShouldBeEmpty();

    /// <summary>Also where the compiler traps at undefined behaviour.</summary>
    [Fact]
    public void Headers_without_a_change_do_what_dotnet_does()
    {
        using HeaderTrial trial = new();

        HeaderMutant.Unchanged.Zip(trial.Try(HeaderMutant.Unchanged)).Where(m => m.Second is not null).Select(m => m.First.Id).ShouldBeEmpty();
    }

    [Fact]
    public void Some_mutants_of_the_headers_are_killed()
    {
        string[] some =
        [
            "kml_shl_s32: a mask left out", "kml_quotient_s64: < -> >", "kml_div_u64: a check removed", "kml_q16_mul: + -> -",
            "kml_rem_f32: << -> >>", "kml_popcount_u32: a store removed", "kml_ewma_next: casts left out", "kml_add_s32: casts left out",
        ];
        HeaderMutant[] mutants = [.. HeaderMutant.All.Where(m => some.Contains(m.Id))];
        using HeaderTrial trial = new();

        mutants.Length.ShouldBe(some.Length);
        mutants.Zip(trial.Try(mutants)).Where(m => m.Second is null).Select(m => m.First.Id).ShouldBeEmpty();
    }

    [Fact]
    public void Some_mutants_of_bodies_are_killed()
    {
        string[] some =
        [
            "the test of a fault left out", "the check of an index left out", "kml_index left out", "kml_add_s32 -> +", "- of u32 -> +", "&& -> ||",
            "a store before the test of a fault", "break of a switch left out", "the check of a loop's bound left out",
        ];
        BodyMutant[] mutants = [.. BodyMutant.Of(BodySet.Drawn(240)).Where(m => some.Contains(m.Rule))];
        IEnumerable<string?> killed = BodyTrial.Try(mutants, 0, 16, ["-w", .. BodyRun.Trapping]);

        mutants.Length.ShouldBe(some.Length);
        mutants.Zip(killed).Where(m => m.Second is null).Select(m => m.First.Rule).ShouldBeEmpty();
    }
}
