namespace Kml.KmodGen.Templating;

/// <summary>Where a line of an emitted file comes from.</summary>
/// <param name="Template">The template or plain file, as a path in the repository: <c>templates/module/module.c.sbn</c>.</param>
/// <param name="Line">The line there, from 1.</param>
/// <param name="Row">The row of the tables that the line was repeated for, outermost first; null if it stands in no loop.</param>
/// <param name="Source">What of the user's the line says: a method, the state, the weights; null if it is the template's own.</param>
public sealed record LineOrigin(string Template, int Line, string? Row = null, string? Source = null);
