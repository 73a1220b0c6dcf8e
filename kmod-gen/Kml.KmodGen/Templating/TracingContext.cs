using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Kml.KmodGen.Templating;

/// <summary>
/// The engine's state while a template is filled in: marks each line of text and each value with its place in a template and the row it is written for.
/// </summary>
internal sealed class TracingContext : TemplateContext
{
    // By which a row is known, the most telling first.
    private static readonly string[] Names = ["word", "name", "symbol", "text", "template", "declaration"];

    private readonly List<LineOrigin> _origins = [];
    private readonly List<string> _rows = [];

    public TracingContext()
    {
        // A name that the template asks for and the model lacks is an error, not an empty text. A value is put in as it is: its lines are indented
        // already, and tables of weights may be long.
        StrictVariables = true;
        AutoIndent = false;
        LimitToString = 0;
        TemplateLoader = new Loader();
    }

    /// <summary>The origins that the marks in the rendered text name.</summary>
    public IReadOnlyList<LineOrigin> Origins => _origins;

    /// <inheritdoc/>
    public override object? Evaluate(ScriptNode? scriptNode, bool aliasReturnedFunction)
    {
        switch (scriptNode)
        {
            case ScriptRawStatement raw:
                WriteLines(raw);
                return null;
            case ScriptExpressionStatement statement:
                string? source = statement.Expression is ScriptVariable value ? ValueSources.ByName.GetValueOrDefault(value.Name) : null;
                Write(Mark(statement.Span.FileName, statement.Span.Start.Line, source));
                break;
        }

        return base.Evaluate(scriptNode, aliasReturnedFunction);
    }

    /// <inheritdoc/>
    public override void SetLoopVariable(ScriptVariable variable, object? value)
    {
        // The engine's own, with the count of the loop, is a variable of every loop.
        if (variable.Name != "for")
            _rows[^1] = $"{variable.Name} {Named(value)}";
        base.SetLoopVariable(variable, value);
    }

    /// <inheritdoc/>
    protected override void OnEnterLoop(ScriptLoopStatementBase loop)
    {
        _rows.Add("");
        base.OnEnterLoop(loop);
    }

    /// <inheritdoc/>
    protected override void OnExitLoop(ScriptLoopStatementBase loop)
    {
        base.OnExitLoop(loop);
        _rows.RemoveAt(_rows.Count - 1);
    }

    private void WriteLines(ScriptRawStatement raw)
    {
        string text = raw.Text.ToString() ?? "";
        int line = raw.Span.Start.Line;
        for (int at = 0; at < text.Length; line++)
        {
            int end = text.IndexOf('\n', at) + 1;
            if (end == 0)
                end = text.Length;
            Write(Mark(raw.Span.FileName, line) + text[at..end]);
            at = end;
        }
    }

    private string Mark(string template, int line, string? source = null)
    {
        _origins.Add(new(TemplateLibrary.PathOf(template), line + 1, _rows.Count == 0 ? null : string.Join(", ", _rows), source));
        return OriginMarks.Of(_origins.Count - 1);
    }

    private string Named(object? row)
    {
        if (row is null or string or int)
            return string.Create(CultureInfo.InvariantCulture, $"{row}");
        IObjectAccessor accessor = GetMemberAccessor(row);
        IEnumerable<string?> values = Names.Select(n => accessor.TryGetValue(this, default, row, n, out object? value) ? value as string : null);
        return values.FirstOrDefault(v => v is not null) ?? "";
    }

    /// <summary>Finds what a template includes, by its name in <c>templates/</c>.</summary>
    private sealed class Loader : ITemplateLoader
    {
        public string GetPath(TemplateContext context, SourceSpan callerSpan, string templateName) => templateName;

        public string Load(TemplateContext context, SourceSpan callerSpan, string templatePath) => TemplateLibrary.Read(templatePath);

        public ValueTask<string?> LoadAsync(TemplateContext context, SourceSpan callerSpan, string templatePath) => new(TemplateLibrary.Read(templatePath));
    }
}
