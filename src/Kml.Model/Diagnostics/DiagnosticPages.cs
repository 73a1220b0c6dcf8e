using System;
using System.IO;
using System.Text.RegularExpressions;

namespace Kml.Model;

/// <summary>The pages of <c>docs/diagnostics</c>. They travel in the assembly, for whoever meets a diagnostic has the package and not the repository.</summary>
public static class DiagnosticPages
{
    private const string WhyHeading = "\n## Why\n";

    private static readonly Regex Link = new(@"\[([^\]]+)\]\([^)]+\)");

    /// <summary>A rule's page.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>Markdown: what it means, an example, the remedy.</returns>
    public static string Text(DiagnosticRule rule)
    {
        string name = $"diagnostics/{rule.Id}.md";
        using Stream stream = typeof(DiagnosticPages).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is missing in this assembly.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    /// <summary>A rule's description, for editors: why it is, and where the rest stands.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>Plain text.</returns>
    public static string Description(DiagnosticRule rule)
    {
        string page = Text(rule);
        int start = page.IndexOf(WhyHeading, StringComparison.Ordinal) + WhyHeading.Length;
        int end = page.IndexOf("\n## ", start, StringComparison.Ordinal);
        string why = Link.Replace(page.Substring(start, end - start).Trim(), "$1");
        return $"{why}\n\nExample and remedy: {rule.Command}, or {rule.Page} in the package KmlCompiler.";
    }
}
