namespace Kml.Model;

/// <summary>How much a finding weighs.</summary>
public enum RuleSeverity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Info,

    /// <summary>Probably not what was meant.</summary>
    Warning,

    /// <summary>No module can be emitted.</summary>
    Error,
}

/// <summary>
/// A diagnostic. <c>KML0xxx</c> are about the source, <c>KML1xxx</c> about the model, <c>KML2xxx</c> about the build and the weights.
/// Each has a page <c>docs/diagnostics/&lt;id&gt;.md</c>, a row in the release tracking and a test.
/// </summary>
/// <param name="Id">Such as <c>KML0001</c>.</param>
/// <param name="Title">What it is about, in a few words.</param>
/// <param name="Message">The message, with <c>{0}</c> for its arguments: what is wrong, and the remedy.</param>
/// <param name="Severity">How much it weighs.</param>
public sealed record DiagnosticRule(string Id, string Title, string Message, RuleSeverity Severity)
{
    /// <summary>The message as an editor or a build shows it: behind it, the command that prints the rule's page.</summary>
    public string Format => $"{Message} ({Command})";

    /// <summary>The command that prints the rule's page.</summary>
    public string Command => $"kml explain {Id}";

    /// <summary>The page, in the repository and in the package KmlCompiler.</summary>
    public string Page => $"docs/diagnostics/{Id}.md";
}
