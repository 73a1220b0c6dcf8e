using System;
using System.Linq;
using Kml.Training.Online;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests;

public sealed class PairedTestTests
{
    [Fact]
    public void A_paired_test_is_what_its_definition_gives()
    {
        (double Weight, double Running, double Candidate)[] blocks = [(3, 4, 2), (5, 6, 7), (2, 3, 1.5), (4, 4, 3)];
        PairedTest test = default;
        foreach ((double weight, double running, double candidate) in blocks)
            test.Add(weight, running, candidate);
        double total = blocks.Sum(b => b.Weight), gain = blocks.Sum(b => b.Running - b.Candidate) / total;
        test.Running.ShouldBe(17 / 14.0, 1e-12);
        test.Candidate.ShouldBe(13.5 / 14, 1e-12);
        test.Gain.ShouldBe(gain, 1e-12);
        test.StandardError.ShouldBe(Math.Sqrt(blocks.Sum(b => Math.Pow(b.Running - b.Candidate - (gain * b.Weight), 2)) * 4 / 3) / total, 1e-12);
    }
}
