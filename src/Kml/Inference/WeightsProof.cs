using Kml.Model;

namespace Kml.Inference;

/// <summary>All that is checked of a weights file before a module is made of it. The build and <c>kml weights --for</c> call this and nothing else.</summary>
public static class WeightsProof
{
    /// <summary>What <see cref="Load"/> checks, for people.</summary>
    public const string Checks =
        "the format; the digest over every byte; the model's fingerprint; each tensor's type, shape and range; each golden vector from event and state to features and predictions";

    /// <summary>Reads a model's weights and checks them.</summary>
    /// <param name="model">The model, free of errors.</param>
    /// <param name="path">The file, named in messages as it is given here.</param>
    /// <param name="findings">What is wrong; empty if the weights can be used. A missing file is the one finding KML2001.</param>
    /// <returns>The weights, or null if there is a finding.</returns>
    public static WeightsFile? Load(ModelSpec model, string path, out EquatableArray<WeightsFinding> findings)
    {
        WeightsFile? file = WeightsCheck.Load(model, path, out findings);
        if (file is not null)
            findings = GoldenCheck.Check(model, path, file).ToEquatableArray();
        return findings.Count == 0 ? file : null;
    }
}
