using System;
using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Compute;
using Kml.Model;
using Kml.Model.Lowering;

namespace Kml.KmodGen;

/// <summary>
/// Turns a model into the files of its kernel module. A pure function: the same model, weights and version give the same bytes,
/// and nothing is read from or written to the disk.
/// </summary>
public static class ModuleRenderer
{
    // What only a network needs.
    private static readonly string[] NetworkHeaders = ["kml_dense.h", "kml_int.h", "kml_math.h"];

    /// <summary>Renders a module.</summary>
    /// <param name="model">The model, found good by <see cref="ModelChecks"/>.</param>
    /// <param name="weights">Its weights, found good by <see cref="WeightsCheck"/>; null if there are none yet: the module then collects and does not predict.</param>
    /// <param name="toolVersion">The version that the banners name.</param>
    /// <returns>The files, ordered by path.</returns>
    public static IReadOnlyList<ModuleFile> Render(ModelSpec model, WeightsFile? weights, string toolVersion)
    {
        ModuleInput input = new(model, weights, toolVersion);
        TemplateValues values = TemplateValues.Of(input);
        return
        [
            .. TemplateLibrary.In("compute").Concat(TemplateLibrary.Below("module"))
                .Where(n => weights is not null || !NetworkHeaders.Contains(n))
                .Select(n => FromTemplate(n, input.Names, values)).OfType<ModuleFile>()
                .Concat(weights is null ? [] : Network(input))
                .OrderBy(f => f.Path, StringComparer.Ordinal),
        ];
    }

    /// <summary>A plain file as it is, or a template filled in; null if the template leaves nothing for this model.</summary>
    private static ModuleFile? FromTemplate(string name, ModuleNames names, TemplateValues values)
    {
        if (!name.EndsWith(TemplateEngine.End, StringComparison.Ordinal))
            return ModuleFile.Of(name, name, RenderedText.Plain(name));

        string target = name[..^TemplateEngine.End.Length];
        bool isC = target.EndsWith(".c", StringComparison.Ordinal) || target.EndsWith(".h", StringComparison.Ordinal);
        bool ofModel = isC && !target.StartsWith("kml_", StringComparison.Ordinal);
        RenderedText rendered = TemplateEngine.Render(name, values.ByName);
        return string.IsNullOrWhiteSpace(rendered.Text) ? null : ModuleFile.Of(ofModel ? names.File(target) : target, name, rendered);
    }

    private static IEnumerable<ModuleFile> Network(ModuleInput input)
    {
        foreach ((string path, string template, RenderedText rendered) in ComputeFiles.Traced(input.Names.Model, input.Program, input.Banner, InstructionSet.All))
            yield return ModuleFile.Of(path, template, rendered);

        if (input.WeightBytes is { Length: >= WeightsData.BinaryFrom } bytes)
            yield return new(input.Names.File("weights.bin"), bytes, []);
    }
}
