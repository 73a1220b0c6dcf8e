using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model;

namespace Kml.KmodGen;

/// <summary>
/// Turns a model into the files of its kernel module. A pure function: the same model, weights and version give the same bytes,
/// and nothing is read from or written to the disk.
/// </summary>
public static class ModuleRenderer
{
    private const string TemplateEnd = ".hbs";
    private static readonly TemplateEngine Engine = new();

    /// <summary>Renders a module.</summary>
    /// <param name="model">The model, found good by <see cref="ModelChecks"/>.</param>
    /// <param name="weights">Its weights, found good by <see cref="WeightsCheck"/>; null if there are none yet: the module then collects and does not predict.</param>
    /// <param name="toolVersion">The version that the banners name.</param>
    /// <returns>The files, ordered by path.</returns>
    public static IReadOnlyList<ModuleFile> Render(ModelSpec model, WeightsFile? weights, string toolVersion)
    {
        ModuleNames names = new(model.Name);
        TemplateValues values = TemplateValues.Of(model, names, weights, toolVersion);
        List<ModuleFile> files = [.. TemplateLibrary.Names.Select(n => FromTemplate(n, names, values))];
        return [.. files.OrderBy(f => f.Path, StringComparer.Ordinal)];
    }

    private static ModuleFile FromTemplate(string name, ModuleNames names, TemplateValues values)
    {
        string text = TemplateLibrary.Read(name);
        if (!name.EndsWith(TemplateEnd, StringComparison.Ordinal))
            return ModuleFile.OfText(name, text);

        string target = name[..^TemplateEnd.Length];
        bool ofModel = target.EndsWith(".c", StringComparison.Ordinal) || target.EndsWith(".h", StringComparison.Ordinal);
        return ModuleFile.OfText(ofModel ? names.File(target) : target, Engine.Render(name, text, values));
    }
}
