using System;
using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Compute;
using Kml.KmodGen.Targets;
using Kml.KmodGen.Templating;
using Kml.Model;

namespace Kml.KmodGen;

/// <summary>
/// Turns a model into the files of a target. A pure function: the same target, model, weights and version give the same bytes,
/// and nothing is read from or written to the disk.
/// </summary>
public static class Renderer
{
    /// <summary>Renders a model.</summary>
    /// <param name="target">What it is emitted as.</param>
    /// <param name="model">The model, found good by <see cref="ModelChecks"/>.</param>
    /// <param name="weights">Its weights, found good by <see cref="WeightsCheck"/>; null if there are none yet.</param>
    /// <param name="toolVersion">The version that the banners name.</param>
    /// <returns>The files, ordered by path.</returns>
    public static IReadOnlyList<EmittedFile> Render(Target target, ModelSpec model, WeightsFile? weights, string toolVersion)
    {
        RenderInput input = new(target, model, weights, toolVersion);
        IReadOnlyDictionary<string, object> values = TemplateValues.Of(input).ByName;
        return
        [
            .. target.Templates(input).Select(n => FromTemplate(n, input, values)).OfType<EmittedFile>()
                .Concat(weights is null ? [] : Network(input))
                .Concat(target.Data(input))
                .OrderBy(f => f.Path, StringComparer.Ordinal),
        ];
    }

    /// <summary>A plain file as it is, or a template filled in; null if the template leaves nothing for this model.</summary>
    private static EmittedFile? FromTemplate(string name, RenderInput input, IReadOnlyDictionary<string, object> values)
    {
        if (!name.EndsWith(TemplateEngine.End, StringComparison.Ordinal))
            return EmittedFile.Of(name, name, RenderedText.Plain(name));

        RenderedText rendered = TemplateEngine.Render(name, values);
        string path = input.Target.PathOf(TemplateEngine.FileOf(name), input.Names);
        return string.IsNullOrWhiteSpace(rendered.Text) ? null : EmittedFile.Of(path, name, rendered);
    }

    private static IEnumerable<EmittedFile> Network(RenderInput input) =>
        ComputeFiles.Traced(input.Names.Model, input.Program, input.Banner, input.Target.Sets).Select(f => EmittedFile.Of(f.Path, f.Template, f.Rendered));
}
