using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Kml.Model.Lowering;

namespace Kml.Model;

/// <summary>Something that is wrong with a weights file.</summary>
/// <param name="Rule">The diagnostic, one of <see cref="BuildRules"/>.</param>
/// <param name="Arguments">The arguments of its message.</param>
public sealed record WeightsFinding(DiagnosticRule Rule, EquatableArray<string> Arguments)
{
    /// <summary>The message with its arguments.</summary>
    public string Message => string.Format(CultureInfo.InvariantCulture, Rule.Message, [.. Arguments]);
}

/// <summary>Whether a weights file fits a model. What it accepts can be emitted without another look at lengths, types or values.</summary>
public static class WeightsCheck
{
    /// <summary>Reads a model's weights and checks them.</summary>
    /// <param name="model">The model, free of errors.</param>
    /// <param name="path">The file, named in messages as it is given here.</param>
    /// <param name="findings">What is wrong; empty if the weights can be used. A missing file is the one finding KML2001.</param>
    /// <returns>The weights, or null if there is a finding.</returns>
    public static WeightsFile? Load(ModelSpec model, string path, out EquatableArray<WeightsFinding> findings)
    {
        try
        {
            if (!File.Exists(path) && !Directory.Exists(path))
            {
                findings = EquatableArray.Of(Finding(BuildRules.NoWeights, model.Name, path));
                return null;
            }

            WeightsFile file = WeightsFile.Read(path);
            string undigested = $"it carries no digest (metadata '{WeightsFile.DigestKey}'), and without one damage cannot be told from what was meant";
            findings = file.HadDigest
                ? Check(model, path, file).ToEquatableArray()
                : EquatableArray.Of(Finding(BuildRules.Unreadable, path, undigested));
            return findings.Count == 0 ? file : null;
        }
        catch (Exception e) when (e is WeightsFormatException or IOException or UnauthorizedAccessException)
        {
            findings = EquatableArray.Of(Finding(BuildRules.Unreadable, path, e.Message.TrimEnd('.')));
            return null;
        }
    }

    /// <summary>Checks weights that are already read.</summary>
    /// <param name="model">The model, free of errors.</param>
    /// <param name="path">The file's name, for messages.</param>
    /// <param name="file">The weights.</param>
    /// <returns>What is wrong; another fingerprint hides whatever else is wrong.</returns>
    public static IEnumerable<WeightsFinding> Check(ModelSpec model, string path, WeightsFile file)
    {
        string? broken = null;
        string fingerprint = "";
        try
        {
            fingerprint = file.Fingerprint;
            _ = file.Model;
            _ = file.Version;
        }
        catch (WeightsFormatException e)
        {
            broken = e.Message;
        }

        if (broken is not null)
            return [Finding(BuildRules.Unreadable, path, broken)];
        string expected = ModelText.Fingerprint(model);
        if (fingerprint != expected)
            return [Finding(BuildRules.Fingerprint, path, fingerprint, model.Name, expected)];

        ProgramShape shape = ProgramShape.Of(model);
        List<WeightsFinding> findings =
        [
            .. ProgramTensors.Of(shape)
                .Concat(Golden(model, shape, file))
                .Select(e => ProgramTensors.Compare(file, e))
                .OfType<string>()
                .Select(difference => Finding(BuildRules.Unreadable, path, difference)),
            .. file.Tensors.Where(t => t.Type == TensorType.F32).Select(t => NotFinite(path, t)).OfType<WeightsFinding>(),
        ];
        if (findings.Count == 0 && Unsafe(path, shape, file) is WeightsFinding overflow)
            findings.Add(overflow);
        return findings;
    }

    private static IEnumerable<ProgramTensors.Expected> Golden(ModelSpec model, ProgramShape shape, WeightsFile file)
    {
        // The number of golden vectors is the file's own, at least one; all parts must agree on it.
        RecordLayout record = RecordLayout.Of(model);
        int vectors = file.Find(WeightsNames.GoldenFloat) is { Shape.Count: 1 } golden ? Math.Max(1, golden.Shape[0]) : 1;
        yield return ProgramTensors.Tensor(WeightsNames.GoldenFloat, TensorType.I32, vectors);
        yield return ProgramTensors.Tensor(WeightsNames.GoldenFrom, TensorType.U8, vectors, record.FromSize);
        yield return ProgramTensors.Tensor(WeightsNames.GoldenState, TensorType.U8, vectors, record.StateSize);
        yield return ProgramTensors.Tensor(WeightsNames.GoldenFeatures, TensorType.I32, vectors, record.FeatureCount);
        if (shape.IntegerTwin)
            yield return ProgramTensors.Tensor(WeightsNames.GoldenInteger, TensorType.I32, vectors);
    }

    private static WeightsFinding? Unsafe(string path, ProgramShape shape, WeightsFile file)
    {
        try
        {
            ProgramTensors.Read(shape, file).Integer?.Validate(ModelProgram.For(shape));
            return null;
        }
        catch (ArgumentException e)
        {
            return Finding(BuildRules.Unreadable, path, e.Message.TrimEnd('.'));
        }
    }

    private static WeightsFinding? NotFinite(string path, WeightsTensor tensor)
    {
        float[] values = tensor.ToArray<float>();
        int at = Array.FindIndex(values, v => float.IsNaN(v) || float.IsInfinity(v));
        return at < 0
            ? null
            : Finding(
                BuildRules.NotFinite,
                path,
                tensor.Name,
                float.IsNaN(values[at]) ? "NaN" : values[at] > 0 ? "infinity" : "-infinity",
                Index(at, tensor.Shape));
    }

    private static string Index(int at, EquatableArray<int> shape)
    {
        string[] parts = new string[shape.Count];
        for (int d = shape.Count - 1; d >= 0; d--)
        {
            parts[d] = (at % shape[d]).ToString(CultureInfo.InvariantCulture);
            at /= shape[d];
        }

        return $"[{string.Join(", ", parts)}]";
    }

    private static WeightsFinding Finding(DiagnosticRule rule, params string[] arguments) => new(rule, new(arguments));
}
