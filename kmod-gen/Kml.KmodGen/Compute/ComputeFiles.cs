using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model.Lowering;

namespace Kml.KmodGen.Compute;

/// <summary>
/// The files that compute a model's network: pure C, which calls nothing, allocates nothing and compiles unchanged in the kernel
/// and in user space. Beside them it needs <see cref="Headers"/>, which are the same for all models.
/// </summary>
public static class ComputeFiles
{
    /// <summary>The headers that the files include: names and texts.</summary>
    public static IReadOnlyList<(string Path, string Text)> Headers { get; } =
    [
        .. TemplateLibrary.In("compute").Select(n => n.EndsWith(TemplateEngine.End, StringComparison.Ordinal)
            ? (n[..^TemplateEngine.End.Length], TemplateEngine.Render(n, TemplateLibrary.Read(n), new Dictionary<string, object>()))
            : (n, TemplateLibrary.Read(n))),
    ];

    /// <summary>Renders the files of a network.</summary>
    /// <param name="model">The model's name, a C identifier.</param>
    /// <param name="program">Its lowered network.</param>
    /// <param name="banner">The comment that follows the licence line of every file, without a line feed at the end.</param>
    /// <param name="sets">The instruction sets for which the float form is compiled.</param>
    /// <returns>
    /// Names and texts: <c>&lt;model&gt;_weights.h</c>, <c>&lt;model&gt;_infer.c</c>, one <c>&lt;model&gt;_infer_&lt;set&gt;.c</c> an instruction set,
    /// each an object of its own, and <c>&lt;model&gt;_infer_int.c</c> if there is an integer twin.
    /// </returns>
    public static IReadOnlyList<(string Path, string Text)> Render(string model, ModelProgram program, string banner, IEnumerable<InstructionSet> sets)
    {
        Dictionary<string, object> values = NetworkValues.Of(model, program, banner);
        string Rendered(string template) => TemplateEngine.Render(template, TemplateLibrary.Read(template), values);
        List<(string, string)> files = [($"{model}_weights.h", Rendered("weights.h.sbn")), ($"{model}_infer.c", Rendered("infer.c.sbn"))];
        foreach (InstructionSet set in sets)
        {
            values["set"] = set;
            files.Add(($"{model}_infer_{set.Word}.c", Rendered("infer_set.c.sbn")));
        }

        if (program.Shape.IntegerTwin)
            files.Add(($"{model}_infer_int.c", Rendered("infer_int.c.sbn")));
        return files;
    }
}
