using System;

namespace Kml;

/// <summary>
/// Carries, in the compiled assembly, why a <see cref="KernelModelAttribute">[KernelModel]</see> class is no model: the build fails on it, whether or not
/// analyzers ran and whatever silenced them. Written by the generator.
/// </summary>
/// <param name="className">The class's full name, as metadata spells it.</param>
/// <param name="id">The diagnostic, such as <c>KML0003</c>.</param>
/// <param name="message">Its message.</param>
/// <param name="file">The source file.</param>
/// <param name="line">Where the place begins, from 1.</param>
/// <param name="column">Where in the line it begins, from 1.</param>
/// <param name="endLine">Where the place ends, from 1.</param>
/// <param name="endColumn">Where in that line it ends, from 1.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class KmlRefusalAttribute(string className, string id, string message, string file, int line, int column, int endLine, int endColumn) : Attribute
{
    /// <summary>The class's full name, as metadata spells it.</summary>
    public string ClassName { get; } = className;

    /// <summary>The diagnostic.</summary>
    public string Id { get; } = id;

    /// <summary>Its message.</summary>
    public string Message { get; } = message;

    /// <summary>The source file.</summary>
    public string File { get; } = file;

    /// <summary>Where the place begins, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Where in the line it begins, from 1.</summary>
    public int Column { get; } = column;

    /// <summary>Where the place ends, from 1.</summary>
    public int EndLine { get; } = endLine;

    /// <summary>Where in that line it ends, from 1.</summary>
    public int EndColumn { get; } = endColumn;
}
