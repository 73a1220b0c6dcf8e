using System.Text;
using Kml.Model;

namespace Kml.KmodGen.Templating;

/// <summary>The comment that, after the licence line, begins every file that is of one model.</summary>
internal static class Banner
{
    /// <summary>Words the banner for C.</summary>
    /// <param name="model">The model.</param>
    /// <param name="weights">Its weights, or null.</param>
    /// <param name="toolVersion">The version of this tool.</param>
    /// <returns>The comment, without a line feed at the end.</returns>
    public static string Of(ModelSpec model, WeightsFile? weights, string toolVersion) =>
        new StringBuilder()
            .Append("/*\n")
            .Append(" * Model ").Append(model.Name).Append(", emitted by KmlCompiler ").Append(toolVersion).Append(".\n")
            .Append(" * Fingerprint ").Append(ModelText.Fingerprint(model)).Append('\n')
            .Append(weights is null ? " * Without weights: collects, does not predict.\n" : $" * Weights of version {weights.Version}.\n")
            .Append(" */")
            .ToString();
}
