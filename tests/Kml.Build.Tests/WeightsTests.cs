using System;

using Kml.Model;

using Shouldly;

using Xunit;

namespace Kml.Build.Tests;

/// <summary>A project that is compiled once; each test gives it other weights.</summary>
public sealed class WeightsTests(WeightsTests.Compiled compiled) : IClassFixture<WeightsTests.Compiled>
{
    private const string File = "weights/wait.safetensors";
    private readonly ModelSpec _model = compiled.Project.Model("wait");
    private readonly WeightsFile _good = TestWeights.For(compiled.Project.Model("wait"));

    [Fact]
    public void Missing_weights_are_worth_a_message()
    {
        System.IO.File.Delete(compiled.Project.Write(File, ""));

        Outcome build = compiled.Project.Build("-p:KmlMaxWeightsBytes=1048575").Succeeded();

        string message = build.Diagnostics("KML2001").ShouldHaveSingleItem();
        message.ShouldContain("message KML2001: Model 'wait' has no weights at '");
        message.ShouldContain("Train, then build again");
        message.ShouldStartWith(System.IO.Path.Combine(compiled.Project.Root, File));
    }

    [Theory]
    [InlineData("weights/wiat.safetensors", "weights")]
    [InlineData("misspelt", "misspelt")]
    public void Weights_that_may_lie_under_another_name_are_worth_a_warning(string other, string folder)
    {
        System.IO.File.Delete(compiled.Project.Write(File, ""));
        if (other != folder)
            compiled.Project.Write(other, "");
        string[] set = other == folder ? [$"-p:KmlWeightsPath={folder}"] : [];
        try
        {
            compiled.Project.Build([.. set, "-p:KmlMaxWeightsBytes=1048574"]).Succeeded().Diagnostics("KML2001").ShouldHaveSingleItem()
                .ShouldContain($"{folder}/wait.safetensors : warning KML2001: Model 'wait' has no weights at '");
            for (int i = 0; i < 2; i++)
            {
                compiled.Project.Build([.. set, "-p:KmlMaxWeightsBytes=1048573", "-p:WarningsAsErrors=KML2001"])
                    .Failed().Errors.ShouldHaveSingleItem().ShouldContain(": error KML2001: ");
            }
        }
        finally
        {
            System.IO.File.Delete(System.IO.Path.Combine(compiled.Project.Root, other));
        }
    }

    [Fact]
    public void Truncated_weights_are_refused()
    {
        byte[] bytes = _good.ToBytes();

        string message = Refused("KML2002", bytes[..(bytes.Length - 40)]);

        message.ShouldContain("is no usable weights file: the tensors take ");
        message.ShouldContain("Train again, or restore the file");
    }

    [Fact]
    public void Weights_of_another_fingerprint_are_refused()
    {
        ModelSpec other = _model with { Layers = EquatableArray.Of(_model.Layers[0] with { Units = 16 }, _model.Layers[1]) };
        string message = Refused("KML2003", TestWeights.For(other).ToBytes());

        message.ShouldContain($"was trained for fingerprint {ModelText.Fingerprint(other)}, but model 'wait' has {ModelText.Fingerprint(_model)}");
        message.ShouldContain("Train again");
    }

    [Fact]
    public void Weights_with_NaN_are_refused() =>
        Refused("KML2004", _good.With(WeightsNames.Weight(0), 9, float.NaN).ToBytes())
            .ShouldContain("tensor 'layer0.weight' holds NaN at index [1, 1]");

    [Fact]
    public void Weights_with_infinity_are_refused() =>
        Refused("KML2004", _good.With(WeightsNames.Bias(1), 0, float.NegativeInfinity).ToBytes())
            .ShouldContain("tensor 'layer1.bias' holds -infinity at index [0]");

    [Fact]
    public void A_golden_vector_that_the_float_network_does_not_give_is_refused()
    {
        int right = _good[WeightsNames.GoldenFloat].ToArray<int>()[2];
        Refused("KML2007", _good.With(WeightsNames.GoldenFloat, 2, right ^ 1).ToBytes())
            .ShouldContain($"golden vector 2 gives the float prediction 0x{right:x8} in this build's reference, not 0x{right ^ 1:x8}");
    }

    [Fact]
    public void A_golden_vector_that_the_integer_twin_does_not_give_is_refused()
    {
        int right = _good[WeightsNames.GoldenInteger].ToArray<int>()[0];
        Refused("KML2007", _good.With(WeightsNames.GoldenInteger, 0, right + 1).ToBytes())
            .ShouldContain($"golden vector 0 gives the integer prediction 0x{right:x8} in this build's reference, not 0x{right + 1:x8}");
    }

    [Fact]
    public void A_golden_vector_whose_event_does_not_give_its_features_is_refused()
    {
        int at = RecordLayout.Of(_model).FromSize + EventKind.BioQueue.Info().Layout.OffsetOf(nameof(BioQueue.Sectors));
        byte right = _good[WeightsNames.GoldenFrom].ToArray<byte>()[at];
        Refused("KML2007", _good.With(WeightsNames.GoldenFrom, at, (byte)(right ^ 1)).ToBytes())
            .ShouldContain("golden vector 1 gives feature 0 as ");
    }

    [Fact]
    public void A_damaged_byte_that_no_computation_reads_is_refused()
    {
        byte[] bytes = _good.ToBytes();
        bytes[^1] ^= 1;
        Refused("KML2002", bytes).ShouldContain("its SHA-256 is ");
    }

    [Fact]
    public void Good_weights_are_accepted()
    {
        compiled.Project.Write(File, _good.ToBytes());
        Outcome build = compiled.Project.Build().Succeeded();
        build.Output.ShouldContain("kml_wait -> ");
        build.Output.ShouldNotContain("KML20");
    }

    private string Refused(string id, byte[] weights)
    {
        string path = compiled.Project.Write(File, weights);
        Outcome build = compiled.Project.Build().Failed();
        string message = build.Diagnostics(id).ShouldHaveSingleItem();
        message.ShouldStartWith($"{path} : error {id}: ");
        return message;
    }

    public sealed class Compiled : IDisposable
    {
        public Compiled() => Project.Build().Succeeded();

        internal TestProject Project { get; } = new("wait");

        public void Dispose() => Project.Dispose();
    }
}
