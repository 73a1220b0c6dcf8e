using System;

namespace Kml.Cli;

/// <summary>What was asked for cannot be done; the message says why and what to do.</summary>
/// <param name="message">The message, one sentence or more.</param>
internal sealed class ToolException(string message) : Exception(message);
