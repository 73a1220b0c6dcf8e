using System.IO;
using System.Linq;
using Kml.Inference;
using Kml.Model;

namespace Kml.Cli;

/// <summary>The weights of a model, where builds look for them.</summary>
internal static class ModelWeights
{
    /// <summary>Looks in the folder <c>weights</c> of a folder and of those above it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="below">The folder.</param>
    /// <returns>The file, or null.</returns>
    public static FileInfo? Find(ModelSpec model, DirectoryInfo? below)
    {
        for (; below is not null; below = below.Parent)
        {
            FileInfo weights = new(Path.Combine(below.FullName, "weights", model.Name + ".safetensors"));
            if (weights.Exists)
                return weights;
        }

        return null;
    }

    /// <summary>Reads weights and checks what the build checks.</summary>
    /// <param name="model">The model.</param>
    /// <param name="weights">The file.</param>
    /// <exception cref="ToolException">A build would refuse them.</exception>
    public static WeightsFile Load(ModelSpec model, FileInfo weights) =>
        WeightsProof.Load(model, weights.FullName, out EquatableArray<WeightsFinding> findings)
            ?? throw new ToolException(string.Join(" ", findings.Select(f => $"{f.Rule.Id}: {f.Message.TrimEnd('.')}.")));
}
