using System;
using System.Collections.Generic;
using System.Linq;
using Kml.KmodGen.Templating;
using Kml.Model.Lowering;

namespace Kml.KmodGen.Compute;

/// <summary>
/// The files that compute a model's network: pure C, which calls nothing, allocates nothing and compiles unchanged in the kernel
/// and in user space. Beside them it needs <see cref="Headers"/>, which are the same for all models.
/// </summary>
public static class ComputeFiles
{
    /// <summary>Those of <see cref="Headers"/> that only a network includes.</summary>
    internal static readonly IReadOnlyList<string> NetworkHeaders = ["kml_dense.h", "kml_int.h", "kml_math.h", ConfidenceHeader];

    private const string ConfidenceHeader = "kml_confidence.h";

    /// <summary>The headers that the files include: names and texts.</summary>
    public static IReadOnlyList<(string Path, string Text)> Headers { get; } =
    [
        .. TemplateLibrary.In("compute").Select(n => n.EndsWith(TemplateEngine.End, StringComparison.Ordinal)
            ? (TemplateEngine.FileOf(n), TemplateEngine.Render(n, new Dictionary<string, object>()).Text)
            : (n, TemplateLibrary.Read(n))),
    ];

    /// <summary>Whether a network's files include a header, of those that only a network includes.</summary>
    internal static bool Includes(ModelProgram program, string header) =>
        NetworkHeaders.Contains(header) && (header != ConfidenceHeader || program.Head.Confidences.Count > 0);

    /// <summary>Renders the files of a network.</summary>
    /// <param name="model">The model's name, a C identifier.</param>
    /// <param name="program">Its program.</param>
    /// <param name="banner">The comment that follows the licence line of every file, without a line feed at the end.</param>
    /// <param name="sets">The instruction sets for which the float form is compiled.</param>
    /// <returns>
    /// Names and texts: <c>&lt;model&gt;_weights.h</c>, <c>&lt;model&gt;_infer.c</c>, one <c>&lt;model&gt;_infer_&lt;set&gt;.c</c> an instruction set,
    /// each an object of its own, and <c>&lt;model&gt;_infer_int.c</c> if there is an integer twin.
    /// </returns>
    public static IReadOnlyList<(string Path, string Text)> Render(string model, ModelProgram program, string banner, IReadOnlyList<InstructionSet> sets) =>
        [.. Traced(model, program, banner, sets).Select(f => (f.Path, f.Rendered.Text))];

    /// <summary>The same, each with the name of its template and where its lines come from.</summary>
    internal static IReadOnlyList<(string Path, string Template, RenderedText Rendered)> Traced(
        string model,
        ModelProgram program,
        string banner,
        IReadOnlyList<InstructionSet> sets)
    {
        Dictionary<string, object> values = ProgramValues.Of(model, program, banner, sets);
        List<(string, string, RenderedText)> files = [];
        void Add(string path, string template) => files.Add((path, template, TemplateEngine.Render(template, values)));

        Add($"{model}_weights.h", "weights.h.sbn");
        Add($"{model}_infer.c", "infer.c.sbn");
        foreach (InstructionSet set in sets)
        {
            values["set"] = set;
            Add($"{model}_infer_{set.Word}.c", "infer_set.c.sbn");
        }

        if (program.Shape.IntegerTwin)
            Add($"{model}_infer_int.c", "infer_int.c.sbn");
        return files;
    }
}
