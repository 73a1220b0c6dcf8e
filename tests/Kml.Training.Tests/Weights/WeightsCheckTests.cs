using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Kml.Model;
using Kml.Model.Lowering;
using Shouldly;
using Xunit;

namespace Kml.Training.Tests;

public sealed class WeightsCheckTests : IDisposable
{
    private static readonly ModelSpec Model =
        TestModels.Spec("checked", 2, ScalarType.F32, 0, new LayerSpec(3, LayerActivation.Relu), new LayerSpec(1, LayerActivation.Identity));

    private readonly string _folder = Directory.CreateTempSubdirectory("kml-check").FullName;

    private string FilePath => Path.Combine(_folder, "checked.safetensors");

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void Weights_that_fit_have_no_finding()
    {
        new WeightsFile(Metadata(), Tensors()).Write(FilePath);
        WeightsCheck.Load(Model, FilePath, out EquatableArray<WeightsFinding> findings).ShouldNotBeNull();
        findings.ShouldBeEmpty();
    }

    [Fact]
    public void Missing_weights_are_informational() =>
        One(BuildRules.NoWeights).ShouldContain("'checked' has no weights");

    [Fact]
    public void A_truncated_file_is_unreadable()
    {
        byte[] bytes = new WeightsFile(Metadata(), Tensors()).ToBytes();
        File.WriteAllBytes(FilePath, bytes[..^5]);
        One(BuildRules.Unreadable).ShouldContain("after its header");
    }

    [Fact]
    public void A_folder_in_its_place_is_unreadable()
    {
        Directory.CreateDirectory(FilePath);
        One(BuildRules.Unreadable).ShouldContain("checked.safetensors");
    }

    [Fact]
    public void Missing_metadata_are_unreadable()
    {
        Dictionary<string, string> metadata = Metadata();
        metadata[WeightsFile.VersionKey] = "0";
        new WeightsFile(metadata, Tensors()).Write(FilePath);
        One(BuildRules.Unreadable).ShouldContain("'kml.weights_version' is '0'");
        metadata.Remove(WeightsFile.FingerprintKey);
        new WeightsFile(metadata, Tensors()).Write(FilePath);
        One(BuildRules.Unreadable).ShouldContain("metadata 'kml.fingerprint' is missing");
    }

    [Fact]
    public void Another_fingerprint_is_named_with_the_expected_one()
    {
        Dictionary<string, string> metadata = Metadata();
        metadata[WeightsFile.FingerprintKey] = new string('0', 64);
        new WeightsFile(metadata, []).Write(FilePath);
        string message = One(BuildRules.Fingerprint);
        message.ShouldContain(new string('0', 64));
        message.ShouldContain(ModelText.Fingerprint(Model));
    }

    [Fact]
    public void A_missing_tensor_is_named()
    {
        new WeightsFile(Metadata(), Tensors().Where(t => t.Name != "layer1.bias")).Write(FilePath);
        One(BuildRules.Unreadable).ShouldContain("tensor 'layer1.bias' is missing");
    }

    [Fact]
    public void A_wrong_shape_or_type_is_named_with_the_right_one()
    {
        new WeightsFile(Metadata(), Replace(WeightsTensor.Of("layer0.weight", new float[6], 3, 2))).Write(FilePath);
        One(BuildRules.Unreadable).ShouldContain("tensor 'layer0.weight' is F32[3, 2], not F32[2, 3]");
        new WeightsFile(Metadata(), Replace(WeightsTensor.Of("norm.mean", new int[2], 2))).Write(FilePath);
        One(BuildRules.Unreadable).ShouldContain("tensor 'norm.mean' is I32[2], not F32[2]");
        new WeightsFile(Metadata(), Replace(WeightsTensor.Of("golden.from", new byte[48], 1, 48))).Write(FilePath);
        One(BuildRules.Unreadable).ShouldContain("tensor 'golden.from' is U8[1, 48], not U8[2, 48]");
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "infinity")]
    [InlineData(float.NegativeInfinity, "-infinity")]
    public void A_value_that_is_not_finite_is_named_with_tensor_and_index(float value, string word)
    {
        float[] weights = new float[6];
        weights[4] = value;
        new WeightsFile(Metadata(), Replace(WeightsTensor.Of("layer0.weight", weights, 2, 3))).Write(FilePath);
        One(BuildRules.NotFinite).ShouldContain($"tensor 'layer0.weight' holds {word} at index [1, 1]");
    }

    [Fact]
    public void A_model_with_an_integer_twin_needs_its_tensors_and_golden_values()
    {
        ModelSpec twin = TestModels.Spec("twin", 2, ScalarType.I32, 0, new LayerSpec(1, LayerActivation.Identity));
        IntegerWeights integer = new([new(0, 1, 0), new(0, 1, 0)], [new([1, 2], [3], [new(4, 5, 6)])], null);
        ProgramWeights weights = new(new float[2], new float[2], [new(new float[2], new float[1])], 1, 0, integer);
        IEnumerable<WeightsTensor> golden = Tensors().Where(t => t.Name.StartsWith("golden.", StringComparison.Ordinal));
        List<WeightsTensor> tensors = [.. ProgramTensors.Write(ProgramShape.Of(twin), weights), .. golden, WeightsTensor.Of("golden.int", new int[2], 2)];
        WeightsCheck.Check(twin, "f", new WeightsFile(Metadata(twin), tensors)).ShouldBeEmpty();

        foreach (string name in (string[])["golden.int", "q.input.add", "q.layer0.weight", "q.layer0.bias", "q.layer0.scale.shift"])
        {
            WeightsFinding finding = WeightsCheck.Check(twin, "f", new WeightsFile(Metadata(twin), tensors.Where(t => t.Name != name))).ShouldHaveSingleItem();
            finding.Message.ShouldContain($"tensor '{name}' is missing");
        }

        tensors[tensors.FindIndex(t => t.Name == "q.layer0.scale.shift")] = WeightsTensor.Of("q.layer0.scale.shift", [63], 1);
        WeightsCheck.Check(twin, "f", new WeightsFile(Metadata(twin), tensors)).ShouldHaveSingleItem().Message.ShouldContain("int_scale0[0] is out of range");
    }

    private static Dictionary<string, string> Metadata(ModelSpec? model = null) => new()
    {
        [WeightsFile.ModelKey] = (model ?? Model).Name,
        [WeightsFile.FingerprintKey] = ModelText.Fingerprint(model ?? Model),
        [WeightsFile.VersionKey] = "1",
    };

    private static List<WeightsTensor> Tensors() =>
    [
        WeightsTensor.Of("norm.mean", new float[2], 2),
        WeightsTensor.Of("norm.inv_std", new float[2], 2),
        WeightsTensor.Of("layer0.weight", new float[6], 2, 3),
        WeightsTensor.Of("layer0.bias", new float[3], 3),
        WeightsTensor.Of("layer1.weight", new float[3], 3, 1),
        WeightsTensor.Of("layer1.bias", new float[1], 1),
        WeightsTensor.Of("label.scale", new float[1], 1),
        WeightsTensor.Of("label.mean", new float[1], 1),
        WeightsTensor.Of("golden.from", new byte[96], 2, 48),
        WeightsTensor.Of("golden.state", Array.Empty<byte>(), 2, 0),
        WeightsTensor.Of("golden.features", new int[4], 2, 2),
        WeightsTensor.Of("golden.float", new int[2], 2),
    ];

    private static IEnumerable<WeightsTensor> Replace(WeightsTensor tensor) =>
        Tensors().Where(t => t.Name != tensor.Name).Append(tensor);

    private string One(DiagnosticRule rule)
    {
        WeightsCheck.Load(Model, FilePath, out EquatableArray<WeightsFinding> findings).ShouldBeNull();
        findings.Count.ShouldBe(1);
        findings[0].Rule.ShouldBe(rule);
        return findings[0].Message;
    }
}
