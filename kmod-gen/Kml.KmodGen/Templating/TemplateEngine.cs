using System;
using System.Collections.Generic;
using System.Linq;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Kml.KmodGen.Templating;

/// <summary>Fills templates in. With <see cref="TracingContext"/> the one place that knows the template engine.</summary>
internal static class TemplateEngine
{
    /// <summary>The end of a template's name; a file that has it not is copied as it is.</summary>
    public const string End = ".sbn";

    /// <summary>The name of the file that a template makes.</summary>
    /// <param name="name">The template's name.</param>
    /// <returns>The name without the end that says that it is filled in.</returns>
    public static string FileOf(string name) => name.EndsWith(End, StringComparison.Ordinal) ? name[..^End.Length] : name;

    /// <summary>Fills a template in.</summary>
    /// <param name="name">The template's name.</param>
    /// <param name="values">The values that it names.</param>
    /// <returns>The text, and where its lines come from.</returns>
    /// <exception cref="InvalidOperationException">The template is malformed or names a value that there is not; the message says in which line.</exception>
    public static RenderedText Render(string name, IReadOnlyDictionary<string, object> values)
    {
        Template parsed = Template.Parse(TemplateLibrary.Read(name), name);
        if (parsed.HasErrors)
            throw new InvalidOperationException($"Template {string.Join("; ", parsed.Messages.Select(m => m.ToString()))}");

        ScriptObject global = [];
        foreach (KeyValuePair<string, object> value in values)
            global.Add(value.Key, value.Value);

        TracingContext context = new();
        context.PushGlobal(global);
        try
        {
            return OriginMarks.Read(parsed.Render(context), context.Origins);
        }
        catch (ScriptRuntimeException e)
        {
            throw new InvalidOperationException($"Template {e.Message}", e);
        }
    }
}
