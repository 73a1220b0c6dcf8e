using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests;

/// <summary>The judge of allocations: the noise of the runtime does not fail a test, and what allocates does.</summary>
public sealed class AllocationRoundsTests
{
    [Fact]
    public void An_object_a_round_is_found() =>
        Should.Throw<InvalidOperationException>(() => new AllocationRounds(patience: TimeSpan.Zero).Run(() => _ = new string('x', 3)))
            .Message.ShouldBe("Of 100 rounds no 3 in a row allocated at most 0 bytes; the least was 32.");

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void An_object_in_every_so_many_rounds_is_found(int every) =>
        Should.Throw<InvalidOperationException>(() => Rounds(round => round % every == 0 ? 24 : 0));

    [Theory]
    [InlineData(1)]
    [InlineData(90)]
    public void What_ends_is_the_runtimes_own(int noisy) => Rounds(round => round <= noisy ? 24 : 0).ShouldBe(noisy + AllocationRounds.CleanInARow);

    [Fact]
    public void What_comes_now_and_then_is_the_runtimes_own() => Rounds(round => round is 1 or 2 or 4 or 7 ? 32 : 0).ShouldBe(10);

    [Fact]
    public void Noise_may_outlast_any_number_of_rounds_while_there_is_time() => Rounds(round => round <= 105 ? 24 : 0, patience: Hang.Limit).ShouldBe(108);

    [Fact]
    public void A_round_may_take_what_it_is_allowed()
    {
        Rounds(_ => 24, allowed: 24).ShouldBe(AllocationRounds.CleanInARow);
        Should.Throw<InvalidOperationException>(() => Rounds(_ => 24, allowed: 23));
    }

    /// <summary>A count of one's own is one that fails on a busy host.</summary>
    [Fact]
    public void No_test_counts_allocations_by_itself() => SourcesWith("AllocatedBytes", "GetTotalMemory")
        .ShouldBe(["AllocationRounds.cs", "CountingLoss.cs", "AllocationRoundsTests.cs"], ignoreOrder: true);

    /// <summary>
    /// Time that is slept is a guess at how fast the host is, and a limit of one's own another. Where collecting ends, a producer only keeps from filling the
    /// disk; a body that asks for the time is refused. A program that is no test says how fast it is.
    /// </summary>
    [Fact]
    public void No_test_sleeps_or_has_a_limit_of_its_own() =>
        SourcesWith("Thread.Sleep", "Task.Delay", "Stopwatch", "CancelAfter", "TimeSpan.FromSeconds", "TimeSpan.FromMinutes", "TickCount64")
            .ShouldBe(["AllocationRounds.cs", "Hang.cs", "AllocationRoundsTests.cs", "CallTests.cs", "CollectEndsTests.cs"], ignoreOrder: true);

    /// <summary>How many rounds are run of code that allocates so many bytes in each.</summary>
    private static int Rounds(Func<int, int> bytes, long allowed = 0, TimeSpan patience = default)
    {
        int round = 0;
        long counted = 0;
        new AllocationRounds(() => counted, allowed, patience).Run(() => counted += bytes(++round));
        return round;
    }

    private static IEnumerable<string> SourcesWith(params string[] words) =>
        Directory.EnumerateDirectories(Path.GetDirectoryName(Folder())!, "Kml.*")
            .Where(project => !project.EndsWith(".Benchmarks", StringComparison.Ordinal) && !project.EndsWith(".Programs", StringComparison.Ordinal))
            .SelectMany(project => Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && words.Any(File.ReadAllText(file).Contains))
            .Select(file => Path.GetFileName(file));

    private static string Folder([CallerFilePath] string source = "") => Path.GetDirectoryName(source)!;
}
