using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Kml.KmodGen;

/// <summary>Fills templates in. The one place that knows the template engine.</summary>
internal static class TemplateEngine
{
    /// <summary>The end of a template's name; a file that has it not is copied as it is.</summary>
    public const string End = ".sbn";

    /// <summary>Fills a template in.</summary>
    /// <param name="name">The template's name, for errors.</param>
    /// <param name="template">Its text.</param>
    /// <param name="values">The values that it names.</param>
    /// <returns>The text.</returns>
    /// <exception cref="InvalidOperationException">The template is malformed or names a value that there is not; the message says in which line.</exception>
    public static string Render(string name, string template, IReadOnlyDictionary<string, object> values)
    {
        Template parsed = Template.Parse(template, name);
        if (parsed.HasErrors)
            throw new InvalidOperationException($"Template {string.Join("; ", parsed.Messages.Select(m => m.ToString()))}");

        ScriptObject global = [];
        foreach (KeyValuePair<string, object> value in values)
            global.Add(value.Key, value.Value);

        // A name that the template asks for and the model lacks is an error, not an empty text. A value is put in as it is: its lines are indented
        // already, and tables of weights may be long.
        TemplateContext context = new() { StrictVariables = true, AutoIndent = false, LimitToString = 0, TemplateLoader = new Loader() };
        context.PushGlobal(global);
        try
        {
            return parsed.Render(context);
        }
        catch (ScriptRuntimeException e)
        {
            throw new InvalidOperationException($"Template {e.Message}", e);
        }
    }

    /// <summary>Finds what a template includes, by its name in <c>templates/</c>.</summary>
    private sealed class Loader : ITemplateLoader
    {
        public string GetPath(TemplateContext context, SourceSpan callerSpan, string templateName) => templateName;

        public string Load(TemplateContext context, SourceSpan callerSpan, string templatePath) => TemplateLibrary.Read(templatePath);

        public ValueTask<string?> LoadAsync(TemplateContext context, SourceSpan callerSpan, string templatePath) => new(TemplateLibrary.Read(templatePath));
    }
}
