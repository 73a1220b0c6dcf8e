using System;
using System.Collections.Generic;
using Kml.KmodGen.Templating;
using Kml.Model.Lowering;

namespace Kml.KmodGen.Targets;

/// <summary>
/// What a model is emitted as: which templates, for which instruction sets, in files of which names. A file a target; how a model becomes the values that
/// templates name, and how templates become text, no target knows.
/// </summary>
public abstract class Target
{
    /// <summary>All targets.</summary>
    public static IReadOnlyList<Target> All { get; } = [KernelModule.Instance];

    /// <summary>Its word: the folder below the output that holds its models.</summary>
    public abstract string Word { get; }

    /// <summary>The instruction sets for which the float form of the network is compiled, the narrowest first.</summary>
    public virtual IReadOnlyList<InstructionSet> Sets => InstructionSet.All;

    /// <summary>The templates from which its files are made, beside those of the network.</summary>
    /// <param name="input">What is rendered.</param>
    /// <returns>Names in <see cref="TemplateLibrary"/>. One that leaves nothing for a model gives no file.</returns>
    internal abstract IEnumerable<string> Templates(RenderInput input);

    /// <summary>The file that a template makes.</summary>
    /// <param name="template">The template's name, without the end that says that it is filled in.</param>
    /// <param name="names">The model's names.</param>
    /// <returns>Its path. C that is of one model begins with the model's name, C that is of all models with <c>kml_</c>.</returns>
    internal virtual string PathOf(string template, CNames names)
    {
        bool isC = template.EndsWith(".c", StringComparison.Ordinal) || template.EndsWith(".h", StringComparison.Ordinal);
        return isC && !template.StartsWith("kml_", StringComparison.Ordinal) ? names.File(template) : template;
    }

    /// <summary>Files that are no text.</summary>
    /// <param name="input">What is rendered.</param>
    /// <returns>The files; none, unless the target says otherwise.</returns>
    internal virtual IEnumerable<EmittedFile> Data(RenderInput input) => [];
}
