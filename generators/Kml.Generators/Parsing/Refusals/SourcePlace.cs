using Microsoft.CodeAnalysis;

namespace Kml.Generators.Parsing.Refusals;

/// <summary>A place in the source as a value: a location would keep its whole tree alive in the pipeline.</summary>
/// <param name="File">The file, as the compiler names it in its messages.</param>
/// <param name="Start">Where it begins in the file's text, which orders places.</param>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Column">Where in the line it begins, from 1.</param>
/// <param name="EndLine">Where it ends, from 1.</param>
/// <param name="EndColumn">Where in that line it ends, from 1.</param>
internal sealed record SourcePlace(string File, int Start, int Line, int Column, int EndLine, int EndColumn)
{
    /// <summary>The place of a location, where <c>#line</c> says that it is.</summary>
    public static SourcePlace Of(Location location)
    {
        FileLinePositionSpan span = location.GetMappedLineSpan();
        return new SourcePlace(
            span.Path ?? string.Empty,
            location.SourceSpan.Start,
            span.StartLinePosition.Line + 1,
            span.StartLinePosition.Character + 1,
            span.EndLinePosition.Line + 1,
            span.EndLinePosition.Character + 1);
    }
}
