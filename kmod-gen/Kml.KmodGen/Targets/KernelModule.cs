using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Bodies;
using Kml.KmodGen.Compute;
using Kml.KmodGen.Data;
using Kml.KmodGen.Rows;
using Kml.KmodGen.Templating;
using Kml.Model;

namespace Kml.KmodGen.Targets;

/// <summary>
/// A Linux kernel module: the headers of the network, and all that <c>templates/module</c> holds but for the folders of families of which it hooks no
/// event. Without weights it collects and does not predict, and needs none of what only a network includes; nor of the functions that no body calls.
/// </summary>
public sealed class KernelModule : Target
{
    private KernelModule()
    {
    }

    /// <summary>The target.</summary>
    public static KernelModule Instance { get; } = new();

    /// <inheritdoc/>
    public override string Word => "kmod";

    internal override IEnumerable<string> Templates(RenderInput input)
    {
        IEnumerable<EventFamily> others = EventCatalog.Families.Except(HookValues.Hooked(input.Model).Select(e => e.Family));
        HashSet<string> bodyHeaders = [.. BodyHeaders(input)];
        return TemplateLibrary.In("compute").Where(n => IsIncluded(TemplateEngine.FileOf(n), input, bodyHeaders))
            .Concat(TemplateLibrary.Below("module"))
            .Except(others.SelectMany(f => TemplateLibrary.Below("module/" + f.Word)));
    }

    internal override IEnumerable<EmittedFile> Data(RenderInput input)
    {
        if (input.WeightBytes is { Length: >= WeightsData.BinaryFrom } bytes)
            yield return new(input.Names.File("weights.bin"), bytes, []);
    }

    private static IEnumerable<string> BodyHeaders(RenderInput input)
    {
        BodyFiles bodies = new(new BodyModel(input.Names, input.Model));
        return bodies.Headers(useFloat: false).Concat(bodies.Headers(useFloat: true));
    }

    private static bool IsIncluded(string header, RenderInput input, HashSet<string> bodyHeaders)
    {
        bool byNetwork = ComputeFiles.NetworkHeaders.Contains(header), byBodies = FunctionForms.Headers.Contains(header);
        return (!byNetwork && !byBodies)
            || (input.Weights is not null && ComputeFiles.Includes(input.Program, header))
            || bodyHeaders.Contains(header);
    }
}
