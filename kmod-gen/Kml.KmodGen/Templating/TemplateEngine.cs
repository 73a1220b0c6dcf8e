using System;
using HandlebarsDotNet;

namespace Kml.KmodGen;

/// <summary>Fills templates in. The one place that knows the template engine.</summary>
internal sealed class TemplateEngine
{
    // C is full of <, > and &: nothing is escaped. A name that the template asks for and the model lacks is an error, not an empty text.
    private readonly IHandlebars _handlebars = Handlebars.Create(
        new HandlebarsConfiguration { NoEscape = true, ThrowOnUnresolvedBindingExpression = true });

    /// <summary>Fills a template in.</summary>
    /// <param name="name">The template's name, for errors.</param>
    /// <param name="template">Its text.</param>
    /// <param name="values">The values that it names.</param>
    /// <returns>The text.</returns>
    /// <exception cref="InvalidOperationException">The template is malformed or names a value that there is not.</exception>
    public string Render(string name, string template, TemplateValues values)
    {
        try
        {
            return _handlebars.Compile(template)(values.ByName);
        }
        catch (HandlebarsException e)
        {
            throw new InvalidOperationException($"Template '{name}': {e.Message}", e);
        }
    }
}
