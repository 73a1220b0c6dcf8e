using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Kml.KmodGen;
using Kml.KmodGen.Targets;
using Kml.KmodGen.Templating;
using Kml.Model;

namespace Kml.Cli;

/// <summary>
/// A line of an emitted file, with what it comes from. The module is rendered anew, by the build's own renderer, from what the build rendered it from: there is
/// no map beside the module that could be lost or older than it.
/// </summary>
/// <param name="Model">The model.</param>
/// <param name="Text">The line.</param>
/// <param name="Origin">What it comes from.</param>
internal sealed record EmittedLine(string Model, string Text, LineOrigin Origin)
{
    private static string ToolVersion { get; } =
        typeof(EmittedLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Finds a line.</summary>
    /// <param name="assembly">The assembly that declares the model.</param>
    /// <param name="place">The file and the line, as compilers name them.</param>
    /// <param name="weights">The weights that the module was emitted with; null to look for them where builds do.</param>
    /// <exception cref="ToolException">There is no such line, or the file is not what the build makes of the model.</exception>
    public static EmittedLine Find(FileInfo assembly, string place, FileInfo? weights)
    {
        (FileInfo file, int number) = Parse(place);
        ModelSpec model = Declared(assembly, file);
        weights ??= ModelWeights.Find(model, file.Directory) ?? ModelWeights.Find(model, assembly.Directory);
        WeightsFile? loaded = weights is null ? null : ModelWeights.Load(model, weights);
        IReadOnlyList<EmittedFile> files = [.. Targets(file).SelectMany(t => Renderer.Render(t, model, loaded, ToolVersion))];
        EmittedFile emitted = files.FirstOrDefault(f => f.Path == file.Name)
            ?? throw new ToolException($"The module of '{model.Name}' has no file '{file.Name}', but: {string.Join(", ", files.Select(f => f.Path))}.");
        if (emitted.Origins.Count == 0)
            throw new ToolException($"{file.Name} is no text; it is the weights.");
        if (number > emitted.Origins.Count)
            throw new ToolException($"{file.Name} has {emitted.Origins.Count} lines.");

        string line = emitted.Text().Split('\n')[number - 1];
        if (file.Exists && File.ReadLines(file.FullName).ElementAtOrDefault(number - 1) != line)
        {
            throw new ToolException(
                $"{file} is not what this version makes of '{model.Name}' {(weights is null ? "without weights" : $"with {weights}")}: line {number} differs. "
                + "Build the project again, or name the weights with --weights.");
        }

        return new(model.Name, line, emitted.Origins[number - 1]);
    }

    private static (FileInfo File, int Line) Parse(string place)
    {
        int colon = place.LastIndexOf(':');
        return colon > 0 && int.TryParse(place.AsSpan(colon + 1), out int line) && line > 0
            ? (new FileInfo(place[..colon]), line)
            : throw new ToolException($"'{place}' is no line of a file. Write <file>:<line>, such as bin/kmod/issue_time/issue_time_body.h:12.");
    }

    // Targets may have files of one name: bin/<target>/<model>/<file> says whose it is.
    private static IEnumerable<Target> Targets(FileInfo file) => Target.All.OrderByDescending(t => t.Word == file.Directory!.Parent?.Name);

    // Each module has a folder of its model's name.
    private static ModelSpec Declared(FileInfo assembly, FileInfo file)
    {
        IReadOnlyList<ModelSpec> models = DeclaredModels.Read(assembly);
        return models.SingleOrDefault(m => m.Name == file.Directory!.Name)
            ?? (models.Count == 1 ? models[0] : null)
            ?? throw new ToolException(
                $"{assembly} declares several models: {string.Join(", ", models.Select(m => m.Name))}. "
                + $"Name the file with its module's folder: <model>/{file.Name}.");
    }
}
