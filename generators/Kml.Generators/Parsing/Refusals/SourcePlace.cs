using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing.Refusals;

/// <summary>A place in the source as a value: a location would keep its whole tree alive in the pipeline.</summary>
/// <param name="Source">The file in which it is written, and by which places are ordered.</param>
/// <param name="Start">Where it begins in that file's text, which orders those of one file.</param>
/// <param name="File">The file as the compiler names it in its messages: the one that <c>#line</c> says.</param>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Column">Where in the line it begins, from 1.</param>
/// <param name="EndLine">Where it ends, from 1.</param>
/// <param name="EndColumn">Where in that line it ends, from 1.</param>
internal sealed record SourcePlace(string Source, int Start, string File, int Line, int Column, int EndLine, int EndColumn)
{
    /// <summary>The place of a location, where <c>#line</c> says that it is.</summary>
    public static SourcePlace Of(Location location)
    {
        FileLinePositionSpan span = location.GetMappedLineSpan();
        return new SourcePlace(
            location.SourceTree?.FilePath ?? string.Empty,
            location.SourceSpan.Start,
            span.Path ?? string.Empty,
            span.StartLinePosition.Line + 1,
            span.StartLinePosition.Character + 1,
            span.EndLinePosition.Line + 1,
            span.EndLinePosition.Character + 1);
    }
}
